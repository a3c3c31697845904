// Package schur is gonum's computation of eigenvalues with as many shifts at once as its
// comments mean. gonum's Iparmq answers 4 for every order from 30 up, since the first of its
// cases holds for all; and with fewer than 14 shifts, reflections are applied one at a time where
// matrix products could do it.
package schur

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"
)

// Workspace is what Geev needs, and the blocks of the routines it calls.
func Workspace(n int) int {
	query := []float64{0}
	laqr04(true, true, n, 0, n-1, nil, n, nil, nil, 0, n-1, nil, n, query, -1, 1)
	return 4*n + max(64*n, int(query[0]))
}

// hseqr computes the Schur form of a Hessenberg matrix as gonum's Dhseqr does.
func hseqr(job lapack.SchurJob, compz lapack.SchurComp, n, ilo, ihi int, h []float64, ldh int, wr, wi []float64, z []float64, ldz int, work []float64, lwork int) (unconverged int) {
	var impl gonum.Implementation
	if n <= smallest || ilo == ihi {
		return impl.Dhseqr(job, compz, n, ilo, ihi, h, ldh, wr, wi, z, ldz, work, lwork)
	}
	for i := range n {
		if i < ilo || i > ihi {
			wr[i], wi[i] = h[i*ldh+i], 0
		}
	}
	wantt, wantz := job == lapack.EigenvaluesAndSchur, compz != lapack.SchurNone
	unconverged = laqr04(wantt, wantz, n, ilo, ihi, h, ldh, wr[:ihi+1], wi[:ihi+1], ilo, ihi, z, ldz, work, lwork, 1)
	if wantt || unconverged > 0 {
		impl.Dlaset(blas.Lower, n-2, n-2, 0, 0, h[2*ldh:], ldh)
	}
	return unconverged
}
