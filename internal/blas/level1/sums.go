package level1

import (
	"math"

	"github.com/targetprop/targetprop/internal/blas/strided"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/sum"
	"github.com/targetprop/targetprop/internal/view"
)

// Dot is the sum of the products of x and y.
func Dot[T view.Float](i isa.ISA, n int, x []T, incX int, y []T, incY int) T {
	if n <= 0 {
		return 0
	}
	if incX == 1 && incY == 1 {
		return sum.Dot(i, x[:n], y[:n])
	}
	return pairs(i, n, x, incX, y, incY, sum.Dot[T])
}

// pairs adds up the pieces of two vectors whose elements lie apart, as numbers of type S.
func pairs[T, S view.Float](i isa.ISA, n int, x []T, incX int, y []T, incY int, of func(isa.ISA, []T, []T) S) S {
	b := strided.Borrow[T]()
	piece := min(n, sum.Piece)
	room := b.Take(2 * piece)
	ix, iy := strided.First(n, incX), strided.First(n, incY)
	var total S
	for first := 0; first < n; first += piece {
		length := min(n-first, piece)
		px, py := room[:length], room[piece:][:length]
		strided.Gather(px, x, ix+first*incX, incX)
		strided.Gather(py, y, iy+first*incY, incY)
		total = added(first, total, of(i, px, py))
	}
	b.Return()
	return total
}

// added is the sum of the pieces before the one that begins at first, and of that.
func added[T view.Float](first int, before, piece T) T {
	if first == 0 {
		return piece // -0 stays
	}
	return before + piece
}

// Dsdot is the sum of the products of x and y as numbers of float64.
func Dsdot(i isa.ISA, n int, x []float32, incX int, y []float32, incY int) float64 {
	if n <= 0 {
		return 0
	}
	if incX == 1 && incY == 1 {
		return sum.DotDouble(i, x[:n], y[:n])
	}
	return pairs(i, n, x, incX, y, incY, sum.DotDouble)
}

// Sdsdot is alpha plus Dsdot, rounded to float32 first.
func Sdsdot(i isa.ISA, n int, alpha float32, x []float32, incX int, y []float32, incY int) float32 {
	if n <= 0 {
		return 0
	}
	return alpha + float32(Dsdot(i, n, x, incX, y, incY))
}

// Asum is the sum of the absolute values of x. incX is positive.
func Asum[T view.Float](i isa.ISA, n int, x []T, incX int) T {
	return single(i, n, x, incX, sum.Asum[T])
}

// single adds up the pieces of one vector.
func single[T view.Float](i isa.ISA, n int, x []T, incX int, of func(isa.ISA, []T) T) T {
	if n <= 0 {
		return 0
	}
	if incX == 1 {
		return of(i, x[:n])
	}
	b := strided.Borrow[T]()
	room := b.Take(min(n, sum.Piece))
	var total T
	for first := 0; first < n; first += len(room) {
		p := room[:min(n-first, len(room))]
		strided.Gather(p, x, first*incX, incX)
		total = added(first, total, of(i, p))
	}
	b.Return()
	return total
}

// Nrm2 is the Euclidean norm of x, the square root of the sum of squares. incX is positive.
//
// Where the sum is not in the safe range - 2^-90 to below infinity for float32, 2^-900 for
// float64 - squares may have overflowed or underflowed: then x is multiplied by a power of
// two that brings its largest element near 1, and the norm divided by it. NaN is the norm
// of a vector that holds one, else infinity of one that holds that.
func Nrm2[T view.Float](i isa.ISA, n int, x []T, incX int) T {
	s := single(i, n, x, incX, sum.SumSquares[T])
	least := T(0x1p-90)
	if view.Size[T]() == 8 {
		small := 0x1p-900
		least = T(small)
	}
	if s >= least && float64(s) < math.Inf(1) || s != s {
		return root(s)
	}
	return scaledNorm(i, n, x, incX)
}

// scaledNorm is Nrm2 of a vector without NaN whose squares may not be summed as they are.
func scaledNorm[T view.Float](i isa.ISA, n int, x []T, incX int) T {
	var largest T
	for j := range n {
		largest = max(largest, abs(x[j*incX]))
	}
	if largest == 0 || math.IsInf(float64(largest), 1) {
		return largest
	}
	_, exponent := math.Frexp(float64(largest))
	most := 100 // so that the power and its inverse are normal numbers
	if view.Size[T]() == 8 {
		most = 1000
	}
	exponent = min(max(exponent, -most), most)
	down, up := T(math.Ldexp(1, -exponent)), T(math.Ldexp(1, exponent))
	b := strided.Borrow[T]()
	room := b.Take(min(n, sum.Piece))
	var total T
	for first := 0; first < n; first += len(room) {
		p := room[:min(n-first, len(room))]
		for j := range p {
			p[j] = x[(first+j)*incX] * down
		}
		total += sum.SumSquares(i, p)
	}
	b.Return()
	return root(total) * up
}

// root is the square root, rounded once: 53 >= 2*24 + 2 bits.
func root[T view.Float](x T) T { return T(math.Sqrt(float64(x))) }

// abs is x without its sign.
func abs[T view.Float](x T) T { return T(math.Abs(float64(x))) }

// amaxBlock is the elements among which the largest is looked for one by one, when it is
// known that it is there.
const amaxBlock = 256

// Iamax is the index of the first element of the largest absolute value, or -1 if n is 0.
// NaN do not count, but where the first element is NaN it is 0. incX is positive.
func Iamax[T view.Float](i isa.ISA, n int, x []T, incX int) int {
	if n <= 0 {
		return -1
	}
	best, at := abs(x[0]), 0
	if best != best {
		return 0
	}
	if incX == 1 && n > amaxBlock/8 {
		for first := 0; first < n; first += amaxBlock {
			if largest := sum.Amax(i, x[first:min(first+amaxBlock, n)]); largest > best {
				best, at = largest, first
			}
		}
		if best == abs(x[0]) {
			return 0
		}
		for abs(x[at]) != best {
			at++
		}
		return at
	}
	for j := 1; j < n; j++ {
		if a := abs(x[j*incX]); a > best {
			best, at = a, j
		}
	}
	return at
}
