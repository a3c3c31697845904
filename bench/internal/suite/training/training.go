// Package training measures whole steps of Algorithm 2.
package training

import (
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/table"
)

// trainingTurns makes a repetition of training several steps long.
const trainingTurns = 10

// Training is the default network on the built-in digits, on all numbers of
// threads. They are one case, so that their ratios are of one measurement.
func Training(s *cases.Setting) cases.Section {
	t := &trainings{setting: s, allocations: map[string]float64{}}
	section := cases.Section{Section: table.Section{
		Title: "Training",
		About: "One step of Algorithm 2 on the default network, 784-1000-100, minibatch 100, 15 iterations, real digits. " +
			"Flops are those of the products alone, so whatever else a step does lowers the share of peak. " +
			limits.AboutTilesInL1 + " “" + yardstickColumn + "” is the yardstick under bench/.",
		Unit:    table.GFLOPs,
		Compare: limits.CompareProducts(s, "÷ yardstick"),
	}, Finish: t.finish}
	var rows []table.Row
	most := 1
	for _, threads := range s.Threads {
		most = max(most, threads)
		name, label := rowName(threads), fmt.Sprintf("%d threads", threads)
		if threads == 1 {
			label = "1 thread"
		}
		rows = append(rows,
			table.Row{Name: name, Label: label + ", GFLOP/s", Threads: threads, Flops: stepFlops(), Bytes: stepBytes()},
			table.Row{Name: name, Label: label + ", images/s", Threads: threads, View: true})
	}
	section.Cases = []cases.Case{{Rows: rows, Threads: most, Longer: trainingTurns, Entries: t.entries}}
	return section
}

// finish adds the figures that compare rows, and the breakdown of a step.
func (t *trainings) finish(section *table.Section) {
	section.Extra = append(section.Extra, figures("Scaling and allocations", section, t.setting.Threads, rowName, t.allocations))
	if t.setting.Profile > 0 {
		parts, err := t.breakdown()
		if err != nil {
			t.remarks = append(t.remarks, "No breakdown: "+err.Error())
		} else {
			section.Extra = append(section.Extra, parts)
		}
	}
	slices.Sort(t.remarks)
	section.Remark = append(section.Remark, slices.Compact(t.remarks)...)
}
