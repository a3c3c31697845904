package sum

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

func table[T view.Float]() contract.Table[isa.ISA, T] {
	single := func(of func(isa.ISA, []T) T) contract.Contract[isa.ISA, T] {
		return contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			result := d.Slice(1)
			result[0] = of(i, d.Slice(s.N))
		}, Shapes: contract.Lengths(Lanes[T]())}
	}
	table := contract.Table[isa.ISA, T]{
		"amax in each place": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			x, results := d.Slice(s.N), d.Slice(s.N)
			for j := range x {
				for l := range x {
					x[l] = 1
				}
				x[j] = -2
				for l := j + Lanes[T](); l < len(x); l += Lanes[T]() {
					x[l] = T(math.NaN()) // does not replace it in its lane
				}
				results[j] = Amax(i, x)
			}
		}, Shapes: []contract.Shape{{N: 2 * Lanes[T]()}, {N: 2*Lanes[T]() - 3}}},
		"asum":        single(Asum[T]),
		"amax":        single(Amax[T]),
		"sum squares": single(SumSquares[T]),
		"dot": single(func(i isa.ISA, x []T) T {
			return Dot(i, x, x)
		}),
		"dot of two": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			result := d.Slice(1)
			result[0] = Dot(i, d.Slice(s.N), d.Slice(s.N))
		}, Shapes: contract.Lengths(Lanes[T]())},
		"both": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			a := d.Matrix(s.M, s.N)
			Both(i, s.N, a.Data, a.Stride, d.Slice(s.N), d.Slice(s.M), d.Slice(s.M), d.Slice(s.N))
		}, Shapes: rowShapes(RowLanes[T]()), Least: contract.Shape{M: 1, N: 1}},
		"rows": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			a, x, y := d.Matrix(s.M, s.N), d.Slice(s.N), d.Matrix(s.M, 1+s.K%2)
			Rows(i, s.M, s.N, d.Slice(1)[0], a.Data, a.Stride, x, y.Data, y.Stride)
		}, Shapes: rowShapes(RowLanes[T]()), Least: contract.Shape{M: 1, N: 1}},
	}
	if view.Size[T]() == 4 {
		table["dot double"] = contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			x, y, result := any(d.Slice(s.N)).([]float32), any(d.Slice(s.N)).([]float32), d.Slice(4)
			sum := DotDouble(i, x, y)
			for part := range result {
				result[part] = T(math.Float64bits(sum) >> (16 * part) & 0xffff)
			}
			if sum != sum {
				clear(result) // one NaN is as good as another
			}
		}, Shapes: contract.Lengths(Lanes[float64]())}
	}
	return table
}

// rowShapes are all lengths to some blocks of lanes with few rows, and long ones.
func rowShapes(lanes int) []contract.Shape {
	var s []contract.Shape
	for n := range 2*lanes + 2 {
		s = append(s, contract.Shape{M: 1 + n%9, N: 1 + n, K: n % 3})
	}
	return append(s, contract.Shape{M: 5, N: 1000}, contract.Shape{M: 3, N: Piece + 5}, contract.Shape{M: 11, N: isa.CallElements/8 + 3})
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

// TestZerosOfUnderflow: a sum of products that underflow to -0 is -0 where all lanes are,
// whatever an instruction set adds in lanes that a row does not fill.
func TestZerosOfUnderflow(t *testing.T) {
	t.Run("float32", testZerosOfUnderflow[float32])
	t.Run("float64", testZerosOfUnderflow[float64])
}

func testZerosOfUnderflow[T view.Float](t *testing.T) {
	tiny := T(1e-40)
	if view.Size[T]() == 8 {
		small := 1e-310
		tiny = T(small)
	}
	for _, n := range []int{1, Lanes[T](), Lanes[T]() + 1, 2*Lanes[T]() - 1} {
		x, y := make([]T, n), make([]T, n)
		for j := range x {
			x[j], y[j] = tiny, -tiny
		}
		minus := T(math.Copysign(0, -1))
		want, wanted := Dot(isa.Generic, x, y), []T{minus}
		Rows(isa.Generic, 1, n, 1, x, n, y, wanted, 1)
		for name, i := range contract.ISAs() {
			if got := Dot(i, x, y); !contract.SameBits(got, want) {
				t.Errorf("%s: %d products: %v, by definition %v", name, n, got, want)
			}
			row := []T{minus}
			if Rows(i, 1, n, 1, x, n, y, row, 1); !contract.SameBits(row[0], wanted[0]) {
				t.Errorf("%s: a row of %d: %v, by definition %v", name, n, row[0], wanted[0])
			}
		}
	}
}

// TestOrder compares sums with the order that the package's comment states, written out
// once more: whole numbers of great and small size, whose sum depends on the order.
func TestOrder(t *testing.T) {
	x := make([]float64, Piece+70)
	for j := range x {
		x[j] = float64(1+j%7) * []float64{1, 0x1p53, 0x1p-30}[j%3]
	}
	ones := make([]float64, len(x))
	for j := range ones {
		ones[j] = 1
	}
	add := func(x []float64, lanes int) float64 {
		sums := make([]float64, lanes)
		for j, e := range x {
			sums[j%lanes] += e
		}
		for len(sums) > 1 {
			half := sums[len(sums)/2:]
			sums = sums[:len(sums)/2]
			for j := range sums {
				sums[j] += half[j]
			}
		}
		return sums[0]
	}
	for name, i := range contract.ISAs() {
		if got, want := Dot(i, x, ones), add(x[:Piece], 32)+add(x[Piece:], 32); got != want {
			t.Errorf("%s: Dot is %v, want %v", name, got, want)
		}
		if got, want := Asum(i, x), add(x[:Piece], 32)+add(x[Piece:], 32); got != want {
			t.Errorf("%s: Asum is %v, want %v", name, got, want)
		}
		y := []float64{0}
		if Rows(i, 1, len(x), 1, x, len(x), ones, y, 1); y[0] != add(x[:Piece], 16)+add(x[Piece:], 16) {
			t.Errorf("%s: a row is %v, want %v", name, y[0], add(x[:Piece], 16)+add(x[Piece:], 16))
		}
	}
}
