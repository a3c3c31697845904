package suite

import (
	"fmt"
	"math/rand/v2"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/kernels"
)

// function is an elementwise function.
//
// The operations are those of its definition in package kernels: what any
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
	{"exp", (*kernels.Engine).Exp, func(p peers.Peer) peers.Elementwise { return p.Exp }, wide, "0.9", 19, 9, 13, 0},
	{"log", (*kernels.Engine).Log, func(p peers.Peer) peers.Elementwise { return p.Log }, positive, "1.0", 23, 11, 21, 0},
	{"softplus", (*kernels.Engine).Softplus, func(p peers.Peer) peers.Elementwise { return p.Softplus }, wide, "1.9", 39, 19, 25, 0},
	{"sigmoid", (*kernels.Engine).Sigmoid, func(p peers.Peer) peers.Elementwise { return p.Sigmoid }, wide, "1.7", 23, 10, 18, 1},
	{"tanh", (*kernels.Engine).Tanh, func(p peers.Peer) peers.Elementwise { return p.Tanh }, wide, "1.5", 36, 17, 29, 1},
}

// lengths fill the first-level cache, the second, and most of it.
var lengths = []int{4096, 16384, 65536}

func (s *Suite) elementwise() Section {
	section := Section{Section: table.Section{
		Title:     "Elementwise functions",
		About:     "One thread. The error is that of this project, over all float32 arguments; the peers' differ (bench/README.md). " + nearest,
		Unit:      table.Elements,
		NoteTitle: "error, ulp",
		Compare: []table.Comparison{
			{Title: "÷ plain Go", Against: table.Baseline},
			{Title: "÷ best peer", Against: table.Peer},
		},
	}}
	for _, f := range functions {
		for _, n := range lengths {
			section.Cases = append(section.Cases, s.functionCase(f, n))
		}
	}
	return section
}

// nearest explains the limits of rows that have several.
const nearest = "The share is of the nearest limit: the multiplications that the definition needs, but by powers of two, at the FMA peak's rate, all its " +
	"vector operations at that of a loop of multiply-adds and integer additions on registers, its divisions and roots at that of a loop of them, or its traffic at the rate of a kernel that only loads and stores."

func (s *Suite) functionCase(f function, n int) Case {
	elements := float64(n)
	j := job{
		ofDefinition: true,
		unit:         table.Elements, work: elements,
		fma: 2 * f.multiply * elements, operations: f.operations * elements, divide: f.divide * elements,
		streams: map[string]float64{loadStoreColumn: elements},
	}
	row := table.Row{
		Name:  fmt.Sprintf("Elementwise/op=%s/n=%d", f.name, n),
		Label: fmt.Sprintf("%s %d", f.name, n),
		Note:  "≤ " + f.ulp,
		Flops: f.flops * elements,
		Bytes: floatBytes(2 * n),
	}
	return Case{Rows: []table.Row{row}, Entries: func() []Entry {
		var entries []Entry
		src, dst := aligned(n, f.draw), aligned(n, f.draw)
		for _, e := range s.Engines {
			entry := Entry{Cells: one(s.ours(j, e))}
			entry.Run = each(func() { f.ours(e.Engine, dst, src) })
			entries = append(entries, entry)
		}
		for _, peer := range s.Peers {
			apply := f.theirs(peer)
			if apply == nil {
				continue
			}
			entry := Entry{Cells: one(s.theirs(j, peer.Name, implName(peer.Name)))}
			entry.Run = each(func() { apply(dst, src) })
			entries = append(entries, entry)
		}
		entries = append(append(entries, s.peaks(1)...), s.operations()...)
		if f.divide > 0 {
			entries = append(entries, s.divides(false)...)
		}
		return append(entries, s.loadStore(n, elements))
	}}
}
