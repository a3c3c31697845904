package gonumlapack

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack"

	"github.com/targetprop/targetprop/kernels/gonumlapack/internal/schur"
)

// Dsyev computes the eigenvalues of a symmetric matrix, in ascending order, and with
// lapack.EVCompute its eigenvectors. These are rotated as rows, and transposed last: gonum's
// rotations of columns are most of its time.
func (i Implementation) Dsyev(jobz lapack.EVJob, uplo blas.Uplo, n int, a []float64, lda int, w, work []float64, lwork int) (ok bool) {
	refuseHuge("a", n, n, lda)
	if notFiniteSymmetric(jobz, uplo, n, a, lda, w, work, lwork) {
		return false
	}
	if !isTriangle(uplo) || lda < n || len(work) < max(1, lwork) || jobz != lapack.EVNone && jobz != lapack.EVCompute {
		return i.Implementation.Dsyev(jobz, uplo, n, a, lda, w, work, lwork) // names the mistake
	}
	if n < fewestRotations || jobz == lapack.EVNone {
		return i.fewEigenvectors(jobz, uplo, n, a, lda, w, work, lwork)
	}
	nb := reflectorBlock(n-1, n-1)
	// gonum's Dsytrd wants 32 columns of workspace.
	wanted := 2*n + max(32*n, nb*(n+nb), rotationArea(n))
	if lwork == -1 {
		work[0] = float64(wanted)
		return true
	}
	if lwork < wanted || !storesMatrix(n, n, a, lda) || len(w) < n {
		return i.fewEigenvectors(jobz, uplo, n, a, lda, w, work, lwork)
	}
	norm := i.Dlansy(lapack.MaxAbs, uplo, n, a, lda, work)
	factor := scaleInto(norm, math.Sqrt(smallestScaled), math.Sqrt(1/smallestScaled))
	if uplo == blas.Upper {
		for r := range n {
			for c := r + 1; c < n; c++ {
				a[c*lda+r] = a[r*lda+c]
			}
		}
	}
	if factor != 1 {
		i.Dlascl(lapack.LowerTri, 0, 0, 1, factor, n, n, a, lda)
	}
	e, tau, rest := work[:n], work[n:2*n], work[2*n:lwork]
	i.Dsytrd(blas.Lower, n, a, lda, w, e[:n-1], tau[:n-1], rest, len(rest))
	// The reflectors move from columns to rows, one further down: they then form
	// the transpose of the orthogonal matrix.
	for r := 1; r < n; r++ {
		for c := r + 1; c < n; c++ {
			a[r*lda+c] = a[c*lda+r-1]
		}
		a[r*lda] = 0
	}
	clear(a[1:n])
	a[0] = 1
	i.Dorglq(n-1, n-1, n-1, a[lda+1:], lda, tau[:n-1], rest, len(rest))
	z := rotations{b: blas64.Implementation(), cols: n, z: a, ldz: lda, order: n, work: rest}
	if !tridiagonalVectors(n, w, e, &z) {
		return false
	}
	transposeSquare(n, a, lda)
	if factor != 1 {
		z.b.Dscal(n, 1/factor, w, 1)
	}
	work[0] = float64(wanted)
	return true
}

// fewEigenvectors is Dsyev by gonum's routines, for few eigenvectors or none. Where a part of the tridiagonal
// matrix is so small that gonum scales it, its Dsterf panics, and its Dsteqr finds what is no eigenvalue; the
// iteration is ours then.
func (i Implementation) fewEigenvectors(jobz lapack.EVJob, uplo blas.Uplo, n int, a []float64, lda int, w, work []float64, lwork int) (ok bool) {
	if n < 2 || lwork == -1 || !storesMatrix(n, n, a, lda) || len(w) < n || !isWorkspace(3*n-1, work, lwork) {
		return i.Implementation.Dsyev(jobz, uplo, n, a, lda, w, work, lwork)
	}
	factor := scaleInto(i.Dlansy(lapack.MaxAbs, uplo, n, a, lda, work), math.Sqrt(smallestScaled), math.Sqrt(1/smallestScaled))
	if factor != 1 {
		kind := lapack.LowerTri
		if uplo == blas.Upper {
			kind = lapack.UpperTri
		}
		i.Dlascl(kind, 0, 0, 1, factor, n, n, a, lda)
	}
	e, tau, rest := work[:n-1], work[n:2*n-1], work[2*n:lwork]
	i.Dsytrd(uplo, n, a, lda, w, e, tau, rest, len(rest))
	vectors, small := jobz == lapack.EVCompute, slices.ContainsFunc(e, func(v float64) bool { return v != 0 && math.Abs(v) < smallestPart })
	if vectors {
		i.Dorgtr(uplo, n, a, lda, tau, rest, len(rest))
	}
	switch {
	case small && vectors:
		transposeSquare(n, a, lda)
		ok = tridiagonalVectors(n, w, e, &rotations{b: blas64.Implementation(), cols: n, z: a, ldz: lda, order: n, work: make([]float64, rotationArea(n))})
		transposeSquare(n, a, lda)
	case small:
		ok = tridiagonalVectors(n, w, e, &rotations{order: n, work: work[n:]})
	case vectors:
		ok = i.Dsteqr(lapack.EVComp(jobz), n, w, e, a, lda, work[n:])
	default:
		ok = i.Dsterf(n, w, e)
	}
	if ok && factor != 1 {
		blas64.Implementation().Dscal(n, 1/factor, w, 1)
	}
	work[0] = float64((i.Ilaenv(1, "DSYTRD", string(uplo), n, -1, -1, -1) + 2) * n)
	return ok
}

