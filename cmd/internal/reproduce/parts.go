package reproduce

import (
	"cmp"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/paper"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
)

// part is a part and whose it is.
type part struct {
	experiment.Part
	of string // name of the experiment
}

// partsOf lists what the report is made of, whether it was asked for or not, in the
// order in which it is made.
func partsOf(c *experiment.Context, o Options) []part {
	var parts []part
	order := slices.Clone(paper.Experiments)
	slices.SortStableFunc(order, func(a, b experiment.Experiment) int { return cmp.Compare(a.Needs, b.Needs) })
	for _, x := range order {
		for _, p := range x.Parts(c) {
			if p.Command == "" {
				p.Command = o.again([]string{x.Name})
			}
			parts = append(parts, part{p, x.Name})
		}
	}
	return parts
}
