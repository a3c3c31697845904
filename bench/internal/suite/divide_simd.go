//go:build goexperiment.simd && amd64

package suite

import (
	"simd/archsimd"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// chains are enough to hide the latency of one operation.
const chains = 8

// divides are loops of divisions, and of roots and divisions, that touch
// registers only.
func (s *Suite) divides(root bool) []Entry {
	const turns = 100
	var entries []Entry
	add := func(isa kernels.ISA, lanes int, divide, rootDivide func(turns int)) {
		column, loop := divideColumn(isa), divide
		if root {
			column, loop = sqrtDivideColumn(isa), rootDivide
		}
		entries = append(entries, limit(column, table.Elements, float64(turns*chains*lanes), func(times int) { loop(turns * times) }))
	}
	for _, e := range s.Engines {
		switch e.ISA() {
		case kernels.AVX2:
			add(kernels.AVX2, 8, divide8, rootDivide8)
		case kernels.AVX512:
			add(kernels.AVX512, 16, divide16, rootDivide16)
		}
	}
	return entries
}

// The loops of divides. c/x jumps between two values, c/sqrt(x) goes to the
// cube root of c^2: nothing overflows. The chains begin with different numbers:
// the compiler would make one of those that are the same.
var starts = [chains]float32{1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7}

var sink8 [8]float32

func divide8(turns int) {
	c := archsimd.BroadcastFloat32x8(3.1)
	x0, x1, x2, x3 := archsimd.BroadcastFloat32x8(starts[0]), archsimd.BroadcastFloat32x8(starts[1]), archsimd.BroadcastFloat32x8(starts[2]), archsimd.BroadcastFloat32x8(starts[3])
	x4, x5, x6, x7 := archsimd.BroadcastFloat32x8(starts[4]), archsimd.BroadcastFloat32x8(starts[5]), archsimd.BroadcastFloat32x8(starts[6]), archsimd.BroadcastFloat32x8(starts[7])
	for range turns {
		x0, x1, x2, x3 = c.Div(x0), c.Div(x1), c.Div(x2), c.Div(x3)
		x4, x5, x6, x7 = c.Div(x4), c.Div(x5), c.Div(x6), c.Div(x7)
	}
	x0.Add(x1).Add(x2).Add(x3).Add(x4).Add(x5).Add(x6).Add(x7).Store(&sink8)
}

func rootDivide8(turns int) {
	c := archsimd.BroadcastFloat32x8(3.1)
	x0, x1, x2, x3 := archsimd.BroadcastFloat32x8(starts[0]), archsimd.BroadcastFloat32x8(starts[1]), archsimd.BroadcastFloat32x8(starts[2]), archsimd.BroadcastFloat32x8(starts[3])
	x4, x5, x6, x7 := archsimd.BroadcastFloat32x8(starts[4]), archsimd.BroadcastFloat32x8(starts[5]), archsimd.BroadcastFloat32x8(starts[6]), archsimd.BroadcastFloat32x8(starts[7])
	for range turns {
		x0, x1, x2, x3 = c.Div(x0.Sqrt()), c.Div(x1.Sqrt()), c.Div(x2.Sqrt()), c.Div(x3.Sqrt())
		x4, x5, x6, x7 = c.Div(x4.Sqrt()), c.Div(x5.Sqrt()), c.Div(x6.Sqrt()), c.Div(x7.Sqrt())
	}
	x0.Add(x1).Add(x2).Add(x3).Add(x4).Add(x5).Add(x6).Add(x7).Store(&sink8)
}

var sink16 [16]float32

func divide16(turns int) {
	c := archsimd.BroadcastFloat32x16(3.1)
	x0, x1, x2, x3 := archsimd.BroadcastFloat32x16(starts[0]), archsimd.BroadcastFloat32x16(starts[1]), archsimd.BroadcastFloat32x16(starts[2]), archsimd.BroadcastFloat32x16(starts[3])
	x4, x5, x6, x7 := archsimd.BroadcastFloat32x16(starts[4]), archsimd.BroadcastFloat32x16(starts[5]), archsimd.BroadcastFloat32x16(starts[6]), archsimd.BroadcastFloat32x16(starts[7])
	for range turns {
		x0, x1, x2, x3 = c.Div(x0), c.Div(x1), c.Div(x2), c.Div(x3)
		x4, x5, x6, x7 = c.Div(x4), c.Div(x5), c.Div(x6), c.Div(x7)
	}
	x0.Add(x1).Add(x2).Add(x3).Add(x4).Add(x5).Add(x6).Add(x7).Store(&sink16)
}

func rootDivide16(turns int) {
	c := archsimd.BroadcastFloat32x16(3.1)
	x0, x1, x2, x3 := archsimd.BroadcastFloat32x16(starts[0]), archsimd.BroadcastFloat32x16(starts[1]), archsimd.BroadcastFloat32x16(starts[2]), archsimd.BroadcastFloat32x16(starts[3])
	x4, x5, x6, x7 := archsimd.BroadcastFloat32x16(starts[4]), archsimd.BroadcastFloat32x16(starts[5]), archsimd.BroadcastFloat32x16(starts[6]), archsimd.BroadcastFloat32x16(starts[7])
	for range turns {
		x0, x1, x2, x3 = c.Div(x0.Sqrt()), c.Div(x1.Sqrt()), c.Div(x2.Sqrt()), c.Div(x3.Sqrt())
		x4, x5, x6, x7 = c.Div(x4.Sqrt()), c.Div(x5.Sqrt()), c.Div(x6.Sqrt()), c.Div(x7.Sqrt())
	}
	x0.Add(x1).Add(x2).Add(x3).Add(x4).Add(x5).Add(x6).Add(x7).Store(&sink16)
}
