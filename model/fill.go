package model

import (
	"context"
	"errors"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/mask"
)

// Filling are the settings of [Network.Fill].
type Filling struct {
	Seed      uint64 // of the random start
	Rounds    int
	Inference Inference
}

// DefaultFilling is the paper's experiment: 20 rounds, with Alpha as in
// training. The larger Alpha of GENERATE draws the image towards what the top
// layer can express, and fills in worse.
func DefaultFilling() Filling {
	return Filling{Seed: 1, Rounds: 20, Inference: TrainInference()}
}

// Validate says what is wrong with the settings, if anything is.
func (f Filling) Validate() error {
	if f.Rounds < 0 || f.Rounds > MaxRounds {
		return fmt.Errorf("model: %d rounds of filling in: want 0 to %d", f.Rounds, MaxRounds)
	}
	return f.Inference.Validate()
}

// Filled are images, one a row, whose visible pixels are those given.
type Filled struct {
	Start  kernels.Matrix // the missing pixels are uniform noise from 0 to 1
	Images kernels.Matrix // they are what the model makes of them
}

// Fill fills in the missing pixels of images, one a row (Section 8, Figure 5).
// What those pixels hold is not looked at. masks is one mask for all images or
// one for each. Each round is INFERENCE in which the missing pixels m follow the
// decoder,
//
//	h[1] += Delta*(f_1([x_v, g_1(h[1])_m]) - f_1(g_1(h[1]))) + Alpha*(g_2(h[2]) - h[1])
//
// and it leaves g_1(h[1]) in them. The visible pixels x_v never change. Image i
// depends on the seed and on i, not on how many images there are. Fill calls
// progress, if that is not nil, with the rounds done, of images.Rows*Rounds.
func (n *Network) Fill(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []mask.Mask, settings Filling, progress func(done int)) (Filled, error) {
	if err := n.checkFilling(images, masks, settings); err != nil {
		return Filled{}, err
	}
	filled := Filled{Images: kernels.NewMatrix(images.Rows, images.Cols)}
	start, err := n.fillRounds(ctx, e, images, masks, settings, func(first, round int, now kernels.Matrix) error {
		if round == settings.Rounds {
			rows.Copy(filled.Images, first, now)
		}
		if progress != nil && round > 0 {
			progress(first*settings.Rounds + now.Rows*round)
		}
		return nil
	})
	if err != nil {
		return Filled{}, err
	}
	filled.Start = start
	return filled, nil
}

// FillRounds is [Network.Fill] for who wants to see it go on. It calls show with the
// images as they start, round 0, and after each round, some images at a time: row 0
// of now is image first. An error of show ends it. now is not to be kept.
func (n *Network) FillRounds(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []mask.Mask, settings Filling, show func(first, round int, now kernels.Matrix) error) error {
	if show == nil {
		return errors.New("model: FillRounds without a function that is shown the rounds")
	}
	if err := n.checkFilling(images, masks, settings); err != nil {
		return err
	}
	_, err := n.fillRounds(ctx, e, images, masks, settings, show)
	return err
}

// checkFilling says what is wrong with the arguments of [Network.Fill], if anything is.
func (n *Network) checkFilling(images kernels.Matrix, masks []mask.Mask, settings Filling) error {
	if err := settings.Validate(); err != nil {
		return err
	}
	if err := n.Validate(); err != nil {
		return err
	}
	if images.Cols != n.Config.Sizes[0] {
		return fmt.Errorf("model: images of %d pixels for a visible layer of %d units", images.Cols, n.Config.Sizes[0])
	}
	return mask.Check(masks, images)
}

// fillRounds returns the start.
func (n *Network) fillRounds(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []mask.Mask, settings Filling, show func(first, round int, now kernels.Matrix) error) (start kernels.Matrix, err error) {
	start = fillStart(images, masks, n.Config.Decoders[0], settings.Seed)
	serial := e.Serial()
	return start, rows.Chunks(ctx, images.Rows, rows.Inferred, nil, func(first, end int) error {
		b := end - first
		s := n.NewStates(b)
		rows.Copy(s.H[0], 0, start.Slice(first, end))
		for round := range settings.Rounds + 1 {
			if round > 0 {
				e.Split(b, func(lo, hi int) {
					n.fillRound(ctx, serial, s.Slice(lo, hi), masks, first+lo, settings.Inference)
				})
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := health.Computed("filled in, image", first, s.H[0]); err != nil {
				return err
			}
			if err := show(first, round, s.H[0]); err != nil {
				return err
			}
		}
		return nil
	})
}

// fillStart is noise as the visible units can have it, with the visible pixels of
// images.
func fillStart(images kernels.Matrix, masks []mask.Mask, units kernels.Activation, seed uint64) kernels.Matrix {
	start := random.Uniform(images.Rows, images.Cols, seed)
	for i := range images.Rows {
		row, image := start.Row(i), images.Row(i)
		if units == kernels.Tanh {
			for j := range row {
				row[j] = 2*row[j] - 1
			}
		}
		for j, missing := range mask.Of(masks, i) {
			if !missing {
				row[j] = image[j]
			}
		}
	}
	return start
}

// fillRound is INFERENCE in which the missing pixels follow the decoder, until ctx is
// done. Row 0 of s is image first.
func (n *Network) fillRound(ctx context.Context, e *kernels.Engine, s *States, masks []mask.Mask, first int, settings Inference) {
	n.Start(e, s)
	for range settings.Iterations {
		if ctx.Err() != nil {
			return
		}
		for l := n.Config.Latents(); l > 1; l-- {
			n.relax(e, s, l, settings)
		}
		n.decodeMissing(e, s, masks, first)
		n.Encode(e, s.Target[1], 1, s.H[0])
		n.move(e, s, 1, settings)
	}
	n.decodeMissing(e, s, masks, first)
}

// decodeMissing sets the prediction of x, and the missing pixels of x to it.
func (n *Network) decodeMissing(e *kernels.Engine, s *States, masks []mask.Mask, first int) {
	n.Decode(e, s.Prediction[1], 1, s.H[1])
	for i := range s.H[0].Rows {
		mask.Of(masks, first+i).Overwrite(s.H[0].Row(i), s.Prediction[1].Row(i))
	}
}