// smallestScaled is the smallest magnitude that needs no scaling: smallestNormal over the
// distance of 1 to the next number.
const smallestScaled = smallestNormal / (2 * epsilon)

// scaleInto is the factor that brings a norm between two bounds.
func scaleInto(norm, low, high float64) float64 {
	switch {
	case norm > 0 && norm < low:
		return low / norm
	case norm > high:
		return high / norm
	}
	return 1
}

// transposeSquare transposes a in place, in squares that fill whole lines of the cache.
func transposeSquare(n int, a []float64, lda int) {
	for r0 := 0; r0 < n; r0 += linesAtOnce {
		for c0 := r0; c0 < n; c0 += linesAtOnce {
			for r := r0; r < min(r0+linesAtOnce, n); r++ {
				for c := max(c0, r+1); c < min(c0+linesAtOnce, n); c++ {
					a[r*lda+c], a[c*lda+r] = a[c*lda+r], a[r*lda+c]
				}
			}
		}
	}
}

// fewestShifted is the order below which gonum computes eigenvalues: it applies up to 128 reflectors one
// at a time.
const fewestShifted = 130

// Dgeev computes the eigenvalues of a matrix, and its left and right eigenvectors, by gonum's
// method with more shifts at once. It returns the index of the first eigenvalue found.
func (i Implementation) Dgeev(jobvl lapack.LeftEVJob, jobvr lapack.RightEVJob, n int, a []float64, lda int, wr, wi []float64, vl []float64, ldvl int, vr []float64, ldvr int, work []float64, lwork int) (first int) {
	refuseHuge("a", n, n, lda)
	refuseHuge("vl", n, n, ldvl)
	refuseHuge("vr", n, n, ldvr)
	if isGeneral(jobvl, jobvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, work, lwork) {
		norm := i.Dlange(lapack.MaxAbs, n, n, a, lda, nil)
		if !isFinite(norm) {
			return n
		}
		work = work[:lwork] // gonum clears what is behind it
		if norm > 0 && norm < 0x1p-20 {
			// Gonum's iteration takes small numbers for zeros.
			_, e := math.Frexp(norm)
			shift(-e, n, n, a, lda)
			first = i.Dgeev(jobvl, jobvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, work, lwork)
			shift(e, 1, n, wr, n)
			shift(e, 1, n, wi, n)
			return first
		}
	}
	if n < fewestShifted {
		return i.Implementation.Dgeev(jobvl, jobvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, work, lwork)
	}
	wantvl, wantvr := jobvl == lapack.LeftEVCompute, jobvr == lapack.RightEVCompute
	ok := (wantvl || jobvl == lapack.LeftEVNone) && (wantvr || jobvr == lapack.RightEVNone) &&
		lda >= n && ldvl >= 1 && ldvr >= 1 && (!wantvl || ldvl >= n) && (!wantvr || ldvr >= n) && len(work) >= max(1, lwork)
	if !ok {
		return i.Implementation.Dgeev(jobvl, jobvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, work, lwork)
	}
	wanted := schur.Workspace(n)
	if lwork == -1 {
		work[0] = float64(wanted)
		return 0
	}
	if !isWorkspace(leastOfGeneral(wantvl || wantvr, n), work, lwork) || !storesMatrix(n, n, a, lda) || len(wr) != n || len(wi) != n ||
		wantvl && !storesMatrix(n, n, vl, ldvl) || wantvr && !storesMatrix(n, n, vr, ldvr) {
		return i.Implementation.Dgeev(jobvl, jobvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, work, lwork) // names the mistake
	}
	space := enough(work[:lwork], wanted)
	first = schur.Geev(i.Dorgqr, wantvl, wantvr, n, a, lda, wr, wi, vl, ldvl, vr, ldvr, space, len(space))
	work[0] = float64(wanted)
	return first
}

// leastOfGeneral is the shortest workspace of Dgeev.
func leastOfGeneral(vectors bool, n int) int {
	if vectors {
		return 4 * n
	}
	return 3 * n
}

// notFiniteSymmetric tells that a call of Dsyev has a matrix with NaN or infinities. Gonum's loops go
// on for ever for some, or panic. With a mistake in another argument it is false: gonum names that.
func notFiniteSymmetric(job lapack.EVJob, uplo blas.Uplo, n int, a []float64, lda int, w, work []float64, lwork int) bool {
	if job != lapack.EVNone && job != lapack.EVCompute || !isTriangle(uplo) || !storesMatrix(n, n, a, lda) || len(w) < n || !isWorkspace(3*n-1, work, lwork) {
		return false
	}
	return !isFinite(Implementation{}.Dlansy(lapack.MaxAbs, uplo, n, a, lda, work))
}

// isGeneral tells that there is no mistake in the arguments of Dgeev, which are no query.
func isGeneral(left lapack.LeftEVJob, right lapack.RightEVJob, n int, a []float64, lda int, wr, wi, vl []float64, ldvl int, vr []float64, ldvr int, work []float64, lwork int) bool {
	wantLeft, wantRight := left == lapack.LeftEVCompute, right == lapack.RightEVCompute
	return (wantLeft || left == lapack.LeftEVNone) && (wantRight || right == lapack.RightEVNone) && storesMatrix(n, n, a, lda) && len(wr) == n && len(wi) == n &&
		storesResult(wantLeft, n, n, vl, ldvl) && storesResult(wantRight, n, n, vr, ldvr) && isWorkspace(leastOfGeneral(wantLeft || wantRight, n), work, lwork)
}

// shift multiplies a matrix by 2^e.
func shift(e, rows, cols int, a []float64, lda int) {
	for i := range rows {
		row := a[i*lda : i*lda+cols]
		for j, v := range row {
			row[j] = math.Ldexp(v, e)
		}
	}
}
