package model_test

import (
	"path/filepath"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestMeetings: a step has two gathers, and other calls one more before they begin and before each of what they made.
func TestMeetings(t *testing.T) {
	all, infer := engines(t, 2), model.TrainInference()
	data := modeltest.Bars{N: 1001, Width: 30} // three times 200 in each process
	grouptest.Together(t, 2, func(m grouptest.Member) error {
		e, g := all[m.Rank()], &grouptest.Counting{Group: m}
		n := modeltest.Network(t, e, 30, 8, 4)
		n.Group = g
		trainer, err := model.NewTrainer(n, data, groupSettings(kernels.Adam), e)
		if err != nil {
			return err
		}
		if _, err := trainer.Step(); err != nil {
			return err
		}
		for _, c := range []struct {
			name string
			want int
			call func() error
		}{
			{"Step", 2, func() error { _, err := trainer.Step(); return err }},
			{"Save", 4, func() error { return trainer.Save(filepath.Join(t.TempDir(), "checkpoint"), nil) }},
			{"Features", 1 + 2*3, func() error { _, err := n.Features(t.Context(), e, data, 1, infer, nil); return err }},
			{"ReconstructionError", 1 + 2*3, func() error { _, err := n.ReconstructionError(t.Context(), e, data, 1001, infer); return err }},
			{"EstimatePrior", 1 + 2*3, func() error { return n.EstimatePrior(t.Context(), e, data, infer, nil) }},
			{"Generate", 1 + 2*3, func() error {
				_, err := n.Generate(t.Context(), e, 1001, model.DefaultSampling(), nil)
				return err
			}},
		} {
			g.Gathers = 0
			if err := c.call(); err != nil {
				return err
			}
			if g.Gathers != c.want {
				t.Errorf("%s, rank %d: %d gathers, want %d", c.name, m.Rank(), g.Gathers, c.want)
			}
		}
		return nil
	})
}
