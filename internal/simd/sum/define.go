package sum

import (
	"math"

	"github.com/targetprop/targetprop/internal/simd/fma"
	"github.com/targetprop/targetprop/internal/view"
)

// most is enough lanes for any sum.
const most = laneBytes / 4

// tree adds up lanes, a power of two of them.
func tree[T view.Float](lanes []T) T {
	for half := len(lanes) / 2; half > 0; half /= 2 {
		for j := range half {
			lanes[j] += lanes[j+half]
		}
	}
	return lanes[0]
}

// few is the most elements whose sum is not worth a call of assembly.
const few = 4

// dotFew is [Dot] of few elements: they are lanes by themselves, and to each lane another
// that is 0 is added before any of theirs.
func dotFew[T view.Float](x, y []T) T {
	y = y[:len(x)]
	switch len(x) {
	case 0:
		return 0
	case 1:
		return T(x[0]*y[0]) + 0
	case 2:
		return (T(x[0]*y[0]) + 0) + (T(x[1]*y[1]) + 0)
	case 3:
		return (T(x[0]*y[0]) + 0 + (T(x[2]*y[2]) + 0)) + (T(x[1]*y[1]) + 0)
	default:
		return (T(x[0]*y[0]) + 0 + (T(x[2]*y[2]) + 0)) + (T(x[1]*y[1]) + 0 + (T(x[3]*y[3]) + 0))
	}
}

// defineDot defines [Dot] in a piece.
func defineDot[T view.Float](n int, x, y []T) T {
	var memory [most]T
	lanes := memory[:Lanes[T]()]
	addProducts(lanes, x[:n], y)
	return tree(lanes)
}

// addProducts adds products to lanes, from the first.
func addProducts[T view.Float](lanes, x, y []T) {
	for i, e := range x {
		l := &lanes[i%len(lanes)]
		*l = fma.Of(e, y[i], *l)
	}
}

// addAbs adds absolute values to lanes, from the first.
func addAbs[T view.Float](lanes, x []T) {
	for i, e := range x {
		lanes[i%len(lanes)] += abs(e)
	}
}

// defineDotDouble defines [DotDouble] in a piece.
func defineDotDouble(n int, x, y []float32) float64 {
	var lanes [laneBytes / 8]float64
	for i, e := range x[:n] {
		l := &lanes[i%len(lanes)]
		*l = math.FMA(float64(e), float64(y[i]), *l)
	}
	return tree(lanes[:])
}

// defineAsum defines [Asum] in a piece.
func defineAsum[T view.Float](n int, x []T) T {
	var memory [most]T
	lanes := memory[:Lanes[T]()]
	addAbs(lanes, x[:n])
	return tree(lanes)
}

// defineAmax defines [Amax] in a piece.
func defineAmax[T view.Float](n int, x []T) T {
	var largest T
	for _, e := range x[:n] {
		if a := abs(e); a > largest {
			largest = a
		}
	}
	return largest
}

// defineRows defines [Rows] in a piece.
func defineRows[T view.Float](rows, n int, alpha T, a []T, stride int, x, y []T, next int) {
	for i := range rows {
		var memory [most]T
		lanes := memory[:RowLanes[T]()]
		addProducts(lanes, a[i*stride:][:n], x)
		y[i*next] = fma.Of(alpha, tree(lanes), y[i*next])
	}
}

// defineBoth defines [Both] in a piece.
func defineBoth[T view.Float](rows, n int, a []T, stride int, x, sums, alpha, y []T) {
	for i := range rows {
		row := a[i*stride:][:n]
		var memory [most]T
		lanes := memory[:RowLanes[T]()]
		addProducts(lanes, row, x)
		sums[i] += tree(lanes)
		for p, e := range row {
			y[p] = fma.Of(alpha[i], e, y[p])
		}
	}
}

// abs is x without its sign.
func abs[T view.Float](x T) T { return T(math.Abs(float64(x))) }
