package labelled

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Sampling are the settings of GENERATE with labels.
type Sampling struct {
	Seed uint64
	// PriorScale multiplies the standard deviation of the class's prior.
	PriorScale float32
	// Rounds is how often the image is inferred, with y given, and generated
	// again. With 0 the sample is directed: the means down from a draw of the
	// prior.
	Rounds    int
	Inference Inference
}

// DefaultSampling is GENERATE with the paper's 3 rounds and the class's prior as it
// is. A PriorScale of 2, as the paper has it, gives samples that differ twice as
// much from each other, but blotched ones.
func DefaultSampling() Sampling {
	return Sampling{Seed: 1, PriorScale: 1, Rounds: 3, Inference: Inference{Iterations: 15, Delta: 0.1, Alpha: 0.3, Beta: 0.1}}
}

// Validate says what is wrong with the settings, if anything is.
func (s Sampling) Validate() error {
	switch {
	case s.Rounds < 0 || s.Rounds > model.MaxRounds:
		return fmt.Errorf("labelled: %d rounds of GENERATE: want 0 to %d", s.Rounds, model.MaxRounds)
	case !(s.PriorScale >= 0 && s.PriorScale <= 1e6):
		return fmt.Errorf("labelled: prior scale %v: want 0 to 1,000,000", s.PriorScale)
	}
	return s.Inference.Validate()
}

// Generate draws an image of each of the given classes: the means of the visible
// units, len(classes) x Sizes[0]. Sample i depends on the seed, on i and on its
// class. Generate calls progress, if that is not nil, with the number of samples
// done.
func (n *Network) Generate(ctx context.Context, e *kernels.Engine, classes []int, settings Sampling, progress func(done int)) (kernels.Matrix, error) {
	if err := n.Validate(); err != nil {
		return kernels.Matrix{}, err
	}
	if len(n.Priors) == 0 {
		return kernels.Matrix{}, ErrNoPrior
	}
	if err := settings.Validate(); err != nil {
		return kernels.Matrix{}, err
	}
	for i, c := range classes {
		if c < 0 || c >= n.Config.Classes {
			return kernels.Matrix{}, fmt.Errorf("labelled: class %d of sample %d: want 0 to %d", c, i, n.Config.Classes-1)
		}
	}
	if err := memory.Check(fmt.Sprintf("labelled: to hold %d samples", len(classes)), memory.Rows(float64(len(classes)), n.Config.Sizes[0])); err != nil {
		return kernels.Matrix{}, err
	}
	samples := kernels.NewMatrix(len(classes), n.Config.Sizes[0])
	err := rows.Chunks(ctx, len(classes), rows.Inferred, progress, func(lo, hi int) error {
		s := n.newStates(hi - lo)
		n.drawPriors(e, s, classes[lo:hi], settings, lo)
		for l := n.Config.Latents(); l >= 1; l-- {
			n.Images.Decode(e, s.H[l-1], l, s.H[l])
		}
		for range settings.Rounds {
			if err := n.infer(ctx, e, s, settings.Inference, nil); err != nil {
				return err
			}
			n.Images.Decode(e, s.H[0], 1, s.H[1])
		}
		rows.Copy(samples, lo, s.H[0])
		return health.Computed("sample", lo, s.H[0])
	})
	if err != nil {
		return kernels.Matrix{}, err
	}
	return samples, nil
}

// drawPriors draws states of the top layer, row i of class classes[i], and gives
// these labels. Row i of s is sample first+i.
func (n *Network) drawPriors(e *kernels.Engine, s *states, classes []int, settings Sampling, first int) {
	h := s.H[n.Config.Latents()]
	e.AddGaussian(h, h, 1, kernels.Noise{Seed: settings.Seed, Stream: random.Prior}, first)
	for i, c := range classes {
		s.give(i, c)
		prior, row := n.Priors[c], h.Row(i)
		for j, z := range row {
			row[j] = float32(float32(settings.PriorScale*prior.Std[j])*z) + prior.Mean[j]
		}
	}
}

// DrawClasses draws count classes by their shares, for samples of any class.
// Class i depends on the seed and on i, not on count.
func (n *Network) DrawClasses(count int, seed uint64) ([]int, error) {
	if err := n.Validate(); err != nil {
		return nil, err
	}
	if len(n.Shares) == 0 {
		return nil, ErrNoPrior
	}
	const most = min(math.MaxInt32, math.MaxInt/64) // an int each can be in memory, also where that has 32 bits
	if count < 0 || count > most {
		return nil, fmt.Errorf("labelled: %d samples: want 0 to %d", count, most)
	}
	if err := memory.Check(fmt.Sprintf("labelled: to hold the classes of %d samples", count), 8*float64(count)); err != nil {
		return nil, err
	}
	classes := make([]int, count)
	for i := range classes {
		left := random.Row(seed, random.Label, i).Float32()
		for left >= n.Shares[classes[i]] && classes[i] < len(n.Shares)-1 {
			left -= n.Shares[classes[i]]
			classes[i]++
		}
	}
	return classes, nil
}
