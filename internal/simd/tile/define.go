package tile

import (
	"math"
	"unsafe"

	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/view"
)

// define defines [Run].
func define[T view.Float](t *Args[T]) {
	panel := view.Panel[T]()
	for q := 0; q*panel < t.Columns; q++ {
		for i := range t.Rows {
			acc := t.C.Data[q*t.C.Next+i*t.C.Row:][:min(panel, t.Columns-q*panel)]
			copy(acc, t.Init.Data[q*t.Init.Next+i*t.Init.Row:])
			first := t.A.first(i)
			for p := range t.K {
				addProduct(acc, t.A.Data[first+p*t.A.K], t.B.Data[q*t.B.Next+p*t.B.Row:][:len(acc)])
			}
		}
	}
}

// addProduct adds x*b to acc, each element rounded once.
func addProduct[T view.Float](acc []T, x T, b []T) {
	if view.Size[T]() == 8 {
		for j, w := range b {
			acc[j] = T(math.FMA(float64(x), float64(w), float64(acc[j])))
		}
		return
	}
	addProduct32(as32(acc), float32(x), as32(b))
}

// addProduct32 is addProduct for float32.
func addProduct32(acc []float32, x float32, b []float32) {
	for j, w := range b {
		s := float64(x)*float64(w) + float64(acc[j])
		if f32.FMAHard(s) { // see f32.FMA, which does not inline
			acc[j] = f32.FMASlow(x, w, acc[j])
			continue
		}
		acc[j] = float32(s)
	}
}

// as32 is x as what it is, a slice of float32.
func as32[T view.Float](x []T) []float32 { return *(*[]float32)(unsafe.Pointer(&x)) }
