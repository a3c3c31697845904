package peers

import (
	"math/rand/v2"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat/distuv"
)

// gonumPeer is gonum: SSE assembly for axpy and dot under a blocked product in Go, and
// random numbers one at a time.
func gonumPeer() Peer {
	src := rand.NewPCG(1, 2)
	normal := distuv.Normal{Sigma: 1, Src: src}
	return Peer{
		Name:    "gonum",
		Detail:  moduleVersion("gonum.org/v1/gonum") + ", SSE",
		Sgemm:   gonumProduct(blas.NoTrans),
		SgemmTN: gonumProduct(blas.Trans),
		BLAS:    []BLAS{{Routines: gonum.Implementation{}}},
		Add64:   func(dst, x, y []float64) { floats.AddTo(dst, x, y) },
		Mul64:   func(dst, x, y []float64) { floats.MulTo(dst, x, y) },
		Gaussian: func(dst []float32) {
			for i := range dst {
				dst[i] = float32(normal.Rand())
			}
		},
		BernoulliMean: func(dst, p []float32, draws int) {
			for i := range dst {
				b := distuv.Bernoulli{P: float64(p[i]), Src: src}
				var sum float64
				for range draws {
					sum += b.Rand()
				}
				dst[i] = float32(sum / float64(draws))
			}
		},
	}
}

// gonumProduct multiplies a, or what a is the transpose of.
func gonumProduct(transA blas.Transpose) Product {
	return Product{Once: func(m, n, k int, a, b, c []float32) {
		left := blas32.General{Rows: m, Cols: k, Stride: k, Data: a}
		if transA == blas.Trans {
			left = blas32.General{Rows: k, Cols: m, Stride: m, Data: a}
		}
		blas32.Gemm(transA, blas.NoTrans, 1, left,
			blas32.General{Rows: k, Cols: n, Stride: n, Data: b}, 0,
			blas32.General{Rows: m, Cols: n, Stride: n, Data: c})
	}}
}
