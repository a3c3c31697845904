package level1

import (
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

func table[T view.Float]() contract.Table[isa.ISA, T] {
	const unroll = 4 // vectors of a cache line at most
	lengths := contract.Lengths(unroll * view.Panel[T]())
	all := contract.Table[isa.ISA, T]{
		"scale": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			Scale(i, d.Slice(1)[0], d.Slice(s.N))
		}, Shapes: lengths},
		"rotate": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			m := d.Slice(4)
			Rotate(i, d.Slice(s.N), d.Slice(s.N), Matrix[T]{m[0], m[1], m[2], m[3]})
		}, Shapes: lengths},
		"swap": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			Swap(i, d.Slice(s.N), d.Slice(s.N))
		}, Shapes: lengths},
		"axpy": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			Axpy(i, d.Slice(1)[0], d.Slice(s.N), d.Slice(s.N))
		}, Shapes: lengths},
		"update": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			a := d.Matrix(s.M, s.N)
			Update(i, s.N, d.Slice(s.M), d.Slice(s.N), a.Data, a.Stride)
		}, Shapes: rowShapes(lengths)},
		"upper triangle": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			a, first := d.Matrix(s.N, s.N), s.M%(s.N+1)
			Triangle(i, true, first, s.N, d.Slice(s.N-first), d.Slice(s.N), a.Data, a.Stride)
		}, Shapes: squares()},
		"lower triangle": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			a, first := d.Matrix(s.N, s.N), s.M%(s.N+1)
			Triangle(i, false, first, s.N, d.Slice(s.N-first), d.Slice(s.N), a.Data, a.Stride)
		}, Shapes: squares()},
		"combine": {Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			a := d.Matrix(s.M, s.N)
			Combine(i, s.N, d.Slice(s.M), a.Data, a.Stride, d.Slice(s.N))
		}, Shapes: rowShapes(lengths)},
	}
	for name, op := range map[string]Op{"add": Add, "sub": Sub, "mul": Mul} {
		all[name] = contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			Pairwise(i, op, d.Slice(s.N), d.Slice(s.N), d.Slice(s.N))
		}, Shapes: lengths}
		all[name+" in place"] = contract.Contract[isa.ISA, T]{Run: func(i isa.ISA, d *contract.Data[T], s contract.Shape) {
			x, y := d.Slice(s.N), d.Slice(s.N)
			Pairwise(i, op, x, x, y)
			Pairwise(i, op, y, x, y)
		}, Shapes: lengths}
	}
	return all
}

// squares are the sizes of triangles, and their first rows.
func squares() []contract.Shape {
	var all []contract.Shape
	for n := range 40 {
		all = append(all, contract.Shape{M: 5 * (n % 3), N: n})
	}
	return append(all, contract.Shape{M: 0, N: 150}, contract.Shape{M: 3, N: 400})
}

// rowShapes are the lengths, with no row to more than two groups of them.
func rowShapes(lengths []contract.Shape) []contract.Shape {
	var all []contract.Shape
	for i, s := range lengths {
		all = append(all, contract.Shape{M: i % 22, N: s.N})
	}
	return all
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
