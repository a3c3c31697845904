package routines

import (
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/internal/view"
)

// vectorRoutine is a routine of Level 1.
type vectorRoutine[T view.Float] struct {
	name     string
	vectors  int // that it works on
	accesses int // to memory for each element, loads and stores
	flops    int // for each element
	stores   bool
	call     func(b typed[T], x, y []T)
}

// vectorRoutines are the measured ones. Vectors that are changed stay within bounds however
// often a routine runs: scal turns signs, axpy adds little.
func vectorRoutines[T view.Float]() []vectorRoutine[T] {
	return []vectorRoutine[T]{
		{"dot", 2, 2, 2, false, func(b typed[T], x, y []T) { b.Dot(len(x), x, 1, y, 1) }},
		{"nrm2", 1, 1, 2, false, func(b typed[T], x, _ []T) { b.Nrm2(len(x), x, 1) }},
		{"asum", 1, 1, 1, false, func(b typed[T], x, _ []T) { b.Asum(len(x), x, 1) }},
		{"axpy", 2, 3, 2, true, func(b typed[T], x, y []T) { b.Axpy(len(x), 1e-6, x, 1, y, 1) }},
		{"scal", 1, 2, 1, true, func(b typed[T], x, _ []T) { b.Scal(len(x), -1, x, 1) }},
	}
}

// Level1 is vectors in the caches and in memory.
func Level1(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "BLAS, Level 1",
		About: "Vectors that fill most of a cache, or lie in memory; one thread. " + aboutOurs +
			"Rates count the bytes loaded and stored. The limit “read” loads, “update in place” loads and stores as much: axpy, which loads twice for each store, can be faster.",
		Unit: table.GBytes, Compare: comparisons,
	}}
	for _, level := range measuredLevels() {
		section.Cases = append(section.Cases, vectorCases[float64](s, level)...)
		section.Cases = append(section.Cases, vectorCases[float32](s, level)...)
	}
	return section
}

func vectorCases[T view.Float](s *cases.Setting, level limits.Level) []cases.Case {
	var list []cases.Case
	for _, r := range vectorRoutines[T]() {
		n := level.Bytes / view.Size[T]() / r.vectors
		name := letter[T]() + r.name
		size, flops := float64(n*view.Size[T]()*r.accesses), float64(n*r.flops)
		list = append(list, cases.Case{
			Rows: []table.Row{{
				Name:  fmt.Sprintf("%s/level=%s", name, level.Name),
				Label: fmt.Sprintf("%s %d, %s", strings.ToLower(name), n, level.Name),
				Flops: flops,
			}},
			Shorter: shorter,
			Entries: func() []cases.Entry {
				x, y := operands.Vector[T](n), operands.Vector[T](n)
				j := streamJob(size, r.stores)
				bind := func(b peers.Routines) func() {
					routines := of[T](b)
					return func() { r.call(routines, x, y) }
				}
				return append(entries(s, s.Engines, j, bind), streamLimit(s, level.Bytes, r.stores))
			},
		})
	}
	return list
}
