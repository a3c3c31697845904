package gonumblas

import "gonum.org/v1/gonum/blas"

// Ddot is the sum of the products of x and y.
func (i Implementation) Ddot(n int, x []float64, incX int, y []float64, incY int) float64 {
	on := i.backend()
	if n >= on.least64.sum {
		if sum, ok := dot(on, n, x, incX, y, incY); ok {
			return sum
		}
	}
	if isHuge(n | incX | incY) {
		refuseXY(n, n, incX, incY)
	}
	return i.Implementation.Ddot(n, x, incX, y, incY)
}

// Dnrm2 is the Euclidean norm of x.
func (i Implementation) Dnrm2(n int, x []float64, incX int) float64 {
	on := i.backend()
	if n >= on.least64.norm {
		if norm, ok := nrm2(on, n, x, incX); ok {
			return norm
		}
	}
	if isHuge(n | incX) {
		refuse("x", n, 1, incX)
	}
	return i.Implementation.Dnrm2(n, x, incX)
}

// Dasum is the sum of the absolute values of x.
func (i Implementation) Dasum(n int, x []float64, incX int) float64 {
	on := i.backend()
	if n >= on.least64.vector {
		if sum, ok := asum(on, n, x, incX); ok {
			return sum
		}
	}
	if isHuge(n | incX) {
		refuse("x", n, 1, incX)
	}
	return i.Implementation.Dasum(n, x, incX)
}

// Idamax is the index of the first element of the largest absolute value.
func (i Implementation) Idamax(n int, x []float64, incX int) int {
	on := i.backend()
	if n >= on.least64.index {
		if index, ok := iamax(on, n, x, incX); ok {
			return index
		}
	}
	if isHuge(n | incX) {
		refuse("x", n, 1, incX)
	}
	return i.Implementation.Idamax(n, x, incX)
}

// Dswap exchanges x and y.
func (i Implementation) Dswap(n int, x []float64, incX int, y []float64, incY int) {
	on := i.backend()
	if n < on.least64.vector || !swap(on, n, x, incX, y, incY) {
		if isHuge(n | incX | incY) {
			refuseXY(n, n, incX, incY)
		}
		i.Implementation.Dswap(n, x, incX, y, incY)
	}
}

// Daxpy computes y += alpha*x.
func (i Implementation) Daxpy(n int, alpha float64, x []float64, incX int, y []float64, incY int) {
	on := i.backend()
	if n < on.least64.sum || !axpy(on, n, alpha, x, incX, y, incY) {
		if isHuge(n | incX | incY) {
			refuseXY(n, n, incX, incY)
		}
		i.Implementation.Daxpy(n, alpha, x, incX, y, incY)
	}
}

// Dscal computes x *= alpha.
func (i Implementation) Dscal(n int, alpha float64, x []float64, incX int) {
	on := i.backend()
	if n < on.least64.sum || !scal(on, n, alpha, x, incX) {
		if isHuge(n | incX) {
			refuse("x", n, 1, incX)
		}
		i.Implementation.Dscal(n, alpha, x, incX)
	}
}

// Drot turns the points of x and y.
func (i Implementation) Drot(n int, x []float64, incX int, y []float64, incY int, c, s float64) {
	on := i.backend()
	if n < on.least64.vector || !rot(on, n, x, incX, y, incY, c, s) {
		if isHuge(n | incX | incY) {
			refuseXY(n, n, incX, incY)
		}
		i.Implementation.Drot(n, x, incX, y, incY, c, s)
	}
}

// Drotm multiplies the points of x and y by a matrix.
func (i Implementation) Drotm(n int, x []float64, incX int, y []float64, incY int, p blas.DrotmParams) {
	on := i.backend()
	if n < on.least64.vector || !rotm(on, n, x, incX, y, incY, p.Flag, p.H) {
		if isHuge(n | incX | incY) {
			refuseXY(n, n, incX, incY)
		}
		i.Implementation.Drotm(n, x, incX, y, incY, p)
	}
}

// Dcopy copies x to y; gonum's.
func (i Implementation) Dcopy(n int, x []float64, incX int, y []float64, incY int) {
	if isHuge(n | incX | incY) {
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Dcopy(n, x, incX, y, incY)
}
