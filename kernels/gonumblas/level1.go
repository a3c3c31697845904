package gonumblas

import (
	"runtime"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/blas/level1"
	"github.com/targetprop/targetprop/internal/view"
)

// The routines of level 1 for both types of elements, from the sizes on that are ours. Each
// returns false, and has done nothing, if its arguments are gonum's: wrong, empty, or vectors
// that would have to be brought together first.

// holdsVector tells whether length elements hold a vector of n elements with that increment,
// which is not empty.
func holdsVector(n, length, inc int) bool {
	if inc < 0 {
		inc = -inc
	}
	return n > 0 && inc > 0 && length > 0 && n-1 <= (length-1)/inc
}

// takes tells whether a vector is ours: it holds n elements, is not faster with gonum, and
// has a positive increment.
func takes(on *backend, n, length, inc int) bool {
	return inc > 0 && (inc == 1 || on.same) && holdsVector(n, length, inc)
}

// takesBoth is takes for two vectors, with increments of either sign.
func takesBoth(on *backend, n, lengthX, incX, lengthY, incY int) bool {
	return (incX == 1 && incY == 1 || on.same) && holdsVector(n, lengthX, incX) && holdsVector(n, lengthY, incY)
}

func dot[T view.Float](on *backend, n int, x []T, incX int, y []T, incY int) (sum T, ok bool) {
	if !takesBoth(on, n, len(x), incX, len(y), incY) {
		return 0, false
	}
	return level1.Dot(on.core.ISA, n, x, incX, y, incY), true
}

func nrm2[T view.Float](on *backend, n int, x []T, incX int) (norm T, ok bool) {
	if !takes(on, n, len(x), incX) {
		return 0, false
	}
	return level1.Nrm2(on.core.ISA, n, x, incX), true
}

func asum[T view.Float](on *backend, n int, x []T, incX int) (sum T, ok bool) {
	if !takes(on, n, len(x), incX) {
		return 0, false
	}
	return level1.Asum(on.core.ISA, n, x, incX), true
}

func iamax[T view.Float](on *backend, n int, x []T, incX int) (index int, ok bool) {
	if !takes(on, n, len(x), incX) {
		return 0, false
	}
	return level1.Iamax(on.core.ISA, n, x, incX), true
}

func swap[T view.Float](on *backend, n int, x []T, incX int, y []T, incY int) bool {
	if !takesBoth(on, n, len(x), incX, len(y), incY) {
		return false
	}
	level1.Swap(on.core.Pool, on.core.ISA, n, x, incX, y, incY)
	runtime.KeepAlive(on)
	return true
}

func axpy[T view.Float](on *backend, n int, alpha T, x []T, incX int, y []T, incY int) bool {
	if !takesBoth(on, n, len(x), incX, len(y), incY) {
		return false
	}
	level1.Axpy(on.core.Pool, on.core.ISA, n, alpha, x, incX, y, incY)
	runtime.KeepAlive(on)
	return true
}

func scal[T view.Float](on *backend, n int, alpha T, x []T, incX int) bool {
	if !takes(on, n, len(x), incX) {
		return false
	}
	level1.Scal(on.core.Pool, on.core.ISA, n, alpha, x, incX)
	runtime.KeepAlive(on)
	return true
}

func rot[T view.Float](on *backend, n int, x []T, incX int, y []T, incY int, c, s T) bool {
	if !takesBoth(on, n, len(x), incX, len(y), incY) {
		return false
	}
	level1.Rot(on.core.Pool, on.core.ISA, n, x, incX, y, incY, c, s)
	runtime.KeepAlive(on)
	return true
}

// rotm takes the four numbers of the parameters: those of x, then those of y.
func rotm[T view.Float](on *backend, n int, x []T, incX int, y []T, incY int, flag blas.Flag, h [4]T) bool {
	if !takesBoth(on, n, len(x), incX, len(y), incY) {
		return false
	}
	var m level1.Matrix[T]
	switch flag {
	case blas.Rescaling:
		m = level1.Matrix[T]{XX: h[0], YX: h[1], XY: h[2], YY: h[3]}
	case blas.OffDiagonal:
		m = level1.Matrix[T]{XX: 1, YX: h[1], XY: h[2], YY: 1}
	case blas.Diagonal:
		m = level1.Matrix[T]{XX: h[0], YX: -1, XY: 1, YY: h[3]}
	default: // nothing to do, or a mistake
		return false
	}
	level1.Rotate(on.core.Pool, on.core.ISA, n, x, incX, y, incY, m)
	runtime.KeepAlive(on)
	return true
}

// Sdsdot is alpha plus the sum of the products of x and y, which is of float64.
func (i Implementation) Sdsdot(n int, alpha float32, x []float32, incX int, y []float32, incY int) float32 {
	on := i.backend()
	if n >= on.least32.vector && takesBoth(on, n, len(x), incX, len(y), incY) {
		return level1.Sdsdot(on.core.ISA, n, alpha, x, incX, y, incY)
	}
	if isHuge(n | incX | incY) {
		refuseXY(n, n, incX, incY)
	}
	return i.Implementation.Sdsdot(n, alpha, x, incX, y, incY)
}

// Dsdot is the sum of the products of x and y, of float64.
func (i Implementation) Dsdot(n int, x []float32, incX int, y []float32, incY int) float64 {
	on := i.backend()
	if n >= on.least32.vector && takesBoth(on, n, len(x), incX, len(y), incY) {
		return level1.Dsdot(on.core.ISA, n, x, incX, y, incY)
	}
	if isHuge(n | incX | incY) {
		refuseXY(n, n, incX, incY)
	}
	return i.Implementation.Dsdot(n, x, incX, y, incY)
}
