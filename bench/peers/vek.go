package peers

import (
	"github.com/viterin/vek"
	"github.com/viterin/vek/vek32"
)

// vekPeer is vek: AVX2 assembly that a C compiler wrote.
func vekPeer() Peer {
	isa := "plain Go"
	if vek32.Info().Acceleration {
		isa = "AVX2"
	}
	return Peer{
		Name:   "vek",
		Detail: moduleVersion("github.com/viterin/vek") + ", " + isa,
		Sgemm: Product{Once: func(m, n, k int, a, b, c []float32) {
			vek32.MatMul_Into(c[:m*n], a[:m*k], b[:k*n], k)
		}},
		Exp: func(dst, src []float32) { vek32.Exp_Into(dst, src) },
		Log: func(dst, src []float32) { vek32.Log_Into(dst, src) },

		Add:   func(dst, x, y []float32) { vek32.Add_Into(dst, x, y) },
		Mul:   func(dst, x, y []float32) { vek32.Mul_Into(dst, x, y) },
		Add64: func(dst, x, y []float64) { vek.Add_Into(dst, x, y) },
		Mul64: func(dst, x, y []float64) { vek.Mul_Into(dst, x, y) },
	}
}
