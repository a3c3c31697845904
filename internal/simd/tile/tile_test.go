package tile

import (
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// shapes are all heights to twice the tallest tile and one more for every kind of
// tile, with inner dimensions from 0 on and such as leave some steps before the
// last 16, all widths, and a single row of the widest tiles, one and several.
func shapes(panel int) []contract.Shape {
	widest := isa.WidestPanels * panel
	var s []contract.Shape
	for m := range 2*isa.MaxTileRows + 2 {
		for i, n := range []int{panel/2 - 1, panel / 2, panel - 3, panel, panel + 1 + m%(panel-1), 2 * panel, 2*panel + panel/2, 2*panel + 1 + m%(panel/2), widest} {
			s = append(s, contract.Shape{M: m, N: n}, contract.Shape{M: m, N: n, K: 1 + (m+i)%3})
		}
		for _, k := range []int{16, 17, 18, 19, 20, 35, 50} {
			s = append(s, contract.Shape{M: m, N: panel, K: k}, contract.Shape{M: m, N: 2*panel - 1 - (m+k)%(panel-1), K: k}, contract.Shape{M: m, N: 2 * panel, K: k})
		}
		s = append(s, contract.Shape{M: m, N: widest, K: 17})
	}
	for n := range widest + 2 {
		s = append(s, contract.Shape{M: 1 + n%isa.MaxTileRows, N: n, K: n % 4})
	}
	for k := range 4 {
		s = append(s, contract.Shape{M: 1, N: widest + k, K: k}, contract.Shape{M: 1, N: 3*widest + k, K: 2 + 5*k})
	}
	return s
}

// columnsOfTiles is the contract of the micro-kernels, with a left matrix as it is stored,
// or transposed.
func columnsOfTiles[T view.Float](transposed bool) contract.Contract[isa.ISA, T] {
	panel := view.Panel[T]()
	widest := isa.WidestPanels * panel
	return contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
		w := d.Packed(s.K+1, s.N) // one row more than K, so that there is an address even for 0
		var a Operand[T]
		if transposed {
			a = InTransposedRows(d.Matrix(s.K+1, s.M).Block(0, 0))
		} else {
			a = InRows(d.Matrix(s.M, s.K+1).Block(0, 0))
		}
		from, to := d.Matrix(s.M, s.N), d.Matrix(s.M, s.N)
		place := func(m view.Matrix[T], col int) Panels[T] { return Panels[T]{m.Data[col:], panel, m.Stride} }
		buffer := make([]T, s.M*panel)
		for col := 0; col < s.N && s.M > 0; {
			t := Args[T]{Rows: s.M, Columns: i.TileColumns(panel, s.M, s.N-col), K: s.K, A: a, B: From(w, 0, col), Init: place(from, col), C: place(to, col)}
			if s.M == 1 && t.Columns == widest {
				t.Columns, t.ColumnsOn = (s.N-col)/widest*widest, s.K%3*panel
			}
			t.Prefetch = []Prefetch[T]{PrefetchOf(From(w, 0, col), 2), PrefetchOf(From(w, 0, col), 3+s.N%40)} // fetched and no more
			t.StepsOn = s.K / 2 % 2 * 16
			RunExactly(i, &t, buffer)
			col += t.Columns
		}
	}, Shapes: shapes(panel)}
}

// small is the contract of products from the factors where they are.
func small[T view.Float](transA, zero bool) contract.Contract[isa.ISA, T] {
	var all []contract.Shape
	for _, s := range shapes(view.Panel[T]()) {
		all = append(all, contract.Shape{M: s.M, N: s.N, K: s.K})
	}
	return contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
		a, b, c := d.Matrix(s.M, s.K), d.Matrix(s.K, s.N), d.Matrix(s.M, s.N)
		if transA {
			a = d.Matrix(s.K, s.M)
		}
		if Assembled[T](i) && (s.N%view.Panel[T]() == 0 || i.TilesAnyWidth()) {
			Small(i, transA, &a, &b, &c, zero)
			return
		}
		for r := range s.M {
			for j := range s.N {
				acc := c.Row(r)[j : j+1]
				if zero {
					acc[0] = 0
				}
				for p := range s.K {
					at := r*a.Stride + p
					if transA {
						at = p*a.Stride + r
					}
					addProduct(acc, a.Data[at], b.Row(p)[j:j+1])
				}
			}
		}
	}, Shapes: all, Least: contract.Shape{M: 1, N: 1, K: 1}}
}

func table[T view.Float]() contract.Table[isa.ISA, T] {
	return contract.Table[isa.ISA, T]{
		"rows": columnsOfTiles[T](false), "columns": columnsOfTiles[T](true),
		"small": small[T](false, false), "small/zero": small[T](false, true), "small/transposed": small[T](true, false),
	}
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
