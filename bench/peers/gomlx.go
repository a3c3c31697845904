//go:build goexperiment.simd && amd64

package peers

import (
	"io"

	"github.com/gomlx/gomlx/backends/simplego/packgemm"
	"k8s.io/klog/v2"
)

// gomlxPeer is the product of gomlx's Go back end, on AVX-512 only. Its threads come from
// a pool of an internal type, so here it runs on one.
func gomlxPeer() (Peer, bool) {
	regs := packgemm.DTypeToGEMM[packgemm.GetDTypePair[float32, float32]()]
	if len(regs) == 0 || regs[0].Name != "AVX512" {
		return Peer{}, false
	}
	klog.LogToStderr(false) // it logs once that it is experimental
	klog.SetOutput(io.Discard)

	// It asks for packing buffers of a few sizes in every call.
	buffers := map[int][]float32{}
	alloc := func(size int) (any, []float32) {
		if buffers[size] == nil {
			buffers[size] = make([]float32, size)
		}
		return nil, buffers[size]
	}
	release := func(any) {}
	return Peer{
		Name:   "gomlx",
		Detail: moduleVersion("github.com/gomlx/gomlx") + ", avx512",
		Sgemm: Product{Once: func(m, n, k int, a, b, c []float32) {
			err := packgemm.GEMM(1, 0, a[:m*k], b[:k*n], 1, m, n, k, c[:m*n], alloc, release, nil)
			if err != nil {
				panic(err)
			}
		}},
		MaxThreads: 1,
	}, true
}
