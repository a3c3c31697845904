package tile

import (
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// small is the contract of products from the factors where they are. Where kernels touch
// whole panels only, other widths are not for them.
func small[T view.Float](transA, zero bool, shapes []contract.Shape) contract.Contract[isa.ISA, T] {
	return contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
		a, b, c := d.Matrix(s.M, s.K), d.Matrix(s.K, s.N), d.Matrix(s.M, s.N)
		if transA {
			a = d.Matrix(s.K, s.M)
		}
		if Assembled[T](i) && (s.N%view.Panel[T]() == 0 || i.TilesAnyWidth()) {
			Small(i, transA, &a, &b, &c, zero)
			return
		}
		left := InRows(a.Block(0, 0))
		if transA {
			left = InTransposedRows(a.Block(0, 0))
		}
		for r := range s.M {
			if zero {
				clear(c.Row(r))
			}
			for p := range s.K {
				addProduct(c.Row(r), left.Data[r*left.Row+p*left.K], b.Row(p))
			}
		}
	}, Shapes: shapes, Least: contract.Shape{M: 1, N: 1, K: 1}}
}
