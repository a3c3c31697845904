package gonumblas

import "gonum.org/v1/gonum/blas"

// Sgemm computes c = alpha*op(a)*op(b) + beta*c.
func (i Implementation) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	on := i.backend()
	if alpha != 0 && (!on.ours32 || on.gemmFaster(tB != blas.NoTrans, m, n, k)) || !gemm(on, tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) {
		if isHuge(m | n | k | lda | ldb | ldc) {
			refuseProduct(tA, tB, m, n, k, lda, ldb, ldc)
		}
		i.Implementation.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Ssymm computes c = alpha*a*b + beta*c or, if s is Right, c = alpha*b*a + beta*c, with a symmetric a.
func (i Implementation) Ssymm(s blas.Side, ul blas.Uplo, m, n int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	on := i.backend()
	if !on.ours32 || on.symmFaster(m, n) || !symm(on, s, ul, m, n, alpha, a, lda, b, ldb, beta, c, ldc) {
		if isHuge(m | n | lda | ldb | ldc) {
			refuseSided(order(s, m, n), m, n, lda, ldb, ldc)
		}
		i.Implementation.Ssymm(s, ul, m, n, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Ssyrk computes a triangle of the symmetric c = alpha*op(a)*op(a)ᵀ + beta*c.
func (i Implementation) Ssyrk(ul blas.Uplo, tA blas.Transpose, n, k int, alpha float32, a []float32, lda int, beta float32, c []float32, ldc int) {
	on := i.backend()
	if !on.ours32 || on.syrkFaster(tA != blas.NoTrans, n, k) || !syrk(on, ul, tA, n, k, alpha, a, lda, beta, c, ldc) {
		if isHuge(n | k | lda | ldc) {
			refuseUpdate(tA, n, k, lda, 0, ldc)
		}
		if beta == 0 && ul == blas.Lower && isTranspose(tA) && tA != blas.NoTrans && (holds(k, n, len(a), lda) || k == 0 && lda >= n) && holds(n, n, len(c), ldc) {
			clearLower(n, c, ldc) // gonum keeps NaN in it
		}
		i.Implementation.Ssyrk(ul, tA, n, k, alpha, a, lda, beta, c, ldc)
	}
}

// Ssyr2k computes a triangle of the symmetric c = alpha*op(a)*op(b)ᵀ + alpha*op(b)*op(a)ᵀ + beta*c.
func (i Implementation) Ssyr2k(ul blas.Uplo, tA blas.Transpose, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	on := i.backend()
	if !on.ours32 || on.syrkFaster(tA != blas.NoTrans, n, k) || !syr2k(on, ul, tA, n, k, alpha, a, lda, b, ldb, beta, c, ldc) {
		if isHuge(n | k | lda | ldb | ldc) {
			refuseUpdate(tA, n, k, lda, ldb, ldc)
		}
		i.Implementation.Ssyr2k(ul, tA, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
	}
}

// Strmm computes b = alpha*op(a)*b or, if s is Right, b = alpha*b*op(a), with a triangular a.
func (i Implementation) Strmm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float32, a []float32, lda int, b []float32, ldb int) {
	on := i.backend()
	if !on.ours32 || on.triangularFaster(s == blas.Left, m, n) || !trmm(on, s, ul, tA, d, m, n, alpha, a, lda, b, ldb) {
		if isHuge(m | n | lda | ldb) {
			refuseSided(order(s, m, n), m, n, lda, ldb, 0)
		}
		i.Implementation.Strmm(s, ul, tA, d, m, n, alpha, a, lda, b, ldb)
	}
}

// Strsm solves op(a)*x = alpha*b or, if s is Right, x*op(a) = alpha*b, with a triangular a, and writes x over b.
func (i Implementation) Strsm(s blas.Side, ul blas.Uplo, tA blas.Transpose, d blas.Diag, m, n int, alpha float32, a []float32, lda int, b []float32, ldb int) {
	on := i.backend()
	if !on.ours32 || on.solutionFaster(s == blas.Left, m, n) || !trsm(on, s, ul, tA, d, m, n, alpha, a, lda, b, ldb) {
		if isHuge(m | n | lda | ldb) {
			refuseSided(order(s, m, n), m, n, lda, ldb, 0)
		}
		i.Implementation.Strsm(s, ul, tA, d, m, n, alpha, a, lda, b, ldb)
	}
}
