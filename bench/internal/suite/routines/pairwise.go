package routines

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
)

// pairwise is an operation on the elements of two slices.
type pairwise[T view.Float] struct {
	name   string
	ours   func(e *kernels.Engine, dst, x, y []T)
	theirs func(peers.Peer) peers.Pairwise[T]
}

// Pairwise is sums and products of slices, element by element.
func Pairwise(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "Sums and products of slices",
		About: "dst = x + y and dst = x y, element by element, on three slices that fill most of a cache together, or lie in memory; one thread. Rates count the bytes loaded and stored.",
		Unit:  table.GBytes, Compare: []table.Comparison{{Title: "÷ best peer", Against: table.Peer}},
	}}
	for _, level := range measuredLevels() {
		section.Cases = append(section.Cases,
			pairwiseCase(s, level, pairwise[float32]{"Add", (*kernels.Engine).Add, func(p peers.Peer) peers.Pairwise[float32] { return p.Add }}),
			pairwiseCase(s, level, pairwise[float32]{"Mul", (*kernels.Engine).Mul, func(p peers.Peer) peers.Pairwise[float32] { return p.Mul }}),
			pairwiseCase(s, level, pairwise[float64]{"Add64", (*kernels.Engine).Add64, func(p peers.Peer) peers.Pairwise[float64] { return p.Add64 }}),
			pairwiseCase(s, level, pairwise[float64]{"Mul64", (*kernels.Engine).Mul64, func(p peers.Peer) peers.Pairwise[float64] { return p.Mul64 }}))
	}
	return section
}

func pairwiseCase[T view.Float](s *cases.Setting, level limits.Level, op pairwise[T]) cases.Case {
	n := level.Bytes / view.Size[T]() / 3
	row := table.Row{
		Name:  fmt.Sprintf("Pairwise/op=%s/level=%s", op.name, level.Name),
		Label: fmt.Sprintf("%s %d, %s", op.name, n, level.Name),
	}
	return cases.Case{Rows: []table.Row{row}, Shorter: shorter, Entries: func() []cases.Entry {
		dst, x, y := operands.Vector[T](n), operands.Vector[T](n), operands.Vector[T](n)
		j := streamJob(float64(3*n*view.Size[T]()), true)
		var list []cases.Entry
		for _, e := range assembled(s.Engines) {
			list = append(list, s.OurEntry(j, e, func() { op.ours(e.Engine, dst, x, y) }))
		}
		for _, peer := range s.Peers {
			if apply := op.theirs(peer); apply != nil {
				list = append(list, s.TheirEntry(j, peer, func() { apply(dst, x, y) }))
			}
		}
		return append(list, streamLimit(s, level.Bytes, true))
	}}
}
