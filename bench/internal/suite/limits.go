package suite

import (
	"bytes"
	"math"
	"math/rand/v2"
	"strings"
	"unsafe"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// limit is an entry for what the machine can do.
func limit(column string, unit table.Unit, work float64, run func(times int)) Entry {
	e := Entry{Cells: one(table.Cell{Column: column, Impl: limitName(column), Role: table.Limit, Unit: unit, Work: work})}
	e.Run = run
	return e
}

// limitName is a limit's name in a benchmark line. It must not end like AVX-512,
// in a number that would be taken for that of the threads.
func limitName(column string) string {
	return "limit-" + strings.NewReplacer("-", "", " ", "-").Replace(strings.ToLower(column))
}

// peaks are loops of fused multiply-adds that touch registers only, for every
// instruction set that has one, on that many threads at the same time.
func (s *Suite) peaks(threads int) []Entry {
	var entries []Entry
	for _, e := range s.Engines {
		const turns = 1000
		flops := e.PeakFMA(turns)
		if flops == 0 {
			continue
		}
		if threads == 1 {
			entries = append(entries, limit(peakColumn(e.ISA()), table.GFLOPs, float64(flops), func(times int) { e.PeakFMA(turns * times) }))
			continue
		}
		all, err := kernels.New(kernels.WithMaxISA(e.ISA()), kernels.WithThreads(threads))
		if err != nil {
			continue
		}
		entry := limit(peakColumn(e.ISA()), table.GFLOPs, float64(flops*threads), func(times int) {
			all.Split(threads, func(_, _ int) { e.PeakFMA(turns * times) })
		})
		entry.Close = all.Close
		entries = append(entries, entry)
	}
	return entries
}

// productLimits are those of a product: the peaks and, on one thread, what the clock leaves
// of them to products, and its tiles.
func (s *Suite) productLimits(threads int, p shape, act kernels.Activation) []Entry {
	limits := s.peaks(threads)
	if threads == 1 {
		limits = append(limits, s.peakBetweenTiles()...)
	}
	if threads == 1 && p.n > 4 { // fewer columns are not computed by tiles
		limits = append(limits, s.tilesInL1(p, act)...)
	}
	return limits
}

// hasMicroKernel tells whether the best instruction set's tile can be measured.
func (s *Suite) hasMicroKernel() bool {
	_, tile := microKernel(s.best().ISA())
	return tile != nil
}

// tilesInL1 is the arithmetic of a product and an activation alone: micro-kernels, then the
// activation of the elements for which they did the multiply-adds, on operands that stay in
// the first-level cache. What a product is short of it goes to the other caches, to copies,
// calls and the edges of matrices, and to whatever else the row does.
func (s *Suite) tilesInL1(p shape, act kernels.Activation) []Entry {
	const tiles, chunk = 1 << 12, 1 << 10 // a few milliseconds; elements of a call
	var entries []Entry
	for _, e := range s.Engines {
		flops, tile := microKernel(e.ISA())
		if tile == nil {
			continue
		}
		work := tiles * flops * usedColumns(p.n)
		calls := 0
		if act != kernels.Identity {
			calls = int(math.Round(work / (2 * float64(p.k)) / chunk))
		}
		z, y := aligned(chunk, unit), aligned(chunk, unit)
		entries = append(entries, limit(tilesInL1Column(e.ISA()), table.GFLOPs, work, each(func() {
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
func (s *Suite) peakBetweenTiles() []Entry {
	const turns = 8000 // about 20 microseconds
	e := s.best()
	tileFlops, tile := microKernel(e.ISA())
	if tile == nil {
		return nil
	}
	flops := float64(e.PeakFMA(1) * turns)
	entry := limit(betweenTilesColumn(e.ISA()), table.GFLOPs, flops, each(func() { e.PeakFMA(turns) }))
	tiles := int(2 * flops / tileFlops)
	entry.Before = func() {
		for range tiles {
			tile()
		}
	}
	return []Entry{entry}
}

// Columns of the limits that move data.
const (
	loadStoreColumn = "load and store"
	updateColumn    = "update in place"
	readColumn      = "read"
)

// loadStore is the identity kernel: it moves the elements and computes nothing.
// elements counts those of a call in the row's terms.
func (s *Suite) loadStore(n int, elements float64) Entry {
	e := s.best()
	src, dst := aligned(n, unit), aligned(n, unit)
	return limit(loadStoreColumn, table.Elements, elements, each(func() { e.Apply(kernels.Identity, dst, src) }))
}

// updateInPlace is the identity kernel in place on memory of which it reads and
// writes that many bytes together.
func (s *Suite) updateInPlace(size int) Entry {
	e := s.best()
	x := aligned(size/8, unit)
	return limit(updateColumn, table.GBytes, float64(8*len(x)), each(func() { e.Apply(kernels.Identity, x, x) }))
}

// read is bytes.Equal on the halves of that many bytes: vector instructions that
// load and compare, two streams at a time.
func (s *Suite) read(size int) Entry {
	// Written to once: untouched pages would all be one page of zeros.
	x := aligned(size/4, func(*rand.Rand) float32 { return 1 })
	all := unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), 4*len(x))
	lower, upper := all[:len(all)/2], all[len(all)/2:][:len(all)/2]
	return limit(readColumn, table.GBytes, float64(2*len(lower)), each(func() {
		if !bytes.Equal(lower, upper) {
			panic("suite: equal bytes differ")
		}
	}))
}
