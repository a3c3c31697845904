package gemv

import (
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

func table[T view.Float]() contract.Table[isa.ISA, T] {
	panel := view.Panel[T]()
	return contract.Table[isa.ISA, T]{
		"add": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			vectors, rows, k := 1+s.M%isa.GemvVectors, isa.AVX2.GemvRows(panel)*(1+s.N%6), isa.GemvColumns+s.K
			a, x, y := d.Matrix(rows, k), d.Matrix(k, vectors), d.Matrix(vectors, rows)
			if each := i.GemvRows(panel); each > 0 && rows%each != 0 {
				i = isa.Generic // these are not for it
			}
			Add(i, vectors, rows, k, a.Data, a.Stride, x.Data, x.Stride, y.Data, y.Stride)
		}, Shapes: shapes()},
	}
}

// shapes are all numbers of vectors, with one to six groups of rows, and columns to some
// lines.
func shapes() []contract.Shape {
	var s []contract.Shape
	for v := range isa.GemvVectors {
		for k := range 40 {
			s = append(s, contract.Shape{M: v, N: k, K: k}, contract.Shape{M: v, N: k / 6, K: k})
		}
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

func FuzzContract(f *testing.F) { table[float32]().Fuzz(f, contract.ISAs()) }
