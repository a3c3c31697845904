// Package table is the paper's table, and what the report has beside it: the
// log-likelihood and the quality of each sampler's samples.
package table

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/model/chain"
)

// Parts are the rows for all networks: all rows for the first network, those of
// the published numbers for the others.
func Parts(c *experiment.Context) []experiment.Part {
	m := &measurer{c: c}
	var parts []experiment.Part
	for network := range c.Networks {
		parts = append(parts, m.parts(network)...)
	}
	return parts
}

// parts are the rows for a network.
func (m *measurer) parts(network int) []experiment.Part {
	var parts []experiment.Part
	seed, n := m.c.Networks[network].Seed, m.c.Amounts.Samples
	add := func(s settings, needs, work int) {
		s.Samples, s.Seed, s.WithQuality = n, seed, network == 0
		name := "table-" + s.Row
		if s.Sampling != nil {
			name += fmt.Sprintf("-x%g", s.Sampling.PriorScale)
		}
		parts = append(parts, experiment.Part{
			Name: fmt.Sprintf("%s-seed%d", name, seed), Network: needs, Settings: s, Work: work + n,
			Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
				result, err := m.measure(ctx, network, s, func(done float64) { progress(done * float64(work) / float64(work+n)) })
				return experiment.Outcome{Result: result}, err
			},
		})
	}
	for _, scale := range evaluate.PriorScales {
		generate := evaluate.Sampling(evaluate.Generate, scale, seed)
		directed := evaluate.Sampling(evaluate.Directed, scale, seed)
		add(settings{Row: evaluate.Generate, Sampling: &generate}, network, n*generate.Rounds)
		add(settings{Row: evaluate.Directed, Sampling: &directed}, network, n/10)
		if network > 0 {
			continue
		}
		for _, kind := range []chain.Kind{chain.Joint, chain.Latent} {
			walking := m.c.Walking(kind)
			walking.Seed, walking.Paths = seed, 0
			work := n * walking.Steps
			if kind == chain.Joint {
				work /= 10
			}
			add(settings{Row: kind.String(), Sampling: &directed, Walking: &walking}, network, work)
		}
	}
	if network == 0 {
		add(settings{Row: evaluate.TrainingImages}, experiment.None, 0)
		add(settings{Row: evaluate.KMeansCentres}, experiment.None, n)
	}
	return parts
}
