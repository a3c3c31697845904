package products

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Vector is maps of a single example.
func Vector(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "One example",
		About: "Affine on a minibatch of 1, 1 × inputs × outputs: what counts is how fast the weights are read. One thread. " + barePeers +
			" “read” is bytes.Equal on the halves of as much memory.",
		Unit: table.GBytes, NoteTitle: planTitle,
		Compare: []table.Comparison{{Title: "÷ best peer", Against: table.Peer}},
	}}
	for _, p := range []cases.Shape{{M: 1, K: 784, N: 1000}, {M: 1, K: 4096, N: 4096}} {
		section.Cases = append(section.Cases, vectorCase(s, p))
	}
	return section
}

func vectorCase(s *cases.Setting, p cases.Shape) cases.Case {
	size := operands.FloatBytes(p.K * p.N)
	j := cases.Job{Unit: table.GBytes, Work: size, FMA: p.Flops(), Streams: map[string]float64{limits.ReadColumn: size}}
	const act = kernels.Softplus
	row := table.Row{
		Name:  fmt.Sprintf("Affine/op=%v/%s", act, p.Keys()),
		Label: fmt.Sprintf("%v %v", act, p),
		Flops: p.Flops(),
		Bytes: size,
		Note:  affinePlan(s, p),
	}
	return cases.Case{Rows: []table.Row{row}, Entries: func() []cases.Entry {
		var entries []cases.Entry
		for _, e := range s.Engines {
			x, w, y := operands.Matrix(p.M, p.K, operands.Unit), operands.Weights(p.K, p.N), kernels.NewMatrix(p.M, p.N)
			entries = append(entries, s.OurEntry(j, e, func() { e.Affine(y, act, x, w) }))
		}
		entries = append(entries, theirProducts(s, sgemm, j, p, newMatrices(p), 1)...)
		for _, m := range fused(s, j, p, act) {
			if e, ok := m(); ok {
				entries = append(entries, e)
			}
		}
		entries = append(entries, limits.Peaks(s, 1)...)
		return append(entries, limits.Read(s, int(size)))
	}}
}
