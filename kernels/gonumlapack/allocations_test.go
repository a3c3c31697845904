package gonumlapack_test

import (
	"math/rand/v2"
	"runtime/debug"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	blasgonum "gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/lapack"
)

// quiet is a BLAS without gonum's products, which start goroutines.
type quiet struct{ blasgonum.Implementation }

func (quiet) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
}

// TestAllocations: every workspace is the caller's.
func TestAllocations(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection empties the pools of buffers
	const n = 150
	defer blas64.Use(blas64.Implementation())
	blas64.Use(quiet{})
	rng := rand.New(rand.NewPCG(6, 1))
	source := definite(rng, n)
	a, c := source.clone(), random(rng, n, n)
	ipiv, tau, work := make([]int, n), make([]float64, n), make([]float64, 400*n)
	u, vt, values := make([]float64, n*n), make([]float64, n*n), make([]float64, n)
	for name, run := range map[string]func(){
		"Dgetrf": func() { ours.Dgetrf(n, n, a.data, a.stride, ipiv) },
		"Dgetri": func() { ours.Dgetri(n, a.data, a.stride, ipiv, work, len(work)) },
		"Dpotrf": func() { ours.Dpotrf(blas.Upper, n, a.data, a.stride) },
		"Dpotri": func() { ours.Dpotri(blas.Lower, n, a.data, a.stride) },
		"Dgeqrf": func() { ours.Dgeqrf(n, n, a.data, a.stride, tau, work, len(work)) },
		"Dgelqf": func() { ours.Dgelqf(n, n, a.data, a.stride, tau, work, len(work)) },
		"Dorgqr": func() { ours.Dorgqr(n, n, n, a.data, a.stride, tau, work, len(work)) },
		"Dorglq": func() { ours.Dorglq(n, n, n, a.data, a.stride, tau, work, len(work)) },
		"Dgecon": func() {
			ours.Dgecon(lapack.MaxRowSum, n, a.data, a.stride, ours.Dlange(lapack.MaxColumnSum, n, n, a.data, a.stride, work), work, ipiv)
		},
		"Dpocon": func() {
			ours.Dpocon(blas.Upper, n, a.data, a.stride, ours.Dlansy(lapack.MaxRowSum, blas.Upper, n, a.data, a.stride, work), work, ipiv)
		},
		"Dtrcon": func() {
			ours.Dtrcon(lapack.MaxRowSum, blas.Lower, blas.NonUnit, n, a.data, a.stride, work, ipiv)
		},
		"Dsyev": func() {
			ours.Dsyev(lapack.EVCompute, blas.Upper, n, a.data, a.stride, tau, work, len(work))
		},
		"Dgels": func() {
			ours.Dgels(blas.NoTrans, n, n, n, a.data, a.stride, c.data, c.stride, work, len(work))
		},
		"Dgesvd": func() {
			ours.Dgesvd(lapack.SVDAll, lapack.SVDStore, n, n, a.data, a.stride, tau, u, n, vt, n, work, len(work))
		},
		"Dggsvd3": func() {
			ours.Dggsvd3(lapack.GSVDNone, lapack.GSVDNone, lapack.GSVDQ, n, n, n, a.data, a.stride, c.data, c.stride, tau, values, nil, 1, nil, 1, u, n, work, len(work), ipiv)
		},
		"Dormqr": func() {
			ours.Dormqr(blas.Left, blas.Trans, n, n, n, a.data, a.stride, tau, c.data, c.stride, work, len(work))
		},
		"Dormlq": func() {
			ours.Dormlq(blas.Right, blas.Trans, n, n, n, a.data, a.stride, tau, c.data, c.stride, work, len(work))
		},
	} {
		if got := testing.AllocsPerRun(3, func() {
			copy(a.data, source.data)
			for i := range ipiv {
				ipiv[i] = i
			}
			run()
		}); got != 0 {
			t.Errorf("%s allocates %v times", name, got)
		}
	}
}
