// Package elementwise measures what is done to each element by itself: functions,
// noise and the steps of optimisers.
package elementwise

import (
	"fmt"
	"math/rand/v2"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
)

// function is an elementwise function.
//
// The operations are those of its definition in internal/simd/f32: what any
// implementation with its error has to do, more or less. Scaling by a power of two
// does not count: with AVX-512 Zen 4 does it beside the multipliers.
type function struct {
	name   string
	ours   func(e *kernels.Engine, dst, src []float32)
	theirs func(peers.Peer) peers.Elementwise
	draw   func(*rand.Rand) float32
	ulp    string // the error, as package kernels states and tests it

	flops      float64 // an element: 2 for a fused multiply-add, 1 for others
	multiply   float64 // of them fused multiply-adds and multiplications, by number
	operations float64 // of vectors, on integers and masks too
	divide     float64
}

var functions = []function{
	{"exp", (*kernels.Engine).Exp, func(p peers.Peer) peers.Elementwise { return p.Exp }, operands.Wide, "0.9", 19, 9, 13, 0},
	{"log", (*kernels.Engine).Log, func(p peers.Peer) peers.Elementwise { return p.Log }, operands.Positive, "1.0", 23, 11, 21, 0},
	{"softplus", (*kernels.Engine).Softplus, func(p peers.Peer) peers.Elementwise { return p.Softplus }, operands.Wide, "1.9", 39, 19, 25, 0},
	{"sigmoid", (*kernels.Engine).Sigmoid, func(p peers.Peer) peers.Elementwise { return p.Sigmoid }, operands.Wide, "1.7", 23, 10, 18, 1},
	{"tanh", (*kernels.Engine).Tanh, func(p peers.Peer) peers.Elementwise { return p.Tanh }, operands.Wide, "1.5", 36, 17, 29, 1},
}

// lengths fill the first-level cache, the second, and most of it.
var lengths = []int{4096, 16384, 65536}

// Functions are the elementwise functions.
func Functions(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title:     "Elementwise functions",
		About:     "One thread. The error is that of this project, over all float32 arguments; the peers' differ (bench/README.md). " + limits.AboutNearest,
		Unit:      table.Elements,
		NoteTitle: "error, ulp",
		Compare: []table.Comparison{
			{Title: "÷ plain Go", Against: table.Baseline},
			{Title: "÷ best peer", Against: table.Peer},
		},
	}}
	for _, f := range functions {
		for _, n := range lengths {
			section.Cases = append(section.Cases, functionCase(s, f, n))
		}
	}
	return section
}

func functionCase(s *cases.Setting, f function, n int) cases.Case {
	elements := float64(n)
	j := cases.Job{
		OfDefinition: true,
		Unit:         table.Elements, Work: elements,
		FMA: 2 * f.multiply * elements, Operations: f.operations * elements, Divide: f.divide * elements,
		Streams: map[string]float64{limits.LoadStoreColumn: elements},
	}
	row := table.Row{
		Name:  fmt.Sprintf("Elementwise/op=%s/n=%d", f.name, n),
		Label: fmt.Sprintf("%s %d", f.name, n),
		Note:  "≤ " + f.ulp,
		Flops: f.flops * elements,
		Bytes: operands.FloatBytes(2 * n),
	}
	return cases.Case{Rows: []table.Row{row}, Entries: func() []cases.Entry {
		var entries []cases.Entry
		src, dst := operands.Aligned(n, f.draw), operands.Aligned(n, f.draw)
		for _, e := range s.Engines {
			entries = append(entries, s.OurEntry(j, e, func() { f.ours(e.Engine, dst, src) }))
		}
		for _, peer := range s.Peers {
			apply := f.theirs(peer)
			if apply == nil {
				continue
			}
			entries = append(entries, s.TheirEntry(j, peer, func() { apply(dst, src) }))
		}
		entries = append(append(entries, limits.Peaks(s, 1)...), limits.Operations(s)...)
		if f.divide > 0 {
			entries = append(entries, limits.Divides(s, false)...)
		}
		return append(entries, limits.LoadStore(s, n, elements))
	}}
}
