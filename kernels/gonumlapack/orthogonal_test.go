package gonumlapack_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// workspaces are lengths from the least that gonum accepts to what a query asks for.
func workspaces(least int, query func(work []float64, lwork int)) []int {
	asked := []float64{0}
	query(asked, -1)
	best := int(asked[0])
	least = max(1, least)
	return []int{least, max(least, best/3), max(least, best-1), max(least, best)}
}

// TestQRAndLQAgree compares factorizations, their reflectors and the factors of these.
func TestQRAndLQAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	for _, n := range orders(t) {
		for _, m := range []int{n, 2*n + 3, n - n/3} {
			k := min(m, n)
			for name, f := range map[string]struct {
				run   func(l lapack.Float64, a matrix, tau, work []float64, lwork int)
				least int
			}{
				"QR": {func(l lapack.Float64, a matrix, tau, work []float64, lwork int) {
					l.Dgeqrf(m, n, a.data, a.stride, tau, work, lwork)
				}, n},
				"LQ": {func(l lapack.Float64, a matrix, tau, work []float64, lwork int) {
					l.Dgelqf(m, n, a.data, a.stride, tau, work, lwork)
				}, m},
			} {
				a := random(rng, m, n)
				want := matrix{1, k, max(1, k), make([]float64, k)}
				b := a.clone()
				f.run(theirs, b, want.data, make([]float64, 64*(m+n+1)), 64*(m+n+1))
				for _, lwork := range workspaces(f.least, func(work []float64, lwork int) { f.run(ours, a.clone(), make([]float64, k), work, lwork) }) {
					what := fmt.Sprint(name, " of ", m, "x", n, " with ", lwork)
					c, got := a.clone(), matrix{1, k, max(1, k), make([]float64, k)}
					work := make([]float64, lwork+1)
					work[lwork] = margin
					f.run(ours, c, got.data, work[:lwork], lwork)
					near(t, what, c, b, 1e3)
					near(t, what+", factors", got, want, 1e3)
					if work[lwork] != margin {
						t.Fatal(what, " writes beyond its workspace")
					}
				}
			}
		}
	}
}

// TestQAgrees compares products with an orthogonal matrix, and the matrix itself.
func TestQAgrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	for _, k := range orders(t) {
		for _, order := range []int{k, k + 1 + k/2} {
			qr, lq := random(rng, order, k), random(rng, k, order)
			tau, tauL := make([]float64, k), make([]float64, k)
			work := make([]float64, 64*(order+1)+4096)
			theirs.Dgeqrf(order, k, qr.data, qr.stride, tau, work, len(work))
			theirs.Dgelqf(k, order, lq.data, lq.stride, tauL, work, len(work))
			for _, across := range []int{1, 1 + k/3, 70} {
				for _, side := range []blas.Side{blas.Left, blas.Right} {
					for _, trans := range []blas.Transpose{blas.NoTrans, blas.Trans} {
						m, n := order, across
						if side == blas.Right {
							m, n = n, m
						}
						c := random(rng, m, n)
						compare(t, fmt.Sprintf("Dormqr %c%c %dx%d of %d", side, trans, m, n, k), across, c, func(l lapack.Float64, c matrix, work []float64, lwork int) {
							l.Dormqr(side, trans, m, n, k, qr.data, qr.stride, tau, c.data, c.stride, work, lwork)
						})
						compare(t, fmt.Sprintf("Dormlq %c%c %dx%d of %d", side, trans, m, n, k), across, c, func(l lapack.Float64, c matrix, work []float64, lwork int) {
							l.Dormlq(side, trans, m, n, k, lq.data, lq.stride, tauL, c.data, c.stride, work, lwork)
						})
					}
				}
			}
			for _, more := range []int{0, (order - k) / 2, order - k} {
				q, l := random(rng, order, k+more), random(rng, k+more, order)
				for i := range order {
					copy(q.data[i*q.stride:i*q.stride+k], qr.data[i*qr.stride:])
				}
				for i := range k {
					copy(l.data[i*l.stride:i*l.stride+order], lq.data[i*lq.stride:])
				}
				compare(t, fmt.Sprintf("Dorgqr %dx%d of %d", order, k+more, k), k+more, q, func(l lapack.Float64, c matrix, work []float64, lwork int) {
					l.Dorgqr(order, k+more, k, c.data, c.stride, tau, work, lwork)
				})
				compare(t, fmt.Sprintf("Dorglq %dx%d of %d", k+more, order, k), k+more, l, func(l lapack.Float64, c matrix, work []float64, lwork int) {
					l.Dorglq(k+more, order, k, c.data, c.stride, tauL, work, lwork)
				})
			}
		}
	}
}

