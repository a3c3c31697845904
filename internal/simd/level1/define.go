package level1

import (
	"github.com/targetprop/targetprop/internal/simd/fma"
	"github.com/targetprop/targetprop/internal/view"
)

// defineScale defines [Scale].
func defineScale[T view.Float](n int, alpha T, x []T) {
	for j := range x[:n] {
		x[j] *= alpha
	}
}

// defineRotate defines [Rotate].
func defineRotate[T view.Float](n int, x, y []T, m Matrix[T]) {
	for j, e := range x[:n] {
		f := y[j]
		x[j] = fma.Of(m.XX, e, T(m.XY*f))
		y[j] = fma.Of(m.YY, f, T(m.YX*e))
	}
}

// defineSwap defines [Swap].
func defineSwap[T view.Float](n int, x, y []T) {
	for j, e := range x[:n] {
		x[j], y[j] = y[j], e
	}
}

// definePairwise defines [Pairwise].
func definePairwise[T view.Float](op Op, x, y, dst []T) {
	switch op {
	case Add:
		for j, e := range x {
			dst[j] = e + y[j]
		}
	case Sub:
		for j, e := range x {
			dst[j] = e - y[j]
		}
	default:
		for j, e := range x {
			dst[j] = e * y[j]
		}
	}
}

// defineUpdate defines [Update] and [Triangle].
func defineUpdate[T view.Float](rows, n int, alpha, x, a []T, stride, step, longer int) {
	for r := range rows {
		row, x := a[r*stride:][:n+r*longer], x[r*step:]
		for j := range row {
			row[j] = fma.Of(alpha[r], x[j], row[j])
		}
	}
}

// defineCombine defines [Combine].
func defineCombine[T view.Float](rows, n int, alpha, a []T, stride int, y []T) {
	for r := range rows {
		for j, e := range a[r*stride:][:n] {
			y[j] = fma.Of(alpha[r], e, y[j])
		}
	}
}
