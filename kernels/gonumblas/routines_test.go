package gonumblas_test

import (
	"testing"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

// routines are the routines of level 3 and gemv of an implementation.
type routines[T view.Float] struct {
	gemm  func(tA, tB blas.Transpose, m, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int)
	symm  func(s blas.Side, ul blas.Uplo, m, n int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int)
	syrk  func(ul blas.Uplo, tA blas.Transpose, n, k int, alpha T, a []T, lda int, beta T, c []T, ldc int)
	syr2k func(ul blas.Uplo, tA blas.Transpose, n, k int, alpha T, a []T, lda int, b []T, ldb int, beta T, c []T, ldc int)
	trmm  func(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha T, a []T, lda int, b []T, ldb int)
	trsm  func(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha T, a []T, lda int, b []T, ldb int)
	gemv  func(tA blas.Transpose, m, n int, alpha T, a []T, lda int, x []T, incX int, beta T, y []T, incY int)
}

func routines32(b blas.Float32) routines[float32] {
	return routines[float32]{b.Sgemm, b.Ssymm, b.Ssyrk, b.Ssyr2k, b.Strmm, b.Strsm, b.Sgemv}
}

func routines64(b blas.Float64) routines[float64] {
	return routines[float64]{b.Dgemm, b.Dsymm, b.Dsyrk, b.Dsyr2k, b.Dtrmm, b.Dtrsm, b.Dgemv}
}

// names are the routines that [call.run] knows.
var names = []string{"gemm", "symm", "syrk", "syr2k", "trmm", "trsm", "gemv"}

// call is the arguments of any routine. Those of gemv are A, B for x, C for y, and the
// leading dimensions of B and C for the increments.
type call[T view.Float] struct {
	s             blas.Side
	ul            blas.Uplo
	tA, tB        blas.Transpose
	d             blas.Diag
	m, n, k       int
	alpha, beta   T
	a, b, c       []T
	lda, ldb, ldc int
}

// run calls the routine of that name.
func (x *call[T]) run(name string, r *routines[T]) {
	switch name {
	case "gemm":
		r.gemm(x.tA, x.tB, x.m, x.n, x.k, x.alpha, x.a, x.lda, x.b, x.ldb, x.beta, x.c, x.ldc)
	case "symm":
		r.symm(x.s, x.ul, x.m, x.n, x.alpha, x.a, x.lda, x.b, x.ldb, x.beta, x.c, x.ldc)
	case "syrk":
		r.syrk(x.ul, x.tA, x.n, x.k, x.alpha, x.a, x.lda, x.beta, x.c, x.ldc)
	case "syr2k":
		r.syr2k(x.ul, x.tA, x.n, x.k, x.alpha, x.a, x.lda, x.b, x.ldb, x.beta, x.c, x.ldc)
	case "trmm":
		r.trmm(x.s, x.ul, x.tA, x.d, x.m, x.n, x.alpha, x.a, x.lda, x.b, x.ldb)
	case "trsm":
		r.trsm(x.s, x.ul, x.tA, x.d, x.m, x.n, x.alpha, x.a, x.lda, x.b, x.ldb)
	case "gemv":
		r.gemv(x.tA, x.m, x.n, x.alpha, x.a, x.lda, x.b, x.ldb, x.beta, x.c, x.ldc)
	}
}

// clone is the call with operands of its own.
func (x call[T]) clone() call[T] {
	x.a, x.b, x.c = append([]T(nil), x.a...), append([]T(nil), x.b...), append([]T(nil), x.c...)
	return x
}

// implementations are ours on each instruction set on one thread, on the best one with
// several, and on the default engine without the option.
func implementations(tb testing.TB) map[string]gonumblas.Implementation {
	tb.Helper()
	all := map[string]gonumblas.Implementation{"default": gonumblas.New(kernels.Default())}
	for _, i := range kernels.Available() {
		if race.Enabled {
			break // each would take long
		}
		all[i.String()] = newImplementation(tb, i, 1)
	}
	all["threads=3"] = newImplementation(tb, kernels.AVX512, 3)
	return all
}

func newImplementation(tb testing.TB, limit kernels.ISA, threads int) gonumblas.Implementation {
	tb.Helper()
	e, err := kernels.New(kernels.WithMaxISA(limit), kernels.WithThreads(threads))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(e.Close)
	return gonumblas.New(e, gonumblas.SameBits)
}

// rounds are so many, or fewer where each takes long.
func rounds(n int) int {
	switch {
	case race.Enabled:
		return max(1, n/20)
	case testing.Short():
		return n / 3
	default:
		return n
	}
}
