//go:build goexperiment.simd && amd64

package peers

import (
	"github.com/ajroetker/go-highway/hwy"
	"github.com/ajroetker/go-highway/hwy/contrib/activation"
	"github.com/ajroetker/go-highway/hwy/contrib/algo"
	"github.com/ajroetker/go-highway/hwy/contrib/matmul"
	"github.com/ajroetker/go-highway/hwy/contrib/workerpool"

	"github.com/targetprop/targetprop/bench/internal/trial"
)

// highwayPeer is go-highway. It has several products, and its own choice between them
// (MatMulAuto) is often not the fastest, so the fastest is found by trial.
func highwayPeer() Peer {
	pool := workerpool.New(1)
	t := trial.NewTuner(
		trial.Candidate{Name: "MatMul", Gemm: func(m, n, k int, a, b, c []float32) { matmul.MatMul(a, b, c, m, n, k) }},
		trial.Candidate{Name: "MatMulAuto", Gemm: func(m, n, k int, a, b, c []float32) { matmul.MatMulAuto(pool, a, b, c, m, n, k) }},
		trial.Candidate{Name: "PackedMatMul", Gemm: func(m, n, k int, a, b, c []float32) { matmul.PackedMatMul(a, b, c, m, n, k) }},
		trial.Candidate{Name: "ParallelPackedMatMulV2", Gemm: func(m, n, k int, a, b, c []float32) {
			matmul.ParallelPackedMatMulV2(pool, a, b, c, m, n, k)
		}},
	)
	return Peer{
		Name:     "go-highway",
		Detail:   moduleVersion("github.com/ajroetker/go-highway") + ", " + hwy.CurrentName() + ", fastest of its products for each shape",
		Sgemm:    Product{Once: t.Sgemm, Kernel: t.Kernel},
		Exp:      func(dst, src []float32) { algo.ExpTransform(src, dst) },
		Log:      func(dst, src []float32) { algo.LogTransform(src, dst) },
		Tanh:     func(dst, src []float32) { algo.TanhTransform(src, dst) },
		Sigmoid:  func(dst, src []float32) { algo.SigmoidTransform(src, dst) },
		Softplus: func(dst, src []float32) { activation.Softplus(src, dst) },
		SetThreads: func(n int) {
			pool.Close()
			pool = workerpool.New(n)
			t.Reset()
		},
	}
}
