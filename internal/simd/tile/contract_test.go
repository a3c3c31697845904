package tile

import (
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// table is the contracts of columns of tiles, by the left matrix and by where tiles begin
// and end, and those of small products.
func table[T view.Float]() contract.Table[isa.ISA, T] {
	panel := view.Panel[T]()
	lefts := map[string]left[T]{"rows": inRows[T], "transposed": inTransposedRows[T]}
	table := contract.Table[isa.ISA, T]{}
	for end, makeEnds := range allEnds[T]() {
		shapes := everyHeight(panel)
		if end == "apart" {
			shapes = everyShape(panel)
		}
		for name, makeLeft := range lefts {
			table[name+"/"+end] = contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
				runAll(i, d, s, makeLeft(d, s.M, s.K), makeEnds)
			}, Shapes: shapes}
		}
		for _, set := range []isa.ISA{isa.AVX512, isa.AVX2} {
			if slices.Contains(isa.Available(), set) {
				table["columns/"+set.String()+"/"+end] = inColumns(set, makeEnds)
			}
		}
	}
	for name, makeLeft := range lefts { // several calls of assembly, the last a short one
		table["long/"+name] = contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			runAll(i, d, s, makeLeft(d, s.M, s.K), allEnds[T]()["apart"])
		}, Shapes: []contract.Shape{{M: 60, N: panel, K: (1<<23)/60/panel + 70}}}
	}
	table["small"] = small[T](false, false, everyShape(panel))
	table["small/zero"] = small[T](false, true, everyHeight(panel))
	table["small/transposed"] = small[T](true, false, everyHeight(panel))
	table["small/transposed/zero"] = small[T](true, true, everyHeight(panel))
	return table
}

// everyShape are all heights to twice the tallest tile and one more for every kind of
// tile, with inner dimensions from 0 on and such as leave some steps before the last 16,
// all widths, and a single row of the widest tiles, one and several.
func everyShape(panel int) []contract.Shape {
	s := everyHeight(panel)
	for m := range 2*isa.MaxTileRows + 2 {
		for _, n := range widths(panel, m) {
			s = append(s, contract.Shape{M: m, N: n})
		}
		for _, k := range []int{16, 17, 18, 19, 20, 35, 50} {
			s = append(s, contract.Shape{M: m, N: panel, K: k}, contract.Shape{M: m, N: 2*panel - 1 - (m+k)%(panel-1), K: k}, contract.Shape{M: m, N: 2 * panel, K: k})
		}
		s = append(s, contract.Shape{M: m, N: widest(panel), K: 17})
	}
	for n := range widest(panel) + 2 {
		s = append(s, contract.Shape{M: 1 + n%isa.MaxTileRows, N: n, K: n % 4})
	}
	for k := range 4 {
		s = append(s, contract.Shape{M: 1, N: widest(panel) + k, K: k}, contract.Shape{M: 1, N: 3*widest(panel) + k, K: 2 + 5*k})
	}
	return s
}

// everyHeight are all heights to twice the tallest tile and one more for every kind of tile.
func everyHeight(panel int) []contract.Shape {
	var s []contract.Shape
	for m := range 2*isa.MaxTileRows + 2 {
		for i, n := range widths(panel, m) {
			s = append(s, contract.Shape{M: m, N: n, K: 1 + (m+i)%3})
		}
	}
	return s
}

// widths are one for every kind of tile, or several.
func widths(panel, m int) []int {
	return []int{
		panel/2 - 1, panel / 2, panel - 3, panel, panel + 1 + m%(panel-1), 2 * panel,
		2*panel + panel/2, 2*panel + 1 + m%(panel/2), widest(panel),
	}
}

func widest(panel int) int { return isa.WidestPanels * panel }

// leastLaidOut is the least rows that are laid out: see plan.CanLayOut.
const leastLaidOut = isa.TransposeRows + 1

// laidOutShapes are two and three of AVX-512's tiles, of all heights that come with several,
// the last one shorter or not.
func laidOutShapes(panel int) []contract.Shape {
	var s []contract.Shape
	for m := leastLaidOut; m <= 3*14+1; m++ {
		for i, k := range []int{m % 4, 17 + m%4, 35 + m%16} {
			for j, n := range widths(panel, m) {
				if (i+j)%3 != m%3 {
					s = append(s, contract.Shape{M: m, N: n, K: k})
				}
			}
		}
	}
	return s
}

// inColumns is the contract of tiles whose left matrix is laid out for an instruction
// set. AVX-512 multiplies any columns by it, AVX2 whole panels.
func inColumns[T view.Float](set isa.ISA, makeEnds ends[T]) contract.Contract[isa.ISA, T] {
	panel := view.Panel[T]()
	return contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
		if i != set {
			i = isa.Generic // the others' tiles have other heights
		}
		if set == isa.AVX2 {
			s.N = view.RoundUp(s.N, panel)
		}
		height, k := view.Evenly(s.M, set.TileRows(panel, 2*panel)), max(1, s.K)
		a := InColumns(d.Slice(view.RoundUp(s.M, height)*k), height, k)
		runAll(i, d, s, a, makeEnds)
	}, Shapes: laidOutShapes(panel), Least: contract.Shape{M: leastLaidOut}}
}

// runAll computes all columns of tiles of a product.
func runAll[T view.Float](i isa.ISA, d *contract.Data[T], s contract.Shape, a Operand[T], makeEnds ends[T]) {
	panel := view.Panel[T]()
	packed := d.Packed(max(1, s.K), s.N)
	b := func(col int) Panels[T] { return From(packed, 0, col) }
	if s.N%panel == 0 && s.M%2 == 0 { // as it is stored
		b = columnsOf(d.Block(s.K, s.N))
	}
	init, c := makeEnds(d, s)
	buffer := d.Slice(s.M * panel)
	for col := 0; col < s.N && s.M > 0; {
		t := Args[T]{Rows: s.M, Columns: a.TileColumns(i, s.M, s.N-col), K: s.K, A: a, B: b(col), Init: init(col), C: c(col)}
		if s.M == 1 && t.Columns == widest(panel) {
			t.Columns, t.ColumnsOn = (s.N-col)/widest(panel)*widest(panel), s.K%3*panel
		}
		t.StepsOn = (s.M + s.K) / 2 % 2 * 16
		for _, rows := range []int{2, 3 + s.N%40, s.M, 1}[:(s.M+s.K)%(MostPrefetches+1)] {
			t.Prefetch = append(t.Prefetch, PrefetchOf(From(packed, 0, col), rows)) // fetched and no more
		}
		RunExactly(i, &t, buffer)
		col += t.Columns
	}
	clear(buffer) // which of it is used depends on the instruction set
}

func TestContract(t *testing.T) {
	t.Run("float32", func(t *testing.T) { table[float32]().Test(t, contract.ISAs()) })
	t.Run("float64", func(t *testing.T) { table[float64]().Test(t, contract.ISAs()) })
}

func TestContractRandom(t *testing.T) {
	t.Run("float32", func(t *testing.T) { table[float32]().TestRandom(t, contract.ISAs()) })
	t.Run("float64", func(t *testing.T) { table[float64]().TestRandom(t, contract.ISAs()) })
}

func FuzzContract(f *testing.F) { table[float32]().Fuzz(f, contract.ISAs()) }
