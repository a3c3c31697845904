package gonumblas

import "gonum.org/v1/gonum/blas"

// Sdot is the sum of the products of x and y.
func (i Implementation) Sdot(n int, x []float32, incX int, y []float32, incY int) float32 {
	on := i.backend()
	if n >= on.least32.sum {
		if sum, ok := dot(on, n, x, incX, y, incY); ok {
			return sum
		}
	}
	if isHuge(n | incX | incY) {
		refuseXY(n, n, incX, incY)
	}
	return i.Implementation.Sdot(n, x, incX, y, incY)
}

// Snrm2 is the Euclidean norm of x.
func (i Implementation) Snrm2(n int, x []float32, incX int) float32 {
	on := i.backend()
	if n >= on.least32.norm {
		if norm, ok := nrm2(on, n, x, incX); ok {
			return norm
		}
	}
	if isHuge(n | incX) {
		refuse("x", n, 1, incX)
	}
	return i.Implementation.Snrm2(n, x, incX)
}

// Sasum is the sum of the absolute values of x.
func (i Implementation) Sasum(n int, x []float32, incX int) float32 {
	on := i.backend()
	if n >= on.least32.vector {
		if sum, ok := asum(on, n, x, incX); ok {
			return sum
		}
	}
	if isHuge(n | incX) {
		refuse("x", n, 1, incX)
	}
	return i.Implementation.Sasum(n, x, incX)
}

// Isamax is the index of the first element of the largest absolute value.
func (i Implementation) Isamax(n int, x []float32, incX int) int {
	on := i.backend()
	if n >= on.least32.index {
		if index, ok := iamax(on, n, x, incX); ok {
			return index
		}
	}
	if isHuge(n | incX) {
		refuse("x", n, 1, incX)
	}
	return i.Implementation.Isamax(n, x, incX)
}

// Sswap exchanges x and y.
func (i Implementation) Sswap(n int, x []float32, incX int, y []float32, incY int) {
	on := i.backend()
	if n < on.least32.vector || !swap(on, n, x, incX, y, incY) {
		if isHuge(n | incX | incY) {
			refuseXY(n, n, incX, incY)
		}
		i.Implementation.Sswap(n, x, incX, y, incY)
	}
}

// Saxpy computes y += alpha*x.
func (i Implementation) Saxpy(n int, alpha float32, x []float32, incX int, y []float32, incY int) {
	on := i.backend()
	if n < on.least32.sum || !axpy(on, n, alpha, x, incX, y, incY) {
		if isHuge(n | incX | incY) {
			refuseXY(n, n, incX, incY)
		}
		i.Implementation.Saxpy(n, alpha, x, incX, y, incY)
	}
}

// Sscal computes x *= alpha.
func (i Implementation) Sscal(n int, alpha float32, x []float32, incX int) {
	on := i.backend()
	if n < on.least32.sum || !scal(on, n, alpha, x, incX) {
		if isHuge(n | incX) {
			refuse("x", n, 1, incX)
		}
		i.Implementation.Sscal(n, alpha, x, incX)
	}
}

// Srot turns the points of x and y.
func (i Implementation) Srot(n int, x []float32, incX int, y []float32, incY int, c, s float32) {
	on := i.backend()
	if n < on.least32.vector || !rot(on, n, x, incX, y, incY, c, s) {
		if isHuge(n | incX | incY) {
			refuseXY(n, n, incX, incY)
		}
		i.Implementation.Srot(n, x, incX, y, incY, c, s)
	}
}

// Srotm multiplies the points of x and y by a matrix.
func (i Implementation) Srotm(n int, x []float32, incX int, y []float32, incY int, p blas.SrotmParams) {
	on := i.backend()
	if n < on.least32.vector || !rotm(on, n, x, incX, y, incY, p.Flag, p.H) {
		if isHuge(n | incX | incY) {
			refuseXY(n, n, incX, incY)
		}
		i.Implementation.Srotm(n, x, incX, y, incY, p)
	}
}

// Scopy copies x to y; gonum's.
func (i Implementation) Scopy(n int, x []float32, incX int, y []float32, incY int) {
	if isHuge(n | incX | incY) {
		refuseXY(n, n, incX, incY)
	}
	i.Implementation.Scopy(n, x, incX, y, incY)
}
