package gonumblas

import "github.com/targetprop/targetprop/internal/blas/level1"

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
