//go:build goexperiment.simd && amd64

package limits

import (
	"simd/archsimd"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// chains are enough to hide the latency of one operation.
const chains = 8

// Divides are loops of divisions, and of roots and divisions, that touch
// registers only.
func Divides(s *cases.Setting, root bool) []cases.Entry {
	const turns = 100
	var entries []cases.Entry
	add := func(isa kernels.ISA, lanes int, divide, rootDivide func(turns int)) {
		column, loop := cases.DivideColumn(isa), divide
		if root {
			column, loop = cases.SqrtDivideColumn(isa), rootDivide
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

// Operations are loops of vector operations that touch registers only: as many fused
// multiply-adds as integer additions, in turn. Some cores begin any two of them in a
// cycle, others have more units for the additions.
func Operations(s *cases.Setting) []cases.Entry {
	const turns = 1000
	var entries []cases.Entry
	add := func(isa kernels.ISA, lanes int, loop func(turns int)) {
		entries = append(entries, limit(cases.OperationsColumn(isa), table.Elements, float64(turns*2*chains*lanes), func(times int) { loop(turns * times) }))
	}
	for _, e := range s.Engines {
		switch e.ISA() {
		case kernels.AVX2:
			add(kernels.AVX2, 8, operations8)
		case kernels.AVX512:
			add(kernels.AVX512, 16, operations16)
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

var intSink8 [8]int32

func operations8(turns int) {
	c, d, one := archsimd.BroadcastFloat32x8(0.5), archsimd.BroadcastFloat32x8(0.7), archsimd.BroadcastInt32x8(1)
	x0, x1, x2, x3 := archsimd.BroadcastFloat32x8(starts[0]), archsimd.BroadcastFloat32x8(starts[1]), archsimd.BroadcastFloat32x8(starts[2]), archsimd.BroadcastFloat32x8(starts[3])
	x4, x5, x6, x7 := archsimd.BroadcastFloat32x8(starts[4]), archsimd.BroadcastFloat32x8(starts[5]), archsimd.BroadcastFloat32x8(starts[6]), archsimd.BroadcastFloat32x8(starts[7])
	i0, i1, i2, i3 := one, one.Add(one), one.Add(one).Add(one), one.Add(one).Add(one).Add(one)
	for range turns {
		x0, i0, x1, i1 = x0.MulAdd(c, d), i0.Add(one), x1.MulAdd(c, d), i1.Add(one)
		x2, i2, x3, i3 = x2.MulAdd(c, d), i2.Add(one), x3.MulAdd(c, d), i3.Add(one)
		x4, i0, x5, i1 = x4.MulAdd(c, d), i0.Add(i2), x5.MulAdd(c, d), i1.Add(i3)
		x6, i2, x7, i3 = x6.MulAdd(c, d), i2.Add(i0), x7.MulAdd(c, d), i3.Add(i1)
	}
	x0.Add(x1).Add(x2).Add(x3).Add(x4).Add(x5).Add(x6).Add(x7).Store(&sink8)
	i0.Add(i1).Add(i2).Add(i3).Store(&intSink8)
}

var intSink16 [16]int32

func operations16(turns int) {
	c, d, one := archsimd.BroadcastFloat32x16(0.5), archsimd.BroadcastFloat32x16(0.7), archsimd.BroadcastInt32x16(1)
	x0, x1, x2, x3 := archsimd.BroadcastFloat32x16(starts[0]), archsimd.BroadcastFloat32x16(starts[1]), archsimd.BroadcastFloat32x16(starts[2]), archsimd.BroadcastFloat32x16(starts[3])
	x4, x5, x6, x7 := archsimd.BroadcastFloat32x16(starts[4]), archsimd.BroadcastFloat32x16(starts[5]), archsimd.BroadcastFloat32x16(starts[6]), archsimd.BroadcastFloat32x16(starts[7])
	i0, i1, i2, i3 := one, one.Add(one), one.Add(one).Add(one), one.Add(one).Add(one).Add(one)
	for range turns {
		x0, i0, x1, i1 = x0.MulAdd(c, d), i0.Add(one), x1.MulAdd(c, d), i1.Add(one)
		x2, i2, x3, i3 = x2.MulAdd(c, d), i2.Add(one), x3.MulAdd(c, d), i3.Add(one)
		x4, i0, x5, i1 = x4.MulAdd(c, d), i0.Add(i2), x5.MulAdd(c, d), i1.Add(i3)
		x6, i2, x7, i3 = x6.MulAdd(c, d), i2.Add(i0), x7.MulAdd(c, d), i3.Add(i1)
	}
	x0.Add(x1).Add(x2).Add(x3).Add(x4).Add(x5).Add(x6).Add(x7).Store(&sink16)
	i0.Add(i1).Add(i2).Add(i3).Store(&intSink16)
}
