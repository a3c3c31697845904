package level2

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// args are the arguments of all routines, and their results.
type args[T view.Float] struct {
	upper, trans, unit bool
	m, n               int
	alpha, beta        T
	a                  []T
	lda                int
	x                  []T
	incX               int
	y                  []T
	incY               int
}

// slices are what a routine may change.
func (p *args[T]) slices() [][]T { return [][]T{p.a, p.x, p.y} }

// mapped is a copy with other numbers.
func mapped[U, T view.Float](p args[T], f func(T) U) args[U] {
	all := func(x []T) []U {
		r := make([]U, len(x))
		for j, e := range x {
			r[j] = f(e)
		}
		return r
	}
	return args[U]{p.upper, p.trans, p.unit, p.m, p.n, f(p.alpha), f(p.beta), all(p.a), p.lda, all(p.x), p.incX, all(p.y), p.incY}
}

func copied[T view.Float](p args[T]) args[T] { return mapped(p, func(x T) T { return x }) }

// routine is one of the package's and what it should do.
type routine[T view.Float] struct {
	ours     func(pool *threads.Pool, i isa.ISA, p *args[T])
	gonum    func(p *args[float64])
	triangle bool // reads one only
	diagonal bool // may be one of ones, which is not read
	solves   bool
}

func uplo(upper bool) blas.Uplo {
	if upper {
		return blas.Upper
	}
	return blas.Lower
}

func transpose(trans bool) blas.Transpose {
	if trans {
		return blas.Trans
	}
	return blas.NoTrans
}

func diag(unit bool) blas.Diag {
	if unit {
		return blas.Unit
	}
	return blas.NonUnit
}

func routines[T view.Float]() map[string]routine[T] {
	var g gonum.Implementation
	return map[string]routine[T]{
		"gemv": {
			ours: func(pool *threads.Pool, i isa.ISA, p *args[T]) {
				Gemv(pool, i, p.trans, p.m, p.n, p.alpha, p.a, p.lda, p.x, p.incX, p.beta, p.y, p.incY)
			},
			gonum: func(p *args[float64]) {
				g.Dgemv(transpose(p.trans), p.m, p.n, p.alpha, p.a, p.lda, p.x, p.incX, p.beta, p.y, p.incY)
			},
		},
		"ger": {
			ours: func(pool *threads.Pool, i isa.ISA, p *args[T]) {
				x, incX, y, incY := p.x, p.incX, p.y, p.incY
				if p.trans {
					x, incX, y, incY = y, incY, x, incX
				}
				Ger(pool, i, p.m, p.n, p.alpha, y, incY, x, incX, p.a, p.lda)
			},
			gonum: func(p *args[float64]) {
				x, incX, y, incY := p.x, p.incX, p.y, p.incY
				if p.trans {
					x, incX, y, incY = y, incY, x, incX
				}
				g.Dger(p.m, p.n, p.alpha, y, incY, x, incX, p.a, p.lda)
			},
		},
		"symv": {triangle: true,
			ours: func(pool *threads.Pool, i isa.ISA, p *args[T]) {
				Symv(pool, i, p.upper, p.n, p.alpha, p.a, p.lda, p.x, p.incX, p.beta, p.y, p.incY)
			},
			gonum: func(p *args[float64]) {
				g.Dsymv(uplo(p.upper), p.n, p.alpha, p.a, p.lda, p.x, p.incX, p.beta, p.y, p.incY)
			},
		},
		"syr": {triangle: true,
			ours: func(pool *threads.Pool, i isa.ISA, p *args[T]) {
				Syr(pool, i, p.upper, p.n, p.alpha, p.x, p.incX, p.a, p.lda)
			},
			gonum: func(p *args[float64]) { g.Dsyr(uplo(p.upper), p.n, p.alpha, p.x, p.incX, p.a, p.lda) },
		},
		"syr2": {triangle: true,
			ours: func(pool *threads.Pool, i isa.ISA, p *args[T]) {
				Syr2(pool, i, p.upper, p.n, p.alpha, p.x, p.incX, p.y, p.incY, p.a, p.lda)
			},
			gonum: func(p *args[float64]) {
				g.Dsyr2(uplo(p.upper), p.n, p.alpha, p.x, p.incX, p.y, p.incY, p.a, p.lda)
			},
		},
		"trmv": {triangle: true, diagonal: true,
			ours: func(_ *threads.Pool, i isa.ISA, p *args[T]) {
				Trmv(i, p.upper, p.trans, p.unit, p.n, p.a, p.lda, p.x, p.incX)
			},
			gonum: func(p *args[float64]) {
				g.Dtrmv(uplo(p.upper), transpose(p.trans), diag(p.unit), p.n, p.a, p.lda, p.x, p.incX)
			},
		},
		"trsv": {triangle: true, diagonal: true, solves: true,
			ours: func(_ *threads.Pool, i isa.ISA, p *args[T]) {
				Trsv(i, p.upper, p.trans, p.unit, p.n, p.a, p.lda, p.x, p.incX)
			},
			gonum: func(p *args[float64]) {
				g.Dtrsv(uplo(p.upper), transpose(p.trans), diag(p.unit), p.n, p.a, p.lda, p.x, p.incX)
			},
		},
	}
}

