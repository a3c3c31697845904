package gonumlapack_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// kinds are matrices that are hard in different ways.
var kinds = map[string]func(rng *rand.Rand, m, n int) matrix{
	"random": random,
	"tiny":   func(rng *rand.Rand, m, n int) matrix { return scaled(random(rng, m, n), 1e-200) },
	"huge":   func(rng *rand.Rand, m, n int) matrix { return scaled(random(rng, m, n), 1e200) },
	"zero":   func(rng *rand.Rand, m, n int) matrix { return scaled(random(rng, m, n), 0) },
	"one": func(rng *rand.Rand, m, n int) matrix { // all values are 0, but one
		a := random(rng, m, n)
		for i := range m {
			for j := range n {
				a.data[i*a.stride+j] = 1
			}
		}
		return a
	},
	"split": func(rng *rand.Rand, m, n int) matrix { // blocks beside each other, values repeat
		a := random(rng, m, n)
		for i := range m {
			for j := range n {
				a.data[i*a.stride+j] = 0
				if i/7 == j/7 {
					a.data[i*a.stride+j] = float64(1 + i%7*(j%7))
				}
			}
		}
		return a
	},
	"dummies": func(rng *rand.Rand, m, n int) matrix { // reflectors end in zeros
		a := random(rng, m, n)
		for i := range m {
			for j := range n {
				if j%2 == 0 && i%5 != j/2%5 {
					a.data[i*a.stride+j] = 0
				}
			}
		}
		return a
	},
	"graded": func(rng *rand.Rand, m, n int) matrix {
		a := random(rng, m, n)
		for i := range m {
			for j := range n {
				a.data[i*a.stride+j] *= math.Pow(0.7, float64(i+j))
			}
		}
		return a
	},
	"graded upwards": func(rng *rand.Rand, m, n int) matrix {
		a := random(rng, m, n)
		for i := range m {
			for j := range n {
				a.data[i*a.stride+j] *= math.Pow(0.7, float64(m-i+n-j))
			}
		}
		return a
	},
}

func scaled(a matrix, by float64) matrix {
	for i := range a.rows {
		for j := range a.cols {
			a.data[i*a.stride+j] *= by
		}
	}
	return a
}

// product is the largest element of x*diag(s)*y - want, where trans is for y.
func product(x matrix, s []float64, y matrix, transposed bool, want func(i, j int) float64) float64 {
	worst := 0.0
	cols := y.cols
	if transposed {
		cols = y.rows
	}
	for i := range x.rows {
		for j := range cols {
			sum := -want(i, j)
			for k, v := range s {
				if transposed {
					sum += x.data[i*x.stride+k] * v * y.data[j*y.stride+k]
				} else {
					sum += x.data[i*x.stride+k] * v * y.data[k*y.stride+j]
				}
			}
			worst = math.Max(worst, math.Abs(sum))
		}
	}
	return worst
}

func ones(n int) []float64 {
	s := make([]float64, n)
	for i := range s {
		s[i] = 1
	}
	return s
}

func identity(i, j int) float64 {
	if i == j {
		return 1
	}
	return 0
}

func (m matrix) transpose() matrix {
	t := matrix{m.cols, m.rows, m.rows, make([]float64, m.rows*m.cols)}
	for i := range m.rows {
		for j := range m.cols {
			t.data[j*t.stride+i] = m.data[i*m.stride+j]
		}
	}
	return t
}

func (m matrix) marginsKept() bool {
	for i, v := range m.data {
		if (i%m.stride >= m.cols || i/m.stride >= m.rows) && v != margin {
			return false
		}
	}
	return true
}

func TestEigenvectors(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	for _, n := range []int{1, 47, 48, 49, 90, 133} {
		for name, kind := range kinds {
			for _, uplo := range []blas.Uplo{blas.Upper, blas.Lower} {
				a := kind(rng, n, n)
				at := func(i, j int) float64 {
					if (uplo == blas.Upper) == (i > j) {
						i, j = j, i
					}
					return a.data[i*a.stride+j]
				}
				v, w := a.clone(), make([]float64, n)
				query := []float64{0}
				ours.Dsyev(lapack.EVCompute, uplo, n, v.data, v.stride, w, query, -1)
				work := make([]float64, int(query[0])+1)
				work[len(work)-1] = margin
				ok := ours.Dsyev(lapack.EVCompute, uplo, n, v.data, v.stride, w, work[:len(work)-1], len(work)-1)
				what := fmt.Sprintf("%s of order %d, %c", name, n, uplo)
				if !ok || work[len(work)-1] != margin || !v.marginsKept() {
					t.Fatalf("%s: %v, or written outside", what, ok)
				}
				bound := 1e-14 * float64(n) * (1e-300 + math.Max(math.Abs(w[0]), math.Abs(w[n-1])))
				if d := product(v, w, v, true, at); d > bound {
					t.Errorf("%s: off by %v, bound %v", what, d, bound)
				}
				if d := product(v, ones(n), v, true, identity); d > 1e-14*float64(n) {
					t.Errorf("%s: not orthogonal, by %v", what, d)
				}
				b, want := a.clone(), make([]float64, n)
				// Without vectors, gonum panics on tiny matrices (in Dsterf's Dlascl).
				theirs.Dsyev(lapack.EVCompute, uplo, n, b.data, b.stride, want, work, len(work))
				for i := range want {
					if d := math.Abs(w[i] - want[i]); d > bound || i > 0 && w[i] < w[i-1] {
						t.Errorf("%s: value %d is %v, gonum %v", what, i, w[i], want[i])
					}
				}
			}
		}
	}
}

