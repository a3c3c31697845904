// Package labels is the experiments with labels and rewards: classification by each
// rule of credit assignment, the generative model with labels, bandits and
// cart-pole.
package labels

import (
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/model/credit"
)

// Parts are those of each seed: a classifier for each rule, the generative model,
// rewards, and cart-pole. A set without labels has none, and one without a training image of some class no generative model.
func Parts(c *experiment.Context) []experiment.Part {
	n, err := data.Classes(c.Source, c.Set)
	if err != nil {
		return nil
	}
	_, gap := data.EveryClass(c.Source, c.Set)
	a := amountsFor(c.Set.Train)
	var parts []experiment.Part
	for _, network := range c.Networks {
		for _, rule := range credit.Rules() {
			parts = append(parts, rulePart(c, a, n, rule, network.Seed))
		}
		if gap == nil {
			parts = append(parts, generativePart(c, a, n, network.Seed))
		}
		parts = append(parts, rewardPart(c, a, n, network.Seed), cartPolePart(c, a, network.Seed))
	}
	return parts
}
