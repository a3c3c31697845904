package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/bench/internal/machine"
	"github.com/targetprop/targetprop/bench/internal/suite"
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
)

// measureAll measures the cases that the options ask for. If ctx ends it
// returns what has been measured by then.
func measureAll(ctx context.Context, s *suite.Suite, o options, p *progress) table.Report {
	r := table.Report{Head: head(o)}
	quiet := newDisturbance()
	sections := s.Sections()
	wanted := func(i int, c cases.Case) bool {
		limits := i == 0 // the chart is drawn under them
		return c.Matches(o.run) || o.chart != "" && limits
	}
	for i, section := range sections {
		for _, c := range section.Cases {
			if wanted(i, c) {
				p.total++
			}
		}
	}
	for i, section := range sections {
		filled := section.Section
		for _, c := range section.Cases {
			if !wanted(i, c) || ctx.Err() != nil {
				continue
			}
			p.begin(c.Rows[0].Name)
			settings := o.measure
			settings.Progress = func(round int) { p.round(round, settings.Rounds) }
			filled.Rows = append(filled.Rows, c.Measure(settings)...)
		}
		if len(filled.Rows) > 0 && section.Finish != nil && ctx.Err() == nil {
			p.begin(filled.Title + ", profile")
			section.Finish(&filled)
		}
		r.Sections = append(r.Sections, &filled)
	}
	r.Head = append(r.Head, quiet.facts()...)
	if ctx.Err() != nil {
		r.Head = append(r.Head, table.Fact{Name: "**Incomplete**", Value: "the run was interrupted"})
	}
	return r
}

// head says what a reader needs to judge the figures, or to repeat them.
func head(o options) []table.Fact {
	var names []string
	for _, isa := range kernels.Available() {
		names = append(names, isa.String())
	}
	facts := []table.Fact{
		{Name: "CPU", Value: machine.CPU() + "; " + machine.Details()},
		{Name: "Instruction sets", Value: fmt.Sprintf("%s; chosen: %v", strings.Join(names, ", "), kernels.Default().ISA())},
		{Name: "Go", Value: machine.Go()},
	}
	cell := "median rate (median of its shares of the nearest limit in the same round)"
	if o.spread {
		cell += " lowest..highest"
	}
	facts = append(facts, table.Fact{Name: "Cells", Value: fmt.Sprintf("%s, of %d repetitions of about %v, interleaved over the columns of a row; bold is the row's best", cell, o.measure.Rounds, o.measure.Repetition)})

	list, missing := peers.All()
	for _, p := range list {
		facts = append(facts, table.Fact{Name: p.Name, Value: p.Detail})
	}
	slices.SortStableFunc(missing, func(a, b peers.Missing) int { return strings.Compare(a.Name, b.Name) })
	for _, m := range missing {
		facts = append(facts, table.Fact{Name: m.Name, Value: "missing: " + m.Reason})
	}
	return facts
}
