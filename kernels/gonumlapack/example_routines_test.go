package gonumlapack_test

import (
	"fmt"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"

	"github.com/targetprop/targetprop/kernels/gonumlapack"
)

// Factors and inverses, called directly. Programs mostly call mat, which comes here after
// lapack64.Use.
func ExampleImplementation_factors() {
	var l gonumlapack.Implementation
	work, pivots := make([]float64, 100), make([]int, 2)

	a := []float64{0, 2, 4, 2}
	fmt.Println(l.Dgetrf(2, 2, a, 2, pivots), a, pivots) // L and U in one, and the rows that were exchanged
	fmt.Println(l.Dgetri(2, a, 2, pivots, work, len(work)), a)

	a = []float64{4, 2, 2, 5}
	fmt.Println(l.Dpotrf(blas.Upper, 2, a, 2), a) // U of Uᵀ U
	l.Dlauum(blas.Upper, 2, a, 2)
	fmt.Println(a) // U Uᵀ
	a = []float64{2, 1, 0, 2}
	fmt.Println(l.Dpotri(blas.Upper, 2, a, 2), a) // the inverse of Uᵀ U
	a = []float64{2, 1, 0, 2}
	fmt.Println(l.Dtrtri(blas.Upper, blas.NonUnit, 2, a, 2), a)
	// Output:
	// true [4 2 0 2] [1 1]
	// true [-0.25 0.25 0.5 0]
	// true [2 1 2 2]
	// [5 2 2 4]
	// true [0.3125 -0.125 0 0.25]
	// true [0.5 -0.25 0 0.5]
}

// Orthogonal factors: of a = Q R and a = L Q, products with Q, and Q itself.
func ExampleImplementation_orthogonal() {
	var l gonumlapack.Implementation
	work, tau := make([]float64, 100), make([]float64, 2)

	a := []float64{3, 5, 4, 10} // columns of lengths 5 and more
	l.Dgeqrf(2, 2, a, 2, tau, work, len(work))
	fmt.Printf("R %.3g %.3g %.3g\n", a[0], a[1], a[3])
	c := []float64{3, 4}
	l.Dormqr(blas.Left, blas.Trans, 2, 1, 2, a, 2, tau, c, 1, work, len(work))
	fmt.Printf("Qᵀ c %.3g\n", c[0])
	l.Dorgqr(2, 2, 2, a, 2, tau, work, len(work))
	fmt.Printf("Q %.3g\n", a)

	a = []float64{3, 4, 5, 10}
	l.Dgelqf(2, 2, a, 2, tau, work, len(work))
	fmt.Printf("L %.3g %.3g %.3g\n", a[0], a[2], a[3])
	c = []float64{3, 4}
	l.Dormlq(blas.Right, blas.Trans, 1, 2, 2, a, 2, tau, c, 2, work, len(work))
	fmt.Printf("c Qᵀ %.3g\n", c[0])
	l.Dorglq(2, 2, 2, a, 2, tau, work, len(work))
	fmt.Printf("Q %.3g\n", a)
	// Output:
	// R -5 -11 2
	// Qᵀ c -5
	// Q [-0.6 -0.8 -0.8 0.6]
	// L -5 -11 2
	// c Qᵀ -5
	// Q [-0.6 -0.8 -0.8 0.6]
}

// The orthogonal matrices of reductions to Hessenberg, tridiagonal and bidiagonal form: here they turn (3, 4)
// to the first axis, up to its sign.
func ExampleImplementation_reductions() {
	var l gonumlapack.Implementation
	work, tau, tauP := make([]float64, 300), make([]float64, 2), make([]float64, 2)

	a := []float64{1, 0, 0, 3, 1, 0, 4, 0, 2}
	l.Dgehrd(3, 0, 2, a, 3, tau, work, len(work))
	c := []float64{0, 3, 4}
	l.Dormhr(blas.Left, blas.Trans, 3, 1, 0, 2, a, 3, tau, c, 1, work, len(work))
	l.Dorghr(3, 0, 2, a, 3, tau, work, len(work))
	fmt.Printf("Hessenberg %.3g, Q %.3g %.3g\n", c, a[4], a[7])

	a = []float64{1, 0, 0, 3, 1, 0, 4, 0, 2} // the lower triangle
	l.Dsytrd(blas.Lower, 3, a, 3, make([]float64, 3), make([]float64, 2), tau, work, len(work))
	l.Dorgtr(blas.Lower, 3, a, 3, tau, work, len(work))
	fmt.Printf("tridiagonal, Q %.3g %.3g\n", a[4], a[7])

	a = []float64{3, 1, 4, 2}
	l.Dgebrd(2, 2, a, 2, make([]float64, 2), make([]float64, 1), tau, tauP, work, len(work))
	c = []float64{3, 4}
	l.Dormbr(lapack.ApplyQ, blas.Left, blas.Trans, 2, 1, 2, a, 2, tau, c, 1, work, len(work))
	l.Dorgbr(lapack.GenerateQ, 2, 2, 2, a, 2, tau, work, len(work))
	fmt.Printf("bidiagonal %.1f, Q %.3g %.3g\n", c[0], a[0], a[2])
	// Output:
	// Hessenberg [0 -5 0], Q -0.6 -0.8
	// tridiagonal, Q -0.6 -0.8
	// bidiagonal -5.0, Q -0.6 -0.8
}