func compare(t *testing.T, what string, least int, c matrix, run func(l lapack.Float64, c matrix, work []float64, lwork int)) {
	t.Helper()
	want := c.clone()
	run(theirs, want, make([]float64, 64*(least+1)+4096), 64*(least+1)+4096)
	for _, lwork := range workspaces(least, func(work []float64, lwork int) { run(ours, c.clone(), work, lwork) }) {
		got := c.clone()
		work := make([]float64, lwork+1)
		work[lwork] = margin
		run(ours, got, work[:lwork], lwork)
		near(t, fmt.Sprint(what, " with ", lwork), got, want, 100)
		if work[lwork] != margin {
			t.Fatal(what, " writes beyond its workspace")
		}
	}
}

func TestLeastSquaresAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(10, 1))
	for _, shape := range [][2]int{{47, 90}, {48, 96}, {100, 50}, {97, 48}, {80, 160}, {300, 60}} {
		m, n := shape[0], shape[1]
		for _, trans := range []blas.Transpose{blas.NoTrans, blas.Trans} {
			for _, nrhs := range []int{1, 9} {
				a, b := random(rng, m, n), random(rng, max(m, n), nrhs)
				what := fmt.Sprintf("Dgels %c %dx%d for %d", trans, m, n, nrhs)
				solve := func(l lapack.Float64, a, b matrix) {
					query := []float64{0}
					l.Dgels(trans, m, n, nrhs, a.data, a.stride, b.data, b.stride, query, -1)
					work := make([]float64, int(query[0])+1)
					work[len(work)-1] = margin
					if !l.Dgels(trans, m, n, nrhs, a.data, a.stride, b.data, b.stride, work[:len(work)-1], len(work)-1) || work[len(work)-1] != margin {
						t.Fatal(what, ": failed, or written outside")
					}
				}
				want := b.clone()
				solve(theirs, a.clone(), want)
				got := b.clone()
				solve(ours, a.clone(), got)
				near(t, what, got, want, 1e4)
				if min(m, n) < 48 {
					continue // gonum's, which does not undo the scaling of a large matrix
				}
				found := n
				if trans == blas.Trans {
					found = m
				}
				// Beside the range of squares, up or down.
				for _, by := range [][2]float64{{1e-295, 1}, {1, 1e-295}, {1e292, 1e292}, {1e-295, 1e-200}} {
					got = scaled(b.clone(), by[1])
					solve(ours, scaled(a.clone(), by[0]), got)
					near(t, what+" scaled", scaled(scaled(head(got, found), 1/by[1]), by[0]), head(want, found), 1e6)
				}
			}
		}
	}
}

// TestLeastSquaresFarFromOne: matrices and solutions near the largest and the smallest numbers.
func TestLeastSquaresFarFromOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 2))
	for _, scale := range [][2]float64{{1e305, 1e-100}, {1e200, 1e100}, {1e-200, 1e-90}, {1e-305, 1e100}, {1, 1e300}} {
		for _, k := range []int{1, 3, 20, 40, 60} {
			a, x := random(rng, k+30, k), random(rng, k, 1)
			b := matrix{k + 30, 1, 1, make([]float64, k+30)}
			for i := range k + 30 {
				for j := range k {
					a.data[i*a.stride+j] *= scale[0]
					b.data[i] += a.data[i*a.stride+j] * (x.data[j*x.stride] * scale[1])
				}
			}
			if !ours.Dgels(blas.NoTrans, k+30, k, 1, a.data, a.stride, b.data, 1, make([]float64, 5000), 5000) {
				t.Errorf("%d unknowns at %g: no full rank", k, scale)
			}
			for j := range k {
				if got := b.data[j] / scale[1]; !(math.Abs(got-x.data[j*x.stride]) < 1e-10) {
					t.Errorf("%d unknowns at %g: %g, want %g", k, scale, got, x.data[j*x.stride])
					break
				}
			}
		}
	}
}

func head(m matrix, rows int) matrix {
	m.rows, m.data = rows, m.data[:(rows-1)*m.stride+m.cols]
	return m
}
