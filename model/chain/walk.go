package chain

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/mask"
)

// Walked is where Markov chains went.
type Walked struct {
	// Last is the mean of the visible units after the last step, chains x
	// Sizes[0]. Without steps it is the start.
	Last kernels.Matrix
	// Paths are the means after each step of the first chains, one matrix a
	// chain, Steps+1 x Sizes[0]. Row 0 is the start.
	Paths []kernels.Matrix
}

// Walk runs a Markov chain of n from each row of start, which is chains x
// Sizes[0]. The hidden states of [Joint] start at the encoder's means. Chain i
// depends on the seed, on its start and on i, not on how many chains there are.
// Walk calls progress, if that is not nil, with the steps done, of
// start.Rows*Steps.
func Walk(ctx context.Context, e *kernels.Engine, n *model.Network, start kernels.Matrix, settings Walking, progress func(done int)) (Walked, error) {
	if err := settings.Validate(); err != nil {
		return Walked{}, err
	}
	if err := n.Validate(); err != nil {
		return Walked{}, err
	}
	if start.Cols != n.Config.Sizes[0] {
		return Walked{}, fmt.Errorf("model: chains that start at %d numbers for a visible layer of %d units", start.Cols, n.Config.Sizes[0])
	}
	if err := mask.Check([]mask.Mask{make(mask.Mask, start.Cols)}, start); err != nil { // none is missing
		return Walked{}, fmt.Errorf("where chains start: %w", err)
	}
	paths := min(settings.Paths, start.Rows)
	kept := memory.Rows(float64(paths)*float64(settings.Steps+1), start.Cols)
	if err := memory.Check(fmt.Sprintf("model: to keep the paths of %d chains over %d steps", paths, settings.Steps), kept); err != nil {
		return Walked{}, err
	}
	walked := Walked{Last: kernels.NewMatrix(start.Rows, start.Cols)}
	for range paths {
		walked.Paths = append(walked.Paths, kernels.NewMatrix(settings.Steps+1, start.Cols))
	}
	err := rows.Chunks(ctx, start.Rows, rows.Inferred, nil, func(lo, hi int) error {
		w := newWalkers(e, n, start.Slice(lo, hi), lo, settings)
		walked.note(w, 0)
		for step := range settings.Steps {
			if err := w.step(ctx, step); err != nil {
				return err
			}
			if err := health.Computed("the mean of chain", lo, w.mean); err != nil {
				return err
			}
			walked.note(w, step+1)
			if progress != nil {
				progress(lo*settings.Steps + (hi-lo)*(step+1))
			}
		}
		rows.Copy(walked.Last, lo, w.mean)
		return nil
	})
	if err != nil {
		return Walked{}, err
	}
	return walked, nil
}

// note keeps the paths' pictures after a step.
func (w *Walked) note(chains *walkers, step int) {
	for i := chains.first; i < min(chains.first+chains.mean.Rows, len(w.Paths)); i++ {
		copy(w.Paths[i].Row(step), chains.mean.Row(i-chains.first))
	}
}
