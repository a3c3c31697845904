package gonumlapack_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

var (
	triangles = []blas.Uplo{blas.Upper, blas.Lower}
	sums      = []lapack.MatrixNorm{lapack.MaxColumnSum, lapack.MaxRowSum}
)

// sameNumber tells whether two numbers are both NaN, or equal but for rounding of a sum of n
// terms, or of so many solutions.
func sameNumber(x, y float64, n int) bool {
	if math.IsNaN(x) || math.IsNaN(y) || math.IsInf(x, 0) || math.IsInf(y, 0) || x == 0 || y == 0 {
		return math.IsNaN(x) && math.IsNaN(y) || x == y
	}
	return math.Abs(x-y) <= 0x1p-52*float64(10+n)*math.Abs(y)
}

// TestNorms: the norms are gonum's, of every part of a matrix, with NaN and infinities in any
// place.
func TestNorms(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 1))
	norms := append([]lapack.MatrixNorm{lapack.MaxAbs, lapack.Frobenius}, sums...)
	nan, inf := math.NaN(), math.Inf(1)
	for _, n := range orders(t) {
		for _, m := range []int{n, n / 2, n + 5} {
			for _, bad := range [][]float64{nil, {nan}, {inf}, {-inf, nan}, {nan, nan, inf}, {math.MaxFloat64, -math.MaxFloat64}} {
				a := random(rng, m, n)
				for _, v := range bad {
					if m > 0 && n > 0 {
						a.data[rng.IntN(m)*a.stride+rng.IntN(n)] = v
					}
				}
				before := a.clone()
				for _, norm := range norms {
					check := func(what string, of func(l lapack.Float64, work []float64) float64) {
						work := make([]float64, n+1)
						work[n] = margin
						got, want := of(ours, work[:n]), of(theirs, make([]float64, n))
						if !sameNumber(got, want, m+n) || work[n] != margin {
							t.Errorf("%s, norm %c of %dx%d with %v: %v, gonum %v", what, norm, m, n, bad, got, want)
						}
					}
					check("Dlange", func(l lapack.Float64, work []float64) float64 {
						return l.Dlange(norm, m, n, a.data, a.stride, work)
					})
					for _, uplo := range triangles {
						if m == n {
							check(fmt.Sprintf("Dlansy %c", uplo), func(l lapack.Float64, work []float64) float64 {
								return l.Dlansy(norm, uplo, n, a.data, a.stride, work)
							})
						}
						for _, diag := range []blas.Diag{blas.Unit, blas.NonUnit} {
							check(fmt.Sprintf("Dlantr %c%c", uplo, diag), func(l lapack.Float64, work []float64) float64 {
								return l.Dlantr(norm, uplo, diag, m, n, a.data, a.stride, work)
							})
						}
					}
				}
				for i, v := range a.data {
					if w := before.data[i]; v != w && (v == v || w == w) {
						t.Fatalf("a %dx%d matrix has been written", m, n)
					}
				}
			}
		}
	}
}

// hard are factorizations of which solutions overflow, or which are singular: then Dlatrs
// decides, as in gonum.
var hard = map[string]func(a matrix){
	"as it is": func(matrix) {},
	"singular": func(a matrix) { a.data[a.rows/2*a.stride+a.rows/2] = 0 },
	"nearly singular": func(a matrix) {
		a.data[a.rows/2*a.stride+a.rows/2] *= 1e-305
	},
	"far apart": func(a matrix) {
		for i := range a.rows {
			a.data[i*a.stride+i] *= math.Pow(10, float64(300*(i%3-1)))
		}
	},
	"overflowing": func(a matrix) {
		for i := range a.rows {
			a.data[i*a.stride+i] *= 1e-160
		}
	},
	"tiny": func(a matrix) { scaled(a, 1e-300) },
	"huge": func(a matrix) { scaled(a, 1e300) },
	"NaN":  func(a matrix) { a.data[a.rows/2*a.stride+a.rows/2] = math.NaN() },
	"Inf":  func(a matrix) { a.data[a.rows/2*a.stride] = math.Inf(1) },
}

// TestConditions: estimates are gonum's.
func TestConditions(t *testing.T) {
	rng := rand.New(rand.NewPCG(12, 1))
	for _, n := range orders(t) {
		if n == 0 {
			continue
		}
		for name, change := range hard {
			a := definite(rng, n)
			for i := range n { // a diagonal that does not hide the rest
				a.data[i*a.stride+i] *= 0.1
			}
			change(a)
			norms := []float64{1.5}
			if n < 100 {
				norms = []float64{1.5, 0, 1e-300, 1e300, math.Inf(1), math.NaN()}
			}
			for k, anorm := range norms {
				check := func(what string, workspace int, of func(l lapack.Float64, work []float64, iwork []int) float64) {
					work, iwork := make([]float64, workspace*n+1), make([]int, n+1)
					work[workspace*n], iwork[n] = margin, 99
					got := of(ours, work[:workspace*n], iwork[:n])
					if work[workspace*n] != margin || iwork[n] != 99 {
						t.Fatalf("%s of order %d, %s: written outside", what, n, name)
					}
					want := of(theirs, work[:workspace*n], iwork[:n])
					// Gonum calls an inverse singular a little before its norm overflows.
					overflows := want == 0 && got*anorm < 1e-307
					if d := math.Abs(got - want); !sameNumber(got, want, n) && !(d <= 1e-9*want) && !overflows {
						t.Errorf("%s of order %d, %s, norm %v: %v, gonum %v", what, n, name, anorm, got, want)
					}
				}
				for _, norm := range sums {
					check("Dgecon", 4, func(l lapack.Float64, work []float64, iwork []int) float64 {
						return l.Dgecon(norm, n, a.data, a.stride, anorm, work, iwork)
					})
				}
				for _, uplo := range triangles {
					check(fmt.Sprintf("Dpocon %c", uplo), 3, func(l lapack.Float64, work []float64, iwork []int) float64 {
						return l.Dpocon(uplo, n, a.data, a.stride, anorm, work, iwork)
					})
					for _, norm := range sums[min(k, 1)*len(sums):] { // once: it computes the norm itself
						for _, diag := range []blas.Diag{blas.Unit, blas.NonUnit} {
							check(fmt.Sprintf("Dtrcon %c%c", uplo, diag), 3, func(l lapack.Float64, work []float64, iwork []int) float64 {
								return l.Dtrcon(norm, uplo, diag, n, a.data, a.stride, work, iwork)
							})
						}
					}
				}
			}
		}
	}
}
