// The steps below are Dgeev of gonum,
// Copyright ©2016 The Gonum Authors, under the BSD license in kernels/gonumlapack/gonum-LICENSE.

package schur

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"
)

const smallestNormal = 0x1p-1022

// Geev computes eigenvalues and eigenvectors as gonum's Dgeev does. Its arguments have been
// checked, and lwork is at least Workspace. orgqr is a Dorgqr.
func Geev(orgqr func(m, n, k int, a []float64, lda int, tau, work []float64, lwork int), wantvl, wantvr bool, n int, a []float64, lda int, wr, wi []float64, vl []float64, ldvl int, vr []float64, ldvr int, work []float64, lwork int) (first int) {
	var impl gonum.Implementation
	// Get machine constants.
	smlnum := math.Sqrt(smallestNormal) / 0x1p-52
	bignum := 1 / smlnum

	// Scale A if max element outside range [smlnum,bignum].
	anrm := impl.Dlange(lapack.MaxAbs, n, n, a, lda, nil)
	var scalea bool
	var cscale float64
	if 0 < anrm && anrm < smlnum {
		scalea = true
		cscale = smlnum
	} else if anrm > bignum {
		scalea = true
		cscale = bignum
	}
	if scalea {
		impl.Dlascl(lapack.General, 0, 0, anrm, cscale, n, n, a, lda)
	}

	// Balance the matrix.
	workbal := work[:n]
	ilo, ihi := impl.Dgebal(lapack.PermuteScale, n, a, lda, workbal)

	// Reduce to upper Hessenberg form.
	iwrk := 2 * n
	tau := work[n : iwrk-1]
	impl.Dgehrd(n, ilo, ihi, a, lda, tau, work[iwrk:], lwork-iwrk)

	var side lapack.EVSide
	if wantvl {
		side = lapack.EVLeft
		// Copy Householder vectors to VL.
		impl.Dlacpy(blas.Lower, n, n, a, lda, vl, ldvl)
		// Generate orthogonal matrix in VL.
		orghr(orgqr, n, ilo, ihi, vl, ldvl, tau, work[iwrk:], lwork-iwrk)
		// Perform QR iteration, accumulating Schur vectors in VL.
		iwrk = n
		first = hseqr(lapack.EigenvaluesAndSchur, lapack.SchurOrig, n, ilo, ihi,
			a, lda, wr, wi, vl, ldvl, work[iwrk:], lwork-iwrk)
		if wantvr {
			// Want left and right eigenvectors.
			// Copy Schur vectors to VR.
			side = lapack.EVBoth
			impl.Dlacpy(blas.All, n, n, vl, ldvl, vr, ldvr)
		}
	} else if wantvr {
		side = lapack.EVRight
		// Copy Householder vectors to VR.
		impl.Dlacpy(blas.Lower, n, n, a, lda, vr, ldvr)
		// Generate orthogonal matrix in VR.
		orghr(orgqr, n, ilo, ihi, vr, ldvr, tau, work[iwrk:], lwork-iwrk)
		// Perform QR iteration, accumulating Schur vectors in VR.
		iwrk = n
		first = hseqr(lapack.EigenvaluesAndSchur, lapack.SchurOrig, n, ilo, ihi,
			a, lda, wr, wi, vr, ldvr, work[iwrk:], lwork-iwrk)
	} else {
		// Compute eigenvalues only.
		iwrk = n
		first = hseqr(lapack.EigenvaluesOnly, lapack.SchurNone, n, ilo, ihi,
			a, lda, wr, wi, nil, 1, work[iwrk:], lwork-iwrk)
	}

	if first > 0 {
		if scalea {
			// Undo scaling.
			impl.Dlascl(lapack.General, 0, 0, cscale, anrm, n-first, 1, wr[first:], 1)
			impl.Dlascl(lapack.General, 0, 0, cscale, anrm, n-first, 1, wi[first:], 1)
			impl.Dlascl(lapack.General, 0, 0, cscale, anrm, ilo, 1, wr, 1)
			impl.Dlascl(lapack.General, 0, 0, cscale, anrm, ilo, 1, wi, 1)
		}
		return first
	}

	if wantvl || wantvr {
		// Compute left and/or right eigenvectors.
		impl.Dtrevc3(side, lapack.EVAllMulQ, nil, n,
			a, lda, vl, ldvl, vr, ldvr, n, work[iwrk:], lwork-iwrk)
	}
	if wantvl {
		impl.Dgebak(lapack.PermuteScale, lapack.EVLeft, n, ilo, ihi, workbal, n, vl, ldvl)
		normalize(n, wi, vl, ldvl, work[iwrk:iwrk+n])
	}
	if wantvr {
		impl.Dgebak(lapack.PermuteScale, lapack.EVRight, n, ilo, ihi, workbal, n, vr, ldvr)
		normalize(n, wi, vr, ldvr, work[iwrk:iwrk+n])
	}
	if scalea {
		// Undo scaling.
		impl.Dlascl(lapack.General, 0, 0, cscale, anrm, n-first, 1, wr[first:], 1)
		impl.Dlascl(lapack.General, 0, 0, cscale, anrm, n-first, 1, wi[first:], 1)
	}

	return first
}

// orghr forms the orthogonal matrix of a reduction to Hessenberg form, as gonum's Dorghr does.
func orghr(orgqr func(m, n, k int, a []float64, lda int, tau, work []float64, lwork int), n, ilo, ihi int, a []float64, lda int, tau, work []float64, lwork int) {
	// The reflectors move a column to the right. Around them is the identity.
	for i := range n {
		row, within := a[i*lda:i*lda+n], 0
		if i > ilo && i <= ihi {
			within = i
			copy(row[ilo+1:i], row[ilo:i-1])
			clear(row[:ilo+1])
		}
		clear(row[within:])
		if within == 0 {
			row[i] = 1
		}
	}
	if nh := ihi - ilo; nh > 0 {
		orgqr(nh, nh, nh, a[(ilo+1)*lda+ilo+1:], lda, tau[ilo:ihi], work, lwork)
	}
}

// normalize scales eigenvectors to norm 1, and makes the largest element of each real.
func normalize(n int, wi, v []float64, ldv int, work []float64) {
	var impl gonum.Implementation
	bi := blas64.Implementation()
	for i, wii := range wi {
		if wii < 0 {
			continue
		}
		if wii == 0 {
			scl := 1 / bi.Dnrm2(n, v[i:], ldv)
			bi.Dscal(n, scl, v[i:], ldv)
			continue
		}
		scl := 1 / impl.Dlapy2(bi.Dnrm2(n, v[i:], ldv), bi.Dnrm2(n, v[i+1:], ldv))
		bi.Dscal(n, scl, v[i:], ldv)
		bi.Dscal(n, scl, v[i+1:], ldv)
		for k := 0; k < n; k++ {
			vi := v[k*ldv+i]
			vi1 := v[k*ldv+i+1]
			work[k] = vi*vi + vi1*vi1
		}
		k := bi.Idamax(n, work, 1)
		cs, sn, _ := impl.Dlartg(v[k*ldv+i], v[k*ldv+i+1])
		bi.Drot(n, v[i:], ldv, v[i+1:], ldv, cs, sn)
		v[k*ldv+i+1] = 0
	}
}
