//go:build peers && cgo

package peers

import (
	"strings"

	"github.com/targetprop/targetprop/bench/internal/openblas"
	"github.com/targetprop/targetprop/bench/internal/trial"
)

// addOpenBLAS adds OpenBLAS, with the fastest of its kernel families for each shape.
func (f *found) addOpenBLAS() {
	libs, err := openblas.All()
	if err != nil {
		f.lack("OpenBLAS", err.Error())
		return
	}
	var cores []string
	for _, lib := range libs {
		cores = append(cores, lib.Core)
	}
	tuneNN, productNN := tunedOpenBLAS(libs, false)
	tuneTN, productTN := tunedOpenBLAS(libs, true)
	detail := libs[0].Version + ", its own choice " + cores[0]
	if len(cores) > 1 {
		detail += ", fastest of " + strings.Join(cores, ", ") + " for each shape"
	}
	f.peers = append(f.peers, Peer{
		Name:    "OpenBLAS",
		Detail:  detail,
		Sgemm:   productNN,
		SgemmTN: productTN,
		SetThreads: func(n int) {
			for _, lib := range libs {
				lib.SetThreads(n)
			}
			tuneNN.Reset()
			tuneTN.Reset()
		},
	})
}

// tunedOpenBLAS is a product with the fastest of the libraries for each shape.
func tunedOpenBLAS(libs []*openblas.Library, transA bool) (*trial.Tuner, Product) {
	var candidates []trial.Candidate
	for _, lib := range libs {
		candidates = append(candidates, trial.Candidate{Name: lib.Core, Gemm: func(m, n, k int, a, b, c []float32) {
			lib.Sgemm(transA, 1, m, n, k, a, b, c)
		}})
	}
	t := trial.NewTuner(candidates...)
	return t, Product{
		Once: t.Sgemm,
		Loop: func(times, m, n, k int, a, b, c []float32) {
			libs[t.Choose(m, n, k, a, b, c)].Sgemm(transA, times, m, n, k, a, b, c)
		},
		Kernel: t.Kernel,
	}
}
