package evaluate

import (
	"context"

	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/chain"
)

// Methods are the names of all methods of sampling from a network.
var Methods = []string{Generate, Directed, chain.Joint.String(), chain.Latent.String()}

// Walk draws n samples as the ends of Markov chains of s.Rounds steps, each from a directed
// sample on. The noise is that of the model's training.
func Walk(ctx context.Context, e *kernels.Engine, m modelfile.Model, kind chain.Kind, n int, s model.Sampling, progress func(done int)) (kernels.Matrix, error) {
	w := chain.DefaultWalking(kind)
	w.Seed, w.Steps, w.Inference = s.Seed, s.Rounds, s.Inference
	w.Corruption, w.VisibleStd = m.Training.Corruption(), m.Training.UpNoise
	s.Rounds = 0
	start, err := m.Network.Generate(ctx, e, n, s, nil)
	if err != nil {
		return kernels.Matrix{}, err
	}
	walked, err := chain.Walk(ctx, e, m.Network, start, w, func(done int) { progress(done / w.Steps) })
	return walked.Last, err
}