// Least squares, and values and vectors.
func ExampleImplementation_values() {
	var l gonumlapack.Implementation
	work := make([]float64, 200)

	a, b := []float64{1, 1, 1}, []float64{1, 2, 6} // the number nearest to three others
	fmt.Printf("%v %.3g\n", l.Dgels(blas.NoTrans, 3, 1, 1, a, 1, b, 1, work, len(work)), b[0])

	w, im := make([]float64, 2), make([]float64, 2)
	fmt.Printf("%v %.3g\n", l.Dsyev(lapack.EVCompute, blas.Upper, 2, []float64{2, 1, 1, 2}, 2, w, work, len(work)), w)
	none := make([]float64, 1)
	fmt.Printf("%v %.3g %.3g\n", l.Dgeev(lapack.LeftEVNone, lapack.RightEVNone, 2, []float64{0, -1, 1, 0}, 2, w, im, none, 1, none, 1, work, len(work)), w, im)
	fmt.Printf("%v %.3g\n", l.Dgesvd(lapack.SVDNone, lapack.SVDNone, 2, 2, []float64{0, 3, 2, 0}, 2, w, none, 1, none, 2, work, len(work)), w)
	// Output:
	// true 3
	// true [1 3]
	// 0 [0 0] [1 -1]
	// true [3 2]
}

// Norms, and condition numbers: what is returned is the reciprocal.
func ExampleImplementation_conditions() {
	var l gonumlapack.Implementation
	work, iwork, pivots := make([]float64, 8), make([]int, 2), make([]int, 2)

	a := []float64{1, 2, 3, -4}
	norm := l.Dlange(lapack.MaxRowSum, 2, 2, a, 2, work)
	l.Dgetrf(2, 2, a, 2, pivots)
	fmt.Printf("%v %.3g\n", norm, l.Dgecon(lapack.MaxRowSum, 2, a, 2, norm, work, iwork))

	a = []float64{4, 2, 0, 5}
	norm = l.Dlansy(lapack.MaxRowSum, blas.Upper, 2, a, 2, work)
	l.Dpotrf(blas.Upper, 2, a, 2)
	fmt.Printf("%v %.3g\n", norm, l.Dpocon(blas.Upper, 2, a, 2, norm, work, iwork))

	a = []float64{2, 0, 0, 4}
	fmt.Println(l.Dlantr(lapack.MaxRowSum, blas.Upper, blas.NonUnit, 2, 2, a, 2, work),
		l.Dtrcon(lapack.MaxRowSum, blas.Upper, blas.NonUnit, 2, a, 2, work, iwork))
	// Output:
	// 7 0.238
	// 7 0.327
	// 4 0.5
}

// Two matrices of as many columns: what only the first tells, and the ratios of what both do.
func ExampleImplementation_pairs() {
	var l gonumlapack.Implementation
	work, order := make([]float64, 200), make([]int, 3)
	pair := func() (a, b []float64) {
		return []float64{2, 0, 0, 0, 3, 0, 0, 0, 5}, []float64{2, 0, 0, 0, 4, 0, 0, 0, 0}
	}

	a, b := pair()
	alpha, beta := make([]float64, 3), make([]float64, 3)
	k, n, ok := l.Dggsvd3(lapack.GSVDNone, lapack.GSVDNone, lapack.GSVDNone, 3, 3, 3, a, 3, b, 3, alpha, beta, nil, 1, nil, 1, nil, 1, work, len(work), order)
	fmt.Printf("%d in the first alone, %d in the second, %v: %.3f %.3f\n", k, n, ok, alpha, beta)

	a, b = pair()
	k, n = l.Dggsvp3(lapack.GSVDNone, lapack.GSVDNone, lapack.GSVDNone, 3, 3, 3, a, 3, b, 3, 1e-15, 1e-15, nil, 1, nil, 1, nil, 1, order, make([]float64, 3), work, len(work))
	fmt.Println(k, n)
	// Output:
	// 1 in the first alone, 2 in the second, true: [1.000 0.600 0.707] [0.000 0.800 0.707]
	// 1 2
}
