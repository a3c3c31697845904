package reward

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestPatience: training stops when so many epochs were no better, and the network gets
// the parameters of the best one.
func TestPatience(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	examples := clouds(t, 50)
	s := settings(credit.DifferenceTargets)
	s.Epochs, s.Patience = 9, 2
	s.Rates = model.Rates{Shape: model.Linear, Final: 0.1, Warmup: 3}
	modeltest.TryPatience(t,
		func() (modeltest.Patient, error) { return newTrainer(t, e, feedforward.Logistic, examples, s), nil },
		func(path string) (modeltest.Patient, error) {
			c, err := LoadCheckpoint(path)
			if err != nil {
				return nil, err
			}
			return c.Resume(examples, e)
		},
		func(p modeltest.Patient) []float32 {
			var all []float32
			for _, m := range p.(*Trainer).Network.Maps {
				all = append(all, m.Weights.Data...)
			}
			return all
		})
}
