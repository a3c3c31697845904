package level3

import (
	"math"

	"github.com/targetprop/targetprop/internal/view"
)

// lanes is how many results a loop computes at a time; twice as many where their factors
// are adjacent. Each is one sum, ascending, of rounded products.
const lanes = 4

// four is 4 sums of n products: of a[i], stepA apart, by y[j], stepY apart, for the first;
// for each other one next elements further on in y.
func four[T view.Float](n int, a []T, i, stepA int, y []T, j, stepY, next int) (s0, s1, s2, s3 T) {
	for range n {
		c := a[i]
		s0 += T(c * y[j])
		s1 += T(c * y[j+next])
		s2 += T(c * y[j+2*next])
		s3 += T(c * y[j+3*next])
		i, j = i+stepA, j+stepY
	}
	return
}

// eight is as many sums of adjacent factors.
func eight[T view.Float](n int, a []T, i, stepA int, y []T, j, stepY int) (s0, s1, s2, s3, s4, s5, s6, s7 T) {
	for range n {
		c, z := a[i], y[j:j+2*lanes:j+2*lanes]
		s0 += T(c * z[0])
		s1 += T(c * z[1])
		s2 += T(c * z[2])
		s3 += T(c * z[3])
		s4 += T(c * z[4])
		s5 += T(c * z[5])
		s6 += T(c * z[6])
		s7 += T(c * z[7])
		i, j = i+stepA, j+stepY
	}
	return
}

// one is the first of them.
func one[T view.Float](n int, a []T, i, stepA int, y []T, j, stepY int) (s T) {
	for range n {
		s += T(a[i] * y[j])
		i, j = i+stepA, j+stepY
	}
	return s
}

// plus is beta*c + alpha*s, where a beta of 0 ignores c.
func plus[T view.Float](alpha, s, beta, c T) T {
	if beta == 0 {
		return alpha * s
	}
	return T(beta*c) + T(alpha*s)
}

// scale computes x *= a.
func scale[T view.Float](x []T, a T) {
	for i := range x {
		x[i] *= a
	}
}

// inverse is 1/a, unless that is no normal number: then x/a and x*(1/a) differ by much.
func inverse[T view.Float](a T) (inv T, ok bool) {
	inv = 1 / a
	least, most := 0x1p-1022, 0x1p1022
	if view.Size[T]() == 4 {
		least, most = 0x1p-126, 0x1p126
	}
	size := math.Abs(float64(inv))
	return inv, size >= least && size <= most
}
