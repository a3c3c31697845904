package gonumlapack

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// Dgelqf computes the LQ factorization of a, panels of rows recursively.
func (i Implementation) Dgelqf(m, n int, a []float64, lda int, tau, work []float64, lwork int) {
	k := min(m, n)
	if k < fewestLQ || lda < n || len(work) < max(1, lwork) {
		i.Implementation.Dgelqf(m, n, a, lda, tau, work, lwork)
		return
	}
	area := func(nb int) int { return nb * (m + nb) }
	wanted := reflectorBlock(k, m)
	if lwork == -1 {
		work[0] = float64(area(wanted))
		return
	}
	nb := blockWithin(lwork, wanted, area)
	if nb == 0 || !storesMatrix(m, n, a, lda) || len(tau) < k {
		i.Implementation.Dgelqf(m, n, a, lda, tau, work, lwork)
		return
	}
	b := blas64.Implementation()
	t, w := work[:nb*nb], work[nb*nb:]
	for j := 0; j < k; j += nb {
		jb := min(nb, k-j)
		at := a[j*lda+j:]
		factorRows(b, jb, n-j, at, lda, tau[j:j+jb], t, nb, w)
		if below := m - j - jb; below > 0 {
			h := block{Float64: b, k: jb, v: at, ldv: lda, byRows: true, t: t, ldt: nb}
			h.applyRight(blas.NoTrans, below, n-j, at[jb*lda:], lda, w, jb)
		}
	}
	work[0] = float64(area(wanted))
}
