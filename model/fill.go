package model

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Filling are the settings of [Network.Fill].
type Filling struct {
	Seed      uint64 // of the random start
	Rounds    int
	Inference Inference
}

// DefaultFilling is the paper's experiment, 20 rounds, with Alpha as in
// training: the larger one of GENERATE draws the image towards what the top
// layer can express and fills in worse.
func DefaultFilling() Filling {
	return Filling{Seed: 1, Rounds: 20, Inference: TrainInference()}
}

// Validate says what is wrong with the settings, if anything is.
func (f Filling) Validate() error {
	if f.Rounds < 0 {
		return fmt.Errorf("model: %d rounds of filling in: want 0 or more", f.Rounds)
	}
	return f.Inference.Validate()
}

// Filled are images, one a row, whose visible pixels are those given.
type Filled struct {
	Start  kernels.Matrix // the missing pixels are uniform noise from 0 to 1
	Images kernels.Matrix // they are what the model makes of them
}

// Fill fills in the missing pixels of images, one a row (Section 8, Figure 5).
// What they hold is not looked at. masks is one mask for all images or one for
// each. Each round is INFERENCE in which the missing pixels follow the decoder,
//
//	h[1] += Delta*(f_1([x_v, g_1(h[1])_m]) - f_1(g_1(h[1]))) + Alpha*(g_2(h[2]) - h[1])
//
// and leaves g_1(h[1]) there. The visible pixels never change. Image i depends
// on the seed and on i, not on how many there are. It calls progress, if that is
// not nil, with the rounds done, of images.Rows*Rounds.
func (n *Network) Fill(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []Mask, settings Filling, progress func(done int)) (Filled, error) {
	if err := settings.Validate(); err != nil {
		return Filled{}, err
	}
	if images.Cols != n.Config.Sizes[0] {
		return Filled{}, fmt.Errorf("model: images of %d pixels for a visible layer of %d units", images.Cols, n.Config.Sizes[0])
	}
	if err := checkMasks(images, masks); err != nil {
		return Filled{}, err
	}
	filled := Filled{Start: fillStart(images, masks, settings.Seed), Images: kernels.NewMatrix(images.Rows, images.Cols)}
	serial := e.Serial()
	for first := 0; first < images.Rows; first += rows.Inferred {
		b := min(rows.Inferred, images.Rows-first)
		s := n.NewStates(b)
		rows.Copy(s.H[0], 0, filled.Start.Slice(first, first+b))
		for round := range settings.Rounds {
			if err := ctx.Err(); err != nil {
				return Filled{}, err
			}
			e.Split(b, func(lo, hi int) {
				n.fillRound(serial, s.Slice(lo, hi), masks, first+lo, settings.Inference)
			})
			if progress != nil {
				progress(first*settings.Rounds + b*(round+1))
			}
		}
		rows.Copy(filled.Images, first, s.H[0])
	}
	return filled, nil
}

// fillStart is the visible pixels of images, and noise.
func fillStart(images kernels.Matrix, masks []Mask, seed uint64) kernels.Matrix {
	start := Uniform(images.Rows, images.Cols, seed)
	for i := range images.Rows {
		row, image := start.Row(i), images.Row(i)
		for j, missing := range maskOf(masks, i) {
			if !missing {
				row[j] = image[j]
			}
		}
	}
	return start
}

// fillRound is INFERENCE in which the missing pixels follow the decoder. Row 0
// of s is image first.
func (n *Network) fillRound(e *kernels.Engine, s *States, masks []Mask, first int, settings Inference) {
	n.Start(e, s)
	for range settings.Iterations {
		for l := n.Config.Latents(); l > 1; l-- {
			n.relax(e, s, l, settings)
		}
		n.decodeMissing(e, s, masks, first)
		n.Encode(e, s.Target[1], 1, s.H[0])
		step := kernels.Relaxation{Delta: settings.Delta, A: s.Target[1]}
		if n.Config.Latents() > 1 {
			step.Alpha, step.G = settings.Alpha, s.Prediction[2]
		}
		f := n.Encoders[0]
		e.AffineRelax(s.H[1], f.Activation, s.Prediction[1], f.Weights, step)
	}
	n.decodeMissing(e, s, masks, first)
}

// decodeMissing sets the prediction of x and the missing pixels of x to it.
func (n *Network) decodeMissing(e *kernels.Engine, s *States, masks []Mask, first int) {
	n.Decode(e, s.Prediction[1], 1, s.H[1])
	for i := range s.H[0].Rows {
		maskOf(masks, first+i).overwrite(s.H[0].Row(i), s.Prediction[1].Row(i))
	}
}
