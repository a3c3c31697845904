package labelled

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
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

// DefaultFilling has the paper's 20 rounds. Pull draws the missing pixels towards
// what the top layer can express; without it they stay near the noise they start
// from.
func DefaultFilling() Filling {
	return Filling{Seed: 1, Rounds: 20, Inference: Inference{Iterations: 15, Delta: 0.1, Beta: 0.3, Pull: 0.3}}
}

// Validate says what is wrong with the settings, if anything is.
func (f Filling) Validate() error {
	if f.Rounds < 0 || f.Rounds > model.MaxRounds {
		return fmt.Errorf("labelled: %d rounds of filling in: want 0 to %d", f.Rounds, model.MaxRounds)
	}
	return f.Inference.Validate()
}

// Filled are images, one a row, whose visible pixels are those given.
type Filled struct {
	Start  kernels.Matrix // the missing pixels are uniform noise from 0 to 1
	Images kernels.Matrix // they are what the network makes of them
	// Probabilities are p(y|h[M]) of the images that were filled in, one a row.
	Probabilities kernels.Matrix
}

// Fill fills in the missing pixels of images, one a row, as Section 8 does. What
// those pixels hold is not looked at. masks is one mask for all images or one
// for each. labels has the label of each image or [Missing]; it is nil if all are
// missing. Each round is INFERENCE in which the missing pixels follow the decoder
// g_1, and so does a missing label its decoder g_y. Image i depends on the seed
// and on i, not on how many images there are. Fill calls progress, if that is not
// nil, with the rounds done, of images.Rows*Rounds.
func (n *Network) Fill(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []mask.Mask, labels []int, settings Filling, progress func(done int)) (Filled, error) {
	if err := n.checkImages(images, masks); err != nil {
		return Filled{}, err
	}
	filled := Filled{
		Images:        kernels.NewMatrix(images.Rows, images.Cols),
		Probabilities: kernels.NewMatrix(images.Rows, n.Config.Classes),
	}
	start, err := n.fillRounds(ctx, e, images, masks, labels, settings, func(first, round int, now kernels.Matrix) error {
		if progress != nil && round > 0 {
			progress(first*settings.Rounds + now.Rows*round)
		}
		return nil
	}, func(first int, s *states) error {
		rows.Copy(filled.Images, first, s.H[0])
		err := n.infer(ctx, e, s, ClassifyInference(), nil)
		rows.Copy(filled.Probabilities, first, s.Decoded)
		return cmp.Or(err, health.Computed("the probabilities of image", first, s.Decoded))
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
func (n *Network) FillRounds(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []mask.Mask, labels []int, settings Filling, show func(first, round int, now kernels.Matrix) error) error {
	if show == nil {
		return errors.New("labelled: FillRounds without a function that is shown the rounds")
	}
	_, err := n.fillRounds(ctx, e, images, masks, labels, settings, show, func(int, *states) error { return nil })
	return err
}

// checkImages says what is wrong with the network, or with images to fill in and their masks.
func (n *Network) checkImages(images kernels.Matrix, masks []mask.Mask) error {
	if err := n.Validate(); err != nil {
		return err
	}
	if images.Cols != n.Config.Sizes[0] {
		return fmt.Errorf("labelled: images of %d pixels for a visible layer of %d units", images.Cols, n.Config.Sizes[0])
	}
	return mask.Check(masks, images)
}

// fillRounds returns the start. It calls finish after the last round of some images.
func (n *Network) fillRounds(ctx context.Context, e *kernels.Engine, images kernels.Matrix, masks []mask.Mask, labels []int, settings Filling, show func(first, round int, now kernels.Matrix) error, finish func(first int, s *states) error) (start kernels.Matrix, err error) {
	if err := settings.Validate(); err != nil {
		return start, err
	}
	if err := n.checkImages(images, masks); err != nil {
		return start, err
	}
	if labels != nil && len(labels) != images.Rows {
		return start, fmt.Errorf("labelled: %d labels for %d images: want one for each, or none", len(labels), images.Rows)
	}
	for i, label := range labels {
		if err := n.checkLabel(label); err != nil {
			return start, fmt.Errorf("labelled: image %d: %w", i, err)
		}
	}
	start = fillStart(images, masks, settings.Seed)
	serial := e.Serial()
	return start, rows.Chunks(ctx, images.Rows, rows.Inferred, nil, func(first, end int) error {
		b := end - first
		s := n.newStates(b)
		rows.Copy(s.H[0], 0, start.Slice(first, end))
		for i := range b {
			if labels != nil {
				s.give(i, labels[first+i])
			}
		}
		for round := range settings.Rounds + 1 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if round > 0 {
				err := n.infer(ctx, e, s, settings.Inference, func(share *states, lo int) {
					n.followPixels(serial, share, masks, first+lo)
				})
				if err != nil {
					return err
				}
				n.followPixels(e, s, masks, first)
			}
			if err := health.Computed("filled in, image", first, s.H[0]); err != nil {
				return err
			}
			if err := show(first, round, s.H[0]); err != nil {
				return err
			}
		}
		return finish(first, s)
	})
}

// fillStart is the visible pixels of images, with noise in the others.
func fillStart(images kernels.Matrix, masks []mask.Mask, seed uint64) kernels.Matrix {
	start, noise := kernels.NewMatrix(images.Rows, images.Cols), random.Uniform(images.Rows, images.Cols, seed)
	rows.Copy(start, 0, images)
	for i := range images.Rows {
		mask.Of(masks, i).Overwrite(start.Row(i), noise.Row(i))
	}
	return start
}

// followPixels sets the missing pixels to what g_1 makes of h[1]. Row 0 of s is
// image first.
func (n *Network) followPixels(e *kernels.Engine, s *states, masks []mask.Mask, first int) {
	n.Images.Decode(e, s.Prediction[1], 1, s.H[1])
	for i := range s.H[0].Rows {
		mask.Of(masks, first+i).Overwrite(s.H[0].Row(i), s.Prediction[1].Row(i))
	}
}
