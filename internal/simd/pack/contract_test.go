package pack

import (
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

func table[T view.Float]() contract.Table[isa.ISA, T] {
	panel := view.Panel[T]()
	return contract.Table[isa.ISA, T]{
		"lines": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			src := d.Matrix(s.M, isa.PackPanels*panel)
			next := s.M*panel + s.K
			Lines(i, s.M, src.Data, src.Stride, d.Slice(isa.PackPanels*next), next, panel)
		}, Shapes: lineShapes(), Least: contract.Shape{M: 1}},
		"block": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			Block(i, s.M, s.N, d.Block(s.M, s.N), d.Block(s.M, s.N))
		}, Shapes: blockShapes(panel), Least: contract.Shape{M: 1}},
		"transpose": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			most := max(isa.TransposeRows, view.RoundUp(s.M, panel))
			x, to := d.Matrix(most, s.K), d.Matrix(s.K, s.M)
			Transpose(i, min(s.N, most-s.M), s.M, s.K, x.Data, x.Stride, to.Data, to.Stride)
		}, Shapes: transposeShapes(), Least: contract.Shape{M: 1, K: 1}},
		"panel": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			width := 1 + (s.M-1)%panel
			src := d.Matrix(width, s.K)
			buffer := d.Slice(10 * panel) // several rounds
			Panel(i, width, s.K, src.Block(0, 0), d.Slice(s.K*panel), buffer)
			clear(buffer) // it is for any use
		}, Shapes: transposeShapes(), Least: contract.Shape{M: 1, K: 1}},
	}
}

// blockTable is what there is for float32 only.
func blockTable() contract.Table[isa.ISA, float32] {
	const panel = view.Line / 4
	return contract.Table[isa.ISA, float32]{
		"blocks": {Run: func(i isa.ISA, d *contract.Data[float32], s contract.Shape) {
			next := panel * (panel + s.K)
			src := d.Slice(max(0, s.M-1)*next + panel*panel)
			TransposeBlocks(i, s.M, src, next, d.Slice(s.M*panel*panel))
		}, Shapes: []contract.Shape{{}, {M: 1}, {M: 2}, {M: 3, K: 1}, {M: 7, K: 5}, {M: 8, K: 20}, {M: 2*isa.CallElements/panel/panel + 3}}},
	}
}

func lineShapes() []contract.Shape {
	s := []contract.Shape{{M: 2*1024 + 5, K: 3}} // several calls
	for m := range 40 {
		s = append(s, contract.Shape{M: m, K: m % 7})
	}
	return s
}

// blockShapes have widths on both sides of whole lines and of four.
func blockShapes(panel int) []contract.Shape {
	var s []contract.Shape
	for n := range 9*panel + 2 {
		s = append(s, contract.Shape{M: 1 + n%5, N: n})
	}
	return s
}

// transposeShapes are all numbers of rows and of columns to some quads, fewer than the
// kernels need too, rows from all places on, and all rows, and more, which AVX2 has a kernel for.
func transposeShapes() []contract.Shape {
	const some = isa.CallElements / isa.TransposeRows // columns of a call
	s := []contract.Shape{{M: isa.TransposeRows, K: some + 3}, {M: 5, N: 2, K: 2*some + isa.TransposeColumns}}
	for m := 1; m <= isa.TransposeRows; m++ {
		for n := range isa.TransposeRows - m + 1 {
			s = append(s, contract.Shape{M: m, N: n, K: isa.TransposeColumns + (7*m+n)%37})
		}
		for _, k := range []int{1 + m%(isa.TransposeColumns-1), 31, 32, 70} {
			s = append(s, contract.Shape{M: m, K: k})
		}
	}
	for k := 1; k < isa.TransposeColumns+40; k++ {
		s = append(s, contract.Shape{M: isa.TransposeRows, K: k})
	}
	for _, m := range []int{24, 32, 48, 49, 64} {
		s = append(s, contract.Shape{M: m, K: 1 + m%5}, contract.Shape{M: m, K: 8 + m%3}, contract.Shape{M: m, K: 16})
	}
	return s
}

func TestContract(t *testing.T) {
	t.Run("float32", func(t *testing.T) { table[float32]().Test(t, contract.ISAs()) })
	t.Run("float64", func(t *testing.T) { table[float64]().Test(t, contract.ISAs()) })
}

func TestContractRandom(t *testing.T) {
	t.Run("float32", func(t *testing.T) { table[float32]().TestRandom(t, contract.ISAs()) })
	t.Run("float64", func(t *testing.T) { table[float64]().TestRandom(t, contract.ISAs()) })
}

func TestContractBlocks(t *testing.T) { blockTable().Test(t, contract.ISAs()) }

func FuzzContract(f *testing.F) { table[float32]().Fuzz(f, contract.ISAs()) }
