//go:build peers && cgo

package peers

import (
	"strings"

	"github.com/targetprop/targetprop/bench/internal/blis"
	"github.com/targetprop/targetprop/bench/internal/cblas"
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
	var families []family
	for _, lib := range libs {
		families = append(families, family{lib.Core, lib.BLAS, lib})
	}
	f.peers = append(f.peers, familiesPeer("OpenBLAS", libs[0].Version, families))
}

// addBLIS adds BLIS, with the fastest of its kernel families for each shape.
func (f *found) addBLIS() {
	libs, err := blis.All()
	if err != nil {
		f.lack("BLIS", err.Error())
		return
	}
	var families []family
	for _, lib := range libs {
		families = append(families, family{lib.Arch, lib.BLAS, lib})
	}
	f.peers = append(f.peers, familiesPeer("BLIS", libs[0].Version, families))
}

// family is a copy of a library with one family of its kernels.
type family struct {
	name string
	blas cblas.Routines
	library
}

// library is a loaded copy.
type library interface {
	Sgemm(transA bool, times, m, n, k int, a, b, c []float32)
	SetThreads(n int)
}

// familiesPeer is a library of which there is a copy for each family. The first is its own
// choice.
func familiesPeer(name, version string, families []family) Peer {
	detail := version + ", its own choice " + families[0].name
	if len(families) > 1 {
		var names []string
		for _, f := range families {
			names = append(names, f.name)
		}
		detail += ", fastest of " + strings.Join(names, ", ") + " for each shape"
	}
	tuneNN, productNN := tunedProduct(families, false)
	tuneTN, productTN := tunedProduct(families, true)
	p := Peer{
		Name:    name,
		Detail:  detail,
		Sgemm:   productNN,
		SgemmTN: productTN,
		SetThreads: func(n int) {
			for _, f := range families {
				f.SetThreads(n)
			}
			tuneNN.Reset()
			tuneTN.Reset()
		},
	}
	for _, f := range families {
		p.BLAS = append(p.BLAS, BLAS{Kernel: f.name, Routines: f.blas, Repeated: func(times int) Routines { return f.blas.Times(times) }})
	}
	return p
}

// tunedProduct is a product with the fastest of the families for each shape.
func tunedProduct(families []family, transA bool) (*trial.Tuner, Product) {
	var candidates []trial.Candidate
	for _, f := range families {
		candidates = append(candidates, trial.Candidate{Name: f.name, Gemm: func(m, n, k int, a, b, c []float32) {
			f.Sgemm(transA, 1, m, n, k, a, b, c)
		}})
	}
	t := trial.NewTuner(candidates...)
	return t, Product{
		Once: t.Sgemm,
		Loop: func(times, m, n, k int, a, b, c []float32) {
			families[t.Choose(m, n, k, a, b, c)].Sgemm(transA, times, m, n, k, a, b, c)
		},
		Kernel: t.Kernel,
	}
}
