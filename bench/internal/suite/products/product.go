// Package products measures matrix products and the maps and gradients that they
// are part of.
package products

import (
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

const barePeers = "The peers' columns are their bare product of the same shape, without bias or activation."

// productCase is a row on one thread: call makes the work of an engine, act is the
// activation that it has, theirs the bare product that the peers do, more are entries besides
// that and the limits.
func productCase(s *cases.Setting, row table.Row, p cases.Shape, act kernels.Activation, theirs peerProduct, call func(cases.Engine) func(), more ...lazyEntry) cases.Case {
	return cases.Case{Rows: []table.Row{row}, Entries: func() []cases.Entry {
		var entries []cases.Entry
		for _, e := range s.Engines {
			entry := s.OurEntry(p.Job(), e, call(e))
			entry.Guess = cases.GuessPlainGo(e.Engine, p.Flops())
			entries = append(entries, entry)
		}
		entries = append(entries, theirProducts(s, theirs, p.Job(), p, newMatrices(p), 1)...)
		for _, m := range more {
			if e, ok := m(); ok {
				entries = append(entries, e)
			}
		}
		return append(entries, limits.ProductLimits(s, 1, p, act)...)
	}}
}
