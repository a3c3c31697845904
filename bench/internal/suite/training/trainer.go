package training

import (
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// newTrainer makes the default network and its trainer. The initialisation is
// left to the fastest engine.
func newTrainer(fastest, e *kernels.Engine, data model.Data) (*model.Trainer, error) {
	network, err := model.New(model.DefaultConfig(cases.DefaultSizes...), 1, fastest)
	if err != nil {
		return nil, err
	}
	return model.NewTrainer(network, data, model.DefaultTraining(), e)
}
