package gonumblas

import "gonum.org/v1/gonum/blas"

// Dgemm computes c = alpha*op(a)*op(b) + beta*c.
func (i Implementation) Dgemm(tA, tB blas.Transpose, m, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	on := i.backend()
	if alpha != 0 && (!on.ours64 || on.gemmFaster(tB != blas.NoTrans, m, n, k)) || !gemm(on, tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) {
		if isHuge(m | n | k | lda | ldb | ldc) {
			refuseProduct(tA, tB, m, n, k, lda, ldb, ldc)
		}
		i.Implementation.Dgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Dsymm computes c = alpha*a*b + beta*c or, if s is Right, c = alpha*b*a + beta*c, with a symmetric a.
func (i Implementation) Dsymm(s blas.Side, ul blas.Uplo, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	on := i.backend()
	if !on.ours64 || on.symmFaster(m, n) || !symm(on, s, ul, m, n, alpha, a, lda, b, ldb, beta, c, ldc) {
		if isHuge(m | n | lda | ldb | ldc) {
			refuseSided(order(s, m, n), m, n, lda, ldb, ldc)
		}
		i.Implementation.Dsymm(s, ul, m, n, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Dsyrk computes a triangle of the symmetric c = alpha*op(a)*op(a)ᵀ + beta*c.
func (i Implementation) Dsyrk(ul blas.Uplo, tA blas.Transpose, n, k int, alpha float64, a []float64, lda int, beta float64, c []float64, ldc int) {
	on := i.backend()
	if !on.ours64 || on.syrkFaster(tA != blas.NoTrans, n, k) || !syrk(on, ul, tA, n, k, alpha, a, lda, beta, c, ldc) {
		if isHuge(n | k | lda | ldc) {
			refuseUpdate(tA, n, k, lda, 0, ldc)
		}
		i.Implementation.Dsyrk(ul, tA, n, k, alpha, a, lda, beta, c, ldc)
	}
}

// Dsyr2k computes a triangle of the symmetric c = alpha*op(a)*op(b)ᵀ + alpha*op(b)*op(a)ᵀ + beta*c.
func (i Implementation) Dsyr2k(ul blas.Uplo, tA blas.Transpose, n, k int, alpha float64, a []float64, lda int, b []float64, ldb int, beta float64, c []float64, ldc int) {
	on := i.backend()
	if !on.ours64 || on.syrkFaster(tA != blas.NoTrans, n, k) || !syr2k(on, ul, tA, n, k, alpha, a, lda, b, ldb, beta, c, ldc) {
		if isHuge(n | k | lda | ldb | ldc) {
			refuseUpdate(tA, n, k, lda, ldb, ldc)
		}
		i.Implementation.Dsyr2k(ul, tA, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Dtrmm computes b = alpha*op(a)*b or, if s is Right, b = alpha*b*op(a), with a triangular a.
func (i Implementation) Dtrmm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int) {
	on := i.backend()
	if !on.ours64 || on.triangularFaster(s == blas.Left, m, n) || !trmm(on, s, ul, tA, d, m, n, alpha, a, lda, b, ldb) {
		if isHuge(m | n | lda | ldb) {
			refuseSided(order(s, m, n), m, n, lda, ldb, 0)
		}
		i.Implementation.Dtrmm(s, ul, tA, d, m, n, alpha, a, lda, b, ldb)
	}
}

// Dtrsm solves op(a)*x = alpha*b or, if s is Right, x*op(a) = alpha*b, with a triangular a, and writes x over b.
func (i Implementation) Dtrsm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float64, a []float64, lda int, b []float64, ldb int) {
	on := i.backend()
	if !on.ours64 || on.solutionFaster(s == blas.Left, m, n) || !trsm(on, s, ul, tA, d, m, n, alpha, a, lda, b, ldb) {
		if isHuge(m | n | lda | ldb) {
			refuseSided(order(s, m, n), m, n, lda, ldb, 0)
		}
		i.Implementation.Dtrsm(s, ul, tA, d, m, n, alpha, a, lda, b, ldb)
	}
}
