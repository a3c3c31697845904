package level1

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// args are the arguments of all routines, and their results.
type args[T view.Float] struct {
	n          int
	x, y       []T
	incX, incY int
	c, s       T
	result     float64
}

// routine is one of the package's and what it should do, with increments of 1.
type routine[T view.Float] struct {
	ours     func(pool *threads.Pool, i isa.ISA, p *args[T])
	want     func(p *args[float64])
	positive bool // increments only
	cancels  bool // even where all numbers are positive: the error of y is that of x at most
}

func routines[T view.Float]() map[string]routine[T] {
	var g gonum.Implementation
	return map[string]routine[T]{
		"dot": {
			ours: func(_ *threads.Pool, i isa.ISA, p *args[T]) {
				p.result = float64(Dot(i, p.n, p.x, p.incX, p.y, p.incY))
			},
			want: func(p *args[float64]) { p.result = g.Ddot(p.n, p.x, 1, p.y, 1) },
		},
		"asum": {positive: true,
			ours: func(_ *threads.Pool, i isa.ISA, p *args[T]) { p.result = float64(Asum(i, p.n, p.x, p.incX)) },
			want: func(p *args[float64]) { p.result = g.Dasum(p.n, p.x, 1) },
		},
		"nrm2": {positive: true,
			ours: func(_ *threads.Pool, i isa.ISA, p *args[T]) { p.result = float64(Nrm2(i, p.n, p.x, p.incX)) },
			want: func(p *args[float64]) { p.result = g.Dnrm2(p.n, p.x, 1) },
		},
		"iamax": {positive: true,
			ours: func(_ *threads.Pool, i isa.ISA, p *args[T]) { p.result = float64(Iamax(i, p.n, p.x, p.incX)) },
			want: func(p *args[float64]) { p.result = float64(g.Idamax(p.n, p.x, 1)) },
		},
		"axpy": {
			ours: func(pool *threads.Pool, i isa.ISA, p *args[T]) {
				Axpy(pool, i, p.n, p.c, p.x, p.incX, p.y, p.incY)
			},
			want: func(p *args[float64]) { g.Daxpy(p.n, p.c, p.x, 1, p.y, 1) },
		},
		"scal": {positive: true,
			ours: func(pool *threads.Pool, i isa.ISA, p *args[T]) { Scal(pool, i, p.n, p.c, p.x, p.incX) },
			want: func(p *args[float64]) { g.Dscal(p.n, p.c, p.x, 1) },
		},
		"swap": {
			ours: func(pool *threads.Pool, i isa.ISA, p *args[T]) { Swap(pool, i, p.n, p.x, p.incX, p.y, p.incY) },
			want: func(p *args[float64]) { g.Dswap(p.n, p.x, 1, p.y, 1) },
		},
		"rot": {cancels: true,
			ours: func(pool *threads.Pool, i isa.ISA, p *args[T]) {
				Rot(pool, i, p.n, p.x, p.incX, p.y, p.incY, p.c, p.s)
			},
			want: func(p *args[float64]) { g.Drot(p.n, p.x, 1, p.y, 1, p.c, p.s) },
		},
	}
}

var sizes = []int{0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 31, 32, 33, 63, 64, 65, 127, 129, 255, 256, 257, 500, 511, 512, 513, 1030}

// problem makes arguments. Memory that is no element of theirs is NaN.
func problem[T view.Float](rng *rand.Rand, r routine[T], n int, value func() T) args[T] {
	pick := func(from ...int) int { return from[rng.IntN(len(from))] }
	p := args[T]{n: n, incX: pick(1, 1, 2, -1, -3), incY: pick(1, 1, 2, -1, -3), c: T(pick(0, 1, 2, -3)) / 2, s: T(pick(-1, 2, 1)) / 2}
	if r.positive {
		p.incX = max(p.incX, -p.incX)
	}
	p.x, p.y = vector(n, p.incX, value), vector(n, p.incY, value)
	return p
}

func vector[T view.Float](n, inc int, value func() T) []T {
	step := max(inc, -inc)
	x := make([]T, max(0, (n-1)*step+1))
	for j := range x {
		x[j] = T(math.NaN())
		if j%step == 0 {
			x[j] = value()
		}
	}
	return x
}

// unit is a vector's elements as numbers of U.
func unit[U, T view.Float](n int, x []T, inc int) []U {
	elements := make([]T, n)
	strided.Gather(elements, x, strided.First(n, inc), inc)
	all := make([]U, n)
	for j, e := range elements {
		all[j] = U(e)
	}
	return all
}

// united is a copy with vectors of increment 1.
func united[U, T view.Float](p args[T]) args[U] {
	return args[U]{n: p.n, x: unit[U](p.n, p.x, p.incX), incX: 1, y: unit[U](p.n, p.y, p.incY), incY: 1, c: U(p.c), s: U(p.s), result: p.result}
}

func copied[T view.Float](p args[T]) args[T] {
	p.x, p.y = append([]T(nil), p.x...), append([]T(nil), p.y...)
	return p
}

func absolute(p args[float64]) args[float64] {
	p = copied(p)
	for _, x := range [][]float64{p.x, p.y} {
		for j := range x {
			x[j] = math.Abs(x[j])
		}
	}
	p.c, p.s = math.Abs(p.c), math.Abs(p.s)
	return p
}

func epsilon[T view.Float]() float64 {
	if view.Size[T]() == 8 {
		return 0x1p-53
	}
	return 0x1p-24
}

// gapsLeft tells whether what lies between the elements of a vector is NaN still.
func gapsLeft[T view.Float](x []T, inc int) bool {
	for j, e := range x {
		if j%inc != 0 && e == e {
			return false
		}
	}
	return true
}
