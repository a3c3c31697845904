//go:build peers && cgo

package peers

import (
	"strings"

	"github.com/targetprop/targetprop/bench/internal/openblas"
)

// addOpenBLAS adds OpenBLAS, with the fastest of its kernel families for each shape.
func (f *found) addOpenBLAS() {
	libs, err := openblas.All()
	if err != nil {
		f.lack("OpenBLAS", err.Error())
		return
	}
	var candidates []candidate
	var cores []string
	for _, lib := range libs {
		cores = append(cores, lib.Core)
		candidates = append(candidates, candidate{lib.Core, func(m, n, k int, a, b, c []float32) {
			lib.Sgemm(1, m, n, k, a, b, c)
		}})
	}
	t := newTuner(candidates...)
	detail := libs[0].Version + ", its own choice " + cores[0]
	if len(cores) > 1 {
		detail += ", fastest of " + strings.Join(cores, ", ") + " for each shape"
	}
	f.peers = append(f.peers, Peer{
		Name:   "OpenBLAS",
		Detail: detail,
		Sgemm:  t.sgemm,
		SgemmLoop: func(times, m, n, k int, a, b, c []float32) {
			libs[t.choose(m, n, k, a, b, c)].Sgemm(times, m, n, k, a, b, c)
		},
		Kernel: t.kernel,
		SetThreads: func(n int) {
			for _, lib := range libs {
				lib.SetThreads(n)
			}
			t.reset()
		},
	})
}
