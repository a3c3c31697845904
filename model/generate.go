package model

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/ranks"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Sampling are the settings of GENERATE in Algorithm 2.
type Sampling struct {
	Seed uint64
	// PriorScale multiplies the prior's standard deviation. The authors' code
	// has 4 (a variance 16 times as large), the paper 2.
	PriorScale float32
	// Rounds is how often the image is inferred and generated again. With 0 the
	// sample is directed: the means down from a draw of the prior.
	Rounds    int
	Inference Inference
}

// DefaultSampling is GENERATE as in the authors' code.
func DefaultSampling() Sampling {
	return Sampling{Seed: 1, PriorScale: 4, Rounds: 3, Inference: GenerateInference()}
}

// Validate says what is wrong with the settings, if anything is.
func (s Sampling) Validate() error {
	switch {
	case s.Rounds < 0 || s.Rounds > MaxRounds:
		return fmt.Errorf("model: %d rounds of GENERATE: want 0 to %d", s.Rounds, MaxRounds)
	case !(s.PriorScale >= 0 && s.PriorScale <= 1e6):
		return fmt.Errorf("model: prior scale %v: want 0 to 1,000,000", s.PriorScale)
	}
	return s.Inference.Validate()
}

// DirectedSampling draws from the prior and sends the means down.
func DirectedSampling() Sampling {
	s := DefaultSampling()
	s.Rounds = 0
	return s
}

// Generate is GENERATE of Algorithm 2. It draws count samples: the means of the
// visible units, count x Sizes[0]. Sample i depends on the seed and on i, not on
// count. Generate calls progress, if that is not nil, with the number of samples
// done.
func (n *Network) Generate(ctx context.Context, e *kernels.Engine, count int, settings Sampling, progress func(done int)) (kernels.Matrix, error) {
	check := func() error {
		if len(n.Prior.Mean) == 0 {
			return ErrNoPrior
		}
		return nil
	}
	return n.generateAll(ctx, e, count, settings, progress, check, func(e *kernels.Engine, top kernels.Matrix, first int) {
		n.drawPrior(e, top, settings, first)
	})
}

// GenerateFrom is [Network.Generate] from states of the top layer, a sample for each row,
// and not from draws of the prior. It is as good for a network without one.
func (n *Network) GenerateFrom(ctx context.Context, e *kernels.Engine, top kernels.Matrix, settings Sampling, progress func(done int)) (kernels.Matrix, error) {
	check := func() error {
		if units := n.Config.Sizes[n.Config.Latents()]; top.Cols != units {
			return fmt.Errorf("model: states of %d units for a top layer of %d", top.Cols, units)
		}
		if err := rows.CheckMatrix(top); err != nil {
			return err
		}
		for i := range top.Rows {
			if err := rows.CheckExample(i, top.Row(i)); err != nil {
				return fmt.Errorf("states of the top layer: %w", err)
			}
		}
		return nil
	}
	return n.generateAll(ctx, e, top.Rows, settings, progress, check, func(_ *kernels.Engine, dst kernels.Matrix, first int) {
		rows.Copy(dst, 0, top.Slice(first, first+dst.Rows))
	})
}

// checkSampling says what is wrong with so many samples, if anything is.
func (n *Network) checkSampling(count int, settings Sampling) error {
	if most := min(math.MaxInt32, math.MaxInt/8/n.Config.Sizes[0]); count > most { // 8: also where int has 32 bits
		return fmt.Errorf("model: %d samples: want %d at most", count, most)
	}
	if count < 0 {
		return fmt.Errorf("model: %d samples: want none negative", count)
	}
	if err := settings.Validate(); err != nil {
		return err
	}
	return memory.Check(fmt.Sprintf("model: to hold %d samples", count), memory.Rows(float64(count), n.Config.Sizes[0])+n.bytesOfStates(count))
}

// generateAll makes count samples, of which begin sets the top layer: row 0 of its
// argument is sample first. Before any process of the group begins, check says what is wrong with what the layer is set to.
func (n *Network) generateAll(ctx context.Context, e *kernels.Engine, count int, settings Sampling, progress func(done int), check func() error, begin func(e *kernels.Engine, top kernels.Matrix, first int)) (kernels.Matrix, error) {
	err := n.all(func() error {
		if err := n.Validate(); err != nil {
			return err
		}
		if err := check(); err != nil {
			return err
		}
		return n.checkSampling(count, settings)
	})
	if err != nil {
		return kernels.Matrix{}, err
	}
	samples := kernels.NewMatrix(count, n.Config.Sizes[0])
	serial, states := e.Serial(), n.NewStates(min(count, rows.Inferred))
	work := ranks.Work{Group: n.group(), Rows: count, AtATime: rows.Inferred, Progress: progress, Known: ErrDiverged}
	work.Visit = func(first, end int) error {
		s := states.Slice(0, end-first)
		e.Split(end-first, func(lo, hi int) {
			share := s.Slice(lo, hi)
			begin(serial, share.H[n.Config.Latents()], first+lo)
			n.generate(ctx, serial, share, settings)
		})
		rows.Copy(samples, first, s.H[0])
		return cmp.Or(ctx.Err(), health.Computed("sample", first, s.H[0]))
	}
	work.Gather = func(first int, bounds []int) error { return ranks.GatherRows(work.Group, samples, first, bounds) }
	if err := work.Do(ctx); err != nil {
		return kernels.Matrix{}, err
	}
	return samples, nil
}

// drawPrior draws states of the top layer. Row i of h is sample first+i.
func (n *Network) drawPrior(e *kernels.Engine, h kernels.Matrix, settings Sampling, first int) {
	clear(h.Data[:h.Rows*h.Stride])
	e.AddGaussian(h, h, 1, kernels.Noise{Seed: settings.Seed, Stream: random.Prior}, first)
	for i := range h.Rows {
		row := h.Row(i)
		for j, z := range row {
			row[j] = float32(float32(settings.PriorScale*n.Prior.Std[j])*z) + n.Prior.Mean[j]
		}
	}
}

// generate sends the top layer's states down and refines the image, until ctx is done.
func (n *Network) generate(ctx context.Context, e *kernels.Engine, s *States, settings Sampling) {
	for l := n.Config.Latents(); l >= 1; l-- {
		n.Decode(e, s.H[l-1], l, s.H[l])
	}
	for range settings.Rounds {
		if n.InferContext(ctx, e, s, settings.Inference) != nil {
			return
		}
		n.Decode(e, s.H[0], 1, s.H[1])
	}
}
