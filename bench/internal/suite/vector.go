package suite

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

func (s *Suite) vector() Section {
	section := Section{Section: table.Section{
		Title: "One example",
		About: "Affine on a minibatch of 1, 1 × inputs × outputs: what counts is how fast the weights are read. One thread. " + barePeers +
			" “read” is bytes.Equal on the halves of as much memory.",
		Unit:    table.GBytes,
		Compare: []table.Comparison{{Title: "÷ best peer", Against: table.Peer}},
	}}
	for _, p := range []shape{{1, 784, 1000}, {1, 4096, 4096}} {
		section.Cases = append(section.Cases, s.vectorCase(p))
	}
	return section
}

func (s *Suite) vectorCase(p shape) Case {
	size := floatBytes(p.k * p.n)
	j := job{unit: table.GBytes, work: size, fma: p.flops(), streams: map[string]float64{readColumn: size}}
	const act = kernels.Softplus
	row := table.Row{
		Name:  fmt.Sprintf("Affine/op=%v/%s", act, p.keys()),
		Label: fmt.Sprintf("%v %v", act, p),
		Flops: p.flops(),
		Bytes: size,
	}
	return Case{Rows: []table.Row{row}, Entries: func() []Entry {
		var entries []Entry
		for _, e := range s.Engines {
			x, w, y := matrix(p.m, p.k, unit), weights(p.k, p.n), kernels.NewMatrix(p.m, p.n)
			entry := Entry{Cells: one(s.ours(j, e))}
			entry.Run = each(func() { e.Affine(y, act, x, w) })
			entries = append(entries, entry)
		}
		entries = append(entries, s.theirProducts(sgemm, j, p, newOperands(p), 1)...)
		for _, m := range s.fused(j, p, act) {
			if e, ok := m(); ok {
				entries = append(entries, e)
			}
		}
		entries = append(entries, s.peaks(1)...)
		return append(entries, s.read(int(size)))
	}}
}
