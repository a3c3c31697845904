package level1

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// chunk is the elements that are brought together at a time, where they lie apart.
const chunk = 512

// Axpy adds alpha*x to y, each by a fused multiply-add.
func Axpy[T view.Float](pool *threads.Pool, i isa.ISA, n int, alpha T, x []T, incX int, y []T, incY int) {
	if n <= 0 || alpha == 0 {
		return
	}
	if incX == 1 && incY == 1 {
		if plan.Shares(2*n*view.Size[T](), pool.Threads()) {
			share(pool, task[T]{kind: axpy, isa: i, alpha: alpha, x: x[:n], y: y[:n]})
			return
		}
		simd.Axpy(i, alpha, x[:n], y[:n])
		return
	}
	b := strided.Borrow[T]()
	room := b.Take(2 * chunk)
	ix, iy := strided.First(n, incX), strided.First(n, incY)
	for first := 0; first < n; first += chunk {
		length := min(n-first, chunk)
		px, py := room[:length], room[chunk:][:length]
		strided.Gather(px, x, ix+first*incX, incX)
		strided.Gather(py, y, iy+first*incY, incY)
		simd.Axpy(i, alpha, px, py)
		strided.Scatter(py, y, iy+first*incY, incY)
	}
	b.Return()
}

// Scal multiplies x by alpha. With alpha = 0, x's old content does not matter. incX is
// positive.
func Scal[T view.Float](pool *threads.Pool, i isa.ISA, n int, alpha T, x []T, incX int) {
	switch {
	case n <= 0 || alpha == 1:
	case incX == 1 && alpha == 0:
		view.Clear(x[:n])
	case incX == 1 && plan.Shares(n*view.Size[T](), pool.Threads()):
		share(pool, task[T]{kind: scal, isa: i, alpha: alpha, x: x[:n]})
	case incX == 1:
		simd.Scale(i, alpha, x[:n])
	case alpha == 0:
		for j := range n {
			x[j*incX] = 0
		}
	default:
		for j := range n {
			x[j*incX] *= alpha
		}
	}
}

// Swap exchanges x and y.
func Swap[T view.Float](pool *threads.Pool, i isa.ISA, n int, x []T, incX int, y []T, incY int) {
	if n <= 0 {
		return
	}
	if incX == 1 && incY == 1 {
		if plan.Shares(2*n*view.Size[T](), pool.Threads()) {
			share(pool, task[T]{kind: swap, isa: i, x: x[:n], y: y[:n]})
			return
		}
		simd.Swap(i, x[:n], y[:n])
		return
	}
	ix, iy := strided.First(n, incX), strided.First(n, incY)
	for range n {
		x[ix], y[iy] = y[iy], x[ix]
		ix += incX
		iy += incY
	}
}
