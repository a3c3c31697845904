package level1

import (
	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	simd "github.com/targetprop/targetprop/internal/simd/level1"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// Matrix is what a rotation multiplies the pairs of two vectors by.
type Matrix[T view.Float] = simd.Matrix[T]

// Rot turns the points of x and y: x, y = c*x + s*y, c*y - s*x. In each sum s's product is
// rounded and c's is not.
func Rot[T view.Float](pool *threads.Pool, i isa.ISA, n int, x []T, incX int, y []T, incY int, c, s T) {
	Rotate(pool, i, n, x, incX, y, incY, Matrix[T]{XX: c, XY: s, YX: -s, YY: c})
}

// Rotate multiplies the pairs of x and y by a matrix, as Rot does and, with the matrix that
// the flag of its parameters says, rotm: x, y = XX*x + XY*y, YX*x + YY*y.
func Rotate[T view.Float](pool *threads.Pool, i isa.ISA, n int, x []T, incX int, y []T, incY int, m Matrix[T]) {
	if n <= 0 {
		return
	}
	if incX == 1 && incY == 1 {
		if plan.Shares(2*n*view.Size[T](), pool.Threads()) {
			share(pool, task[T]{kind: rotate, isa: i, matrix: m, x: x[:n], y: y[:n]})
			return
		}
		simd.Rotate(i, x[:n], y[:n], m)
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
		simd.Rotate(i, px, py, m)
		strided.Scatter(px, x, ix+first*incX, incX)
		strided.Scatter(py, y, iy+first*incY, incY)
	}
	b.Return()
}