func TestSingularVectors(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 1))
	jobs := []lapack.SVDJob{lapack.SVDAll, lapack.SVDStore, lapack.SVDNone}
	for _, shape := range [][2]int{{1, 1}, {5, 1}, {33, 40}, {40, 33}, {47, 60}, {48, 48}, {49, 61}, {60, 48}, {50, 100}, {100, 50}, {79, 50}, {81, 50}, {90, 97}} {
		m, n := shape[0], shape[1]
		k := min(m, n)
		for name, kind := range kinds {
			a := kind(rng, m, n)
			for _, jobU := range jobs {
				for _, jobVT := range jobs {
					what := fmt.Sprintf("%s %dx%d %c%c", name, m, n, jobU, jobVT)
					u, vt, s := random(rng, m, size(jobU, m, k)), random(rng, size(jobVT, n, k), n), make([]float64, k)
					b := a.clone()
					query := []float64{0}
					run := func(work []float64, lwork int) bool {
						return ours.Dgesvd(jobU, jobVT, m, n, b.data, b.stride, s, u.data, u.stride, vt.data, vt.stride, work, lwork)
					}
					run(query, -1)
					work := make([]float64, int(query[0])+1)
					work[len(work)-1] = margin
					if !run(work[:len(work)-1], len(work)-1) || work[len(work)-1] != margin || !b.marginsKept() || !u.marginsKept() || !vt.marginsKept() {
						t.Fatalf("%s: failed, or written outside", what)
					}
					bound := 1e-14 * float64(m+n) * (1e-300 + s[0])
					if u.cols > 0 && vt.rows > 0 {
						if d := product(u, s, vt, false, func(i, j int) float64 { return a.data[i*a.stride+j] }); d > bound {
							t.Errorf("%s: off by %v, bound %v", what, d, bound)
						}
					}
					if d := product(u.transpose(), ones(m), u, false, identity); d > 1e-13 {
						t.Errorf("%s: U is not orthogonal, by %v", what, d)
					}
					if d := product(vt, ones(n), vt, true, identity); d > 1e-13 {
						t.Errorf("%s: V is not orthogonal, by %v", what, d)
					}
					want := make([]float64, k)
					c := a.clone()
					theirs.Dgesvd(lapack.SVDNone, lapack.SVDNone, m, n, c.data, c.stride, want, nil, 1, nil, max(1, n), make([]float64, 99*(m+n)), 99*(m+n))
					for i := range want {
						if d := math.Abs(s[i] - want[i]); d > bound || i > 0 && s[i] > s[i-1] || s[i] < 0 {
							t.Errorf("%s: value %d is %v, gonum %v", what, i, s[i], want[i])
						}
					}
				}
			}
		}
	}
}

func size(job lapack.SVDJob, all, least int) int {
	switch job {
	case lapack.SVDAll:
		return all
	case lapack.SVDStore:
		return least
	}
	return 0
}

// TestSingularValueOfOneRow: the row of a larger matrix ends before its stride does.
func TestSingularValueOfOneRow(t *testing.T) {
	for _, shape := range [][2]int{{1, 4}, {1, 1}} {
		m, n := shape[0], shape[1]
		s := make([]float64, 1)
		if !ours.Dgesvd(lapack.SVDNone, lapack.SVDNone, m, n, []float64{1, 2, 2, 4}[:n], 6, s, nil, 1, nil, n, make([]float64, 100), 100) || !(math.Abs(s[0]-[]float64{0, 1, 0, 0, 5}[n]) < 1e-14) {
			t.Errorf("%d x %d: %v", m, n, s)
		}
	}
}

// TestSingularWorkspace: that of high matrices is some times what they take themselves.
func TestSingularWorkspace(t *testing.T) {
	for _, cols := range []int{1, 2, 20, 100} {
		const rows = 100_000
		query := []float64{0}
		ours.Dgesvd(lapack.SVDStore, lapack.SVDStore, rows, cols, make([]float64, 10*cols), cols, nil, nil, cols, nil, cols, query, -1)
		if most := 2.2 * rows * float64(cols); query[0] > most {
			t.Errorf("%d columns: %g numbers, want %g at most", cols, query[0], most)
		}
	}
}

// TestSingularBehindWork: what is behind the workspace that was lent stays, for gonum's orders too.
func TestSingularBehindWork(t *testing.T) {
	for _, shape := range [][2]int{{12, 2}, {2, 12}, {9, 9}, {16, 20}, {30, 17}, {40, 1}} {
		m, n := shape[0], shape[1]
		for _, job := range []lapack.SVDJob{lapack.SVDNone, lapack.SVDStore, lapack.SVDAll} {
			a, k := make([]float64, m*n), min(m, n)
			for i := range a {
				a[i] = float64(i*i%17) - 8
			}
			lwork := max(3*k+max(m, n), 5*k)
			work := slices.Repeat([]float64{7}, lwork+5)
			ours.Dgesvd(job, job, m, n, a, n, make([]float64, k), make([]float64, m*m), m, make([]float64, n*n), n, work, lwork)
			if behind := work[lwork:]; slices.Max(behind) != 7 || slices.Min(behind) != 7 {
				t.Errorf("%d x %d, job %c: %v behind the workspace", m, n, job, behind)
			}
		}
	}
}
