package task

import (
	"context"
	"fmt"
)

// Prober is a trainer that can say, while it trains, what is wrong with the network.
type Prober interface {
	// Probe says so in words; nil if nothing is. It is to cost no more than a few
	// minibatches. All processes of a group call it.
	Probe(ctx context.Context) ([]string, error)
}

// probed are as many images as Probe looks at.
const probed = 100

// Limits of Probe, all of standard deviations between images.
const (
	deadUnit  = 1e-4 // a hidden unit that differs by less says nothing
	alikeTop  = 0.01 // the top layer, of units from 0 to 1
	manyDead  = 0.5
	saturated = 0.9
)

// Probe looks at the states of the layers on some training images: units that are the
// same for all of them, and a top layer to which all look alike.
func (t *Generative) Probe(context.Context) ([]string, error) {
	n := min(probed, t.images.Len())
	examples := make([]int, n)
	for i := range examples {
		examples[i] = i * t.images.Len() / n
	}
	if f, ok := t.images.(interface{ Fetch([]int) error }); ok {
		if err := f.Fetch(examples); err != nil {
			return nil, err
		}
	}
	s := t.Network.NewStates(n)
	for i, example := range examples {
		t.images.Read(example, s.H[0].Row(i))
	}
	t.Network.Infer(t.engine, s, t.Trainer.Settings.Inference)
	var said []string
	for l := 1; l < len(s.H); l++ {
		dead, full := 0, 0
		for _, d := range deviations(s.H[l]) {
			if d < deadUnit {
				dead++
			}
		}
		if l == len(s.H)-1 {
			for i := range n {
				for _, x := range s.H[l].Row(i) {
					if x < 0.01 || x > 0.99 {
						full++
					}
				}
			}
		}
		units := s.H[l].Cols
		if float64(dead) > manyDead*float64(units) {
			said = append(said, fmt.Sprintf("%d of the %d units of layer %d are the same for all images: the rate is too high, or the noise", dead, units, l))
		}
		if float64(full) > saturated*float64(units*n) {
			said = append(said, fmt.Sprintf("the units of the top layer are at 0 or 1, %.0f %% of them: the rate is too high", 100*float64(full)/float64(units*n)))
		}
	}
	if d := between(s.H[len(s.H)-1]); d < alikeTop {
		said = append(said, fmt.Sprintf("all images look alike to the top layer (standard deviation %.1g): samples will too; lower --lr or --up-noise, or try --centre", d))
	}
	return said, nil
}
