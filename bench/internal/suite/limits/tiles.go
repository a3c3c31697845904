package limits

import (
	"math"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// ProductLimits are those of a product: the peaks and, on one thread, what the clock leaves
// of them to products, and its tiles.
func ProductLimits(s *cases.Setting, threads int, p cases.Shape, act kernels.Activation) []cases.Entry {
	limits := Peaks(s, threads)
	if threads == 1 {
		limits = append(limits, peakBetweenTiles(s)...)
	}
	if threads == 1 && p.N > 4 { // fewer columns are not computed by tiles
		limits = append(limits, tilesInL1(s, p, act)...)
	}
	return limits
}

// hasTile tells whether the best instruction set's tile can be measured.
func hasTile(s *cases.Setting) bool {
	_, tile := s.Tile(s.Best().ISA())
	return tile != nil
}

// tilesInL1 is the arithmetic of a product and an activation alone: micro-kernels, then the
// activation of the elements for which they did the multiply-adds, on operands that stay in
// the first-level cache. What a product is short of it goes to the other caches, to copies,
// calls and the edges of matrices, and to whatever else the row does.
func tilesInL1(s *cases.Setting, p cases.Shape, act kernels.Activation) []cases.Entry {
	const tiles, chunk = 1 << 12, 1 << 10 // a few milliseconds; elements of a call
	var entries []cases.Entry
	for _, e := range s.Engines {
		flops, tile := s.Tile(e.ISA())
		if tile == nil {
			continue
		}
		work := tiles * flops * usedColumns(p.N)
		calls := 0
		if act != kernels.Identity {
			calls = int(math.Round(work / (2 * float64(p.K)) / chunk))
		}
		z, y := operands.Aligned(chunk, operands.Unit), operands.Aligned(chunk, operands.Unit)
		entries = append(entries, limit(cases.TilesInL1Column(e.ISA()), table.GFLOPs, work, cases.Each(func() {
			for range tiles {
				tile()
			}
			for range calls {
				e.Apply(act, y, z)
			}
		})))
	}
	return entries
}

// usedColumns is the part of the columns of tiles that a matrix of n has: they end with a
// vector of 16 or, if that is enough, of 8.
func usedColumns(n int) float64 { return float64(n) / float64((n+7)/8*8) }

// peakBetweenTiles is the loop of the best instruction set's peak right after micro-kernels,
// for a time that is too short for the clock to recover from them: the peak of the core as
// a product finds it.
func peakBetweenTiles(s *cases.Setting) []cases.Entry {
	const turns = 8000 // about 20 microseconds
	e := s.Best()
	tileFlops, tile := s.Tile(e.ISA())
	if tile == nil {
		return nil
	}
	flops := float64(e.PeakFMA(1) * turns)
	entry := limit(cases.BetweenTilesColumn(e.ISA()), table.GFLOPs, flops, cases.Each(func() { e.PeakFMA(turns) }))
	tiles := int(2 * flops / tileFlops)
	entry.Before = func() {
		for range tiles {
			tile()
		}
	}
	return []cases.Entry{entry}
}

// CompareProducts are the columns that compare products with those of others, called title,
// and with the limits that micro-kernels set, if there are any.
func CompareProducts(s *cases.Setting, title string) []table.Comparison {
	list := []table.Comparison{{Title: title, Against: table.Peer}}
	if !hasTile(s) {
		return list
	}
	isa := s.Best().ISA()
	return append(list,
		table.Comparison{Title: "÷ peak between tiles", Column: cases.BetweenTilesColumn(isa)},
		table.Comparison{Title: "÷ tiles in L1", Column: cases.TilesInL1Column(isa)})
}
