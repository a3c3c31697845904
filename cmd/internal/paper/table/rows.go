package table

import (
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
)

// row is a row of the table that is there.
type row struct {
	experiment.Record
	settings
	result
	network int // index in Context.Networks
}

// rowsOf are the rows at hand, in order.
func rowsOf(c *experiment.Context, kept experiment.Records) []row {
	var rows []row
	for _, p := range Parts(c) {
		var r row
		var ok bool
		if r.Record, ok = kept.Decode(p.Name, &r.result, &r.settings); !ok {
			continue
		}
		r.network = slices.IndexFunc(c.Networks, func(n *experiment.Network) bool { return n.Seed == r.settings.Seed })
		rows = append(rows, r)
	}
	return rows
}

// find finds the first network's row of a sampler at a scale of the prior.
func find(rows []row, name string, scale float32) (row, bool) {
	for _, r := range rows {
		if r.network == 0 && r.Row == name && (r.Sampling == nil || r.Sampling.PriorScale == scale) {
			return r, true
		}
	}
	return row{}, false
}

func (r row) title() string {
	switch {
	case r.Row == evaluate.TrainingImages:
		return "reference: true training images"
	case r.Row == evaluate.KMeansCentres:
		return "reference: k-means centres"
	case r.Walking != nil:
		return fmt.Sprintf("%s chain, %d steps", r.Row, r.Walking.Steps)
	case r.Row == evaluate.Generate:
		return "GENERATE"
	}
	return r.Row
}

func (r row) scale() string {
	if r.Sampling == nil {
		return ""
	}
	return fmt.Sprintf("std\u00a0x\u00a0%g", r.Sampling.PriorScale)
}

// published is the paper's number for a row. It does not say at which scale.
func (r row) published() string {
	switch {
	case r.Walking != nil || r.Sampling == nil:
		return ""
	case r.Row == evaluate.Generate:
		return fmt.Sprint(publishedLL)
	}
	return fmt.Sprint(publishedDirected)
}