// sizes are on both sides of all that a kernel or a panel takes at a time.
var sizes = []int{0, 1, 2, 3, 5, 8, 11, 12, 13, 16, 17, 24, 25, 33, 47, 64, 100, 130, 150}

// problem makes arguments. Memory that is no element of theirs is NaN.
func problem[T view.Float](rng *rand.Rand, r routine[T], m, n int) args[T] {
	if r.triangle {
		m = n
	}
	pick := func(from ...int) int { return from[rng.IntN(len(from))] }
	value := contract.RandomValues[T](rng.Uint64(), false)
	coin := func() bool { return rng.IntN(2) == 0 }
	p := args[T]{upper: coin(), trans: coin(), unit: coin(), m: m, n: n, lda: max(1, n+pick(0, 0, 3)),
		alpha: T(pick(0, 1, 1, -1, 2, 3)) / 2, beta: T(pick(0, 1, 2, 2, 3)) / 2, incX: pick(1, 1, 2, -1, -3), incY: pick(1, 1, 2, -1, -3)}
	p.a = nans[T](max(0, m-1)*p.lda + n)
	for i := range m {
		for j := range n {
			if r.triangle && (p.upper && j < i || !p.upper && j > i || r.diagonal && p.unit && i == j) {
				continue
			}
			p.a[i*p.lda+j] = value()
			if r.solves {
				p.a[i*p.lda+j] /= T(n)
				if i == j {
					p.a[i*p.lda+j] = T(1 + rng.Float64())
				}
			}
		}
	}
	lenX, lenY := n, m
	if p.trans && !r.triangle {
		lenX, lenY = m, n
	}
	p.x, p.y = vector(lenX, p.incX, value), vector(lenY, p.incY, value)
	return p
}

func nans[T view.Float](n int) []T {
	x := make([]T, max(n, 0))
	for j := range x {
		x[j] = T(math.NaN())
	}
	return x
}

func vector[T view.Float](n, inc int, value func() T) []T {
	step := max(inc, -inc)
	x := nans[T]((n-1)*step + 1)
	for j := range n {
		x[j*step] = value()
	}
	return x
}

func epsilon[T view.Float]() float64 {
	if view.Size[T]() == 8 {
		return 0x1p-53
	}
	return 0x1p-24
}

// united is a copy with vectors of increment 1. With negative ones gonum's Dger reads
// outside of them.
func united[T view.Float](p args[T]) args[T] {
	u := copied(p)
	u.x, u.y, u.incX, u.incY = unit(p.x, p.incX), unit(p.y, p.incY), 1, 1
	return u
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

// unit is a vector's elements.
func unit[T view.Float](x []T, inc int) []T {
	if len(x) == 0 {
		return nil
	}
	n := (len(x)-1)/max(inc, -inc) + 1
	r := make([]T, n)
	strided.Gather(r, x, strided.First(n, inc), inc)
	return r
}
