package gonumlapack_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/gonum"

	"github.com/targetprop/targetprop/kernels/gonumlapack"
)

var (
	ours   gonumlapack.Implementation
	theirs gonum.Implementation
)

// orders are on both sides of every size at which a routine changes its ways.
func orders(t *testing.T) []int {
	n := []int{0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 24, 25, 31, 32, 33, 48, 63, 64, 65, 71, 72, 73, 95, 96, 97, 130, 200}
	if !testing.Short() {
		n = append(n, 255, 256, 257, 300, 513)
	}
	return n
}

// A matrix has margins that no routine may write.
type matrix struct {
	rows, cols, stride int
	data               []float64
}

const margin = 1e300

func random(rng *rand.Rand, rows, cols int) matrix {
	m := matrix{rows, cols, max(1, cols+rng.IntN(3)), nil}
	m.data = make([]float64, max(0, (rows-1)*m.stride+cols)+5)
	for i := range m.data {
		m.data[i] = margin
	}
	for i := range rows {
		for j := range cols {
			m.data[i*m.stride+j] = rng.NormFloat64()
		}
	}
	return m
}

// definite is random with a diagonal that makes it positive definite, and its triangles well
// conditioned.
func definite(rng *rand.Rand, n int) matrix {
	m := random(rng, n, n)
	for i := range n {
		m.data[i*m.stride+i] = float64(2*n) + rng.Float64()
	}
	return m
}

func (m matrix) clone() matrix { m.data = slices.Clone(m.data); return m }

func (m matrix) norm() float64 {
	s := 0.0
	for i := range m.rows {
		for j := range m.cols {
			s = math.Hypot(s, m.data[i*m.stride+j])
		}
	}
	return s
}

// near fails where got is further from want than rounding, in the norm of want, allows.
// factor is for the condition of the problem.
func near(t *testing.T, what string, got, want matrix, factor float64) {
	t.Helper()
	bound := factor * 0x1p-52 * float64(10+want.rows+want.cols) * (want.norm() + 1e-300)
	for i, w := range want.data {
		in := i%want.stride < want.cols && i/want.stride < want.rows
		if g := got.data[i]; in && !(math.Abs(g-w) <= bound) || !in && g != margin {
			t.Fatalf("%s: element %d,%d of %dx%d is %v, gonum %v, bound %v", what, i/want.stride, i%want.stride, want.rows, want.cols, g, w, bound)
		}
	}
}

func TestLUAgrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range orders(t) {
		for _, m := range []int{n, n + 1 + n/3, n - n/3} {
			a := random(rng, m, n)
			if n > 4 && m > 4 && rng.IntN(3) == 0 {
				for i := range m { // a column that elimination leaves exactly zero
					a.data[i*a.stride+n/2] = 0
				}
			}
			b := a.clone()
			p, q := make([]int, min(m, n)), make([]int, min(m, n))
			okA := ours.Dgetrf(m, n, a.data, a.stride, p)
			okB := theirs.Dgetrf(m, n, b.data, b.stride, q)
			if okA != okB || !slices.Equal(p, q) {
				t.Fatalf("%dx%d: nonsingular %v, gonum %v; pivots %v, gonum %v", m, n, okA, okB, p, q)
			}
			near(t, fmt.Sprint("LU of ", m, "x", n), a, b, 1e4)
		}
	}
}

func TestInverseAgrees(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 1))
	for _, n := range orders(t) {
		a := definite(rng, n)
		p := make([]int, n)
		theirs.Dgetrf(n, n, a.data, a.stride, p)
		for range 3 {
			if n > 0 { // any interchanges will do
				p[rng.IntN(n)] = n - 1
			}
		}
		query := []float64{0}
		ours.Dgetri(n, a.data, a.stride, p, query, -1)
		for _, lwork := range []int{max(1, n), int(query[0])/2 + n, int(query[0])} {
			lwork = max(1, n, lwork)
			b, c := a.clone(), a.clone()
			okB := ours.Dgetri(n, b.data, b.stride, p, make([]float64, lwork), lwork)
			okC := theirs.Dgetri(n, c.data, c.stride, p, make([]float64, lwork), lwork)
			if okB != okC {
				t.Fatalf("inverse of order %d: %v, gonum %v", n, okB, okC)
			}
			near(t, fmt.Sprint("inverse of order ", n), b, c, 100)
		}
		if n > 0 {
			a.data[n/2*(a.stride+1)] = 0
			b := a.clone()
			work := make([]float64, 2*n)
			if ours.Dgetri(n, b.data, b.stride, p, work, len(work)) || !slices.Equal(a.data, b.data) {
				t.Errorf("order %d: a singular matrix was inverted, or changed", n)
			}
		}
	}
}

func TestTrianglesAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	for _, n := range orders(t) {
		for _, uplo := range []blas.Uplo{blas.Upper, blas.Lower} {
			a := definite(rng, n)
			for name, run := range map[string]func(l triangular, m matrix) bool{
				"Dpotrf": func(l triangular, m matrix) bool { return l.Dpotrf(uplo, n, m.data, m.stride) },
				"Dpotri": func(l triangular, m matrix) bool { return l.Dpotri(uplo, n, m.data, m.stride) },
				"Dtrtri": func(l triangular, m matrix) bool { return l.Dtrtri(uplo, blas.NonUnit, n, m.data, m.stride) },
				"unit": func(l triangular, m matrix) bool {
					for i := range n { // within reach of an inverse
						for j := range n {
							m.data[i*m.stride+j] /= float64(2 * n)
						}
					}
					return l.Dtrtri(uplo, blas.Unit, n, m.data, m.stride)
				},
				"Dlauum": func(l triangular, m matrix) bool { l.Dlauum(uplo, n, m.data, m.stride); return true },
			} {
				b, c := a.clone(), a.clone()
				if !run(ours, b) || !run(theirs, c) {
					t.Fatalf("%s of order %d, %c, failed", name, n, uplo)
				}
				near(t, fmt.Sprintf("%s of order %d, %c", name, n, uplo), b, c, 10)
				if n > 0 && name != "unit" && name != "Dlauum" {
					b = a.clone()
					b.data[n/2*(b.stride+1)] = 0
					if run(ours, b) {
						t.Errorf("%s of order %d, %c: no failure with a zero on the diagonal", name, n, uplo)
					}
					b.data[n/2*(b.stride+1)] = math.NaN()
					if c := b.clone(); run(ours, b) != run(theirs, c) {
						t.Errorf("%s of order %d, %c: NaN is taken otherwise than by gonum", name, n, uplo)
					}
				}
			}
		}
	}
}

type triangular interface {
	lapack.Float64
	Dlauum(uplo blas.Uplo, n int, a []float64, lda int)
}

// TestPanics: wrong arguments get gonum's words.
func TestPanics(t *testing.T) {
	big := make([]float64, 200*200)
	ipiv := make([]int, 100)
	for name, call := range map[string]func(l lapack.Float64){
		"Dgetrf short a":      func(l lapack.Float64) { l.Dgetrf(100, 100, big[:9999], 100, ipiv) },
		"Dgetrf stride":       func(l lapack.Float64) { l.Dgetrf(100, 100, big, 99, ipiv) },
		"Dgetrf pivots":       func(l lapack.Float64) { l.Dgetrf(100, 100, big, 100, ipiv[:99]) },
		"Dgetrf m":            func(l lapack.Float64) { l.Dgetrf(-1, 100, big, 100, ipiv) },
		"Dgetri work":         func(l lapack.Float64) { l.Dgetri(100, big, 100, ipiv, big, 99) },
		"Dgetri short work":   func(l lapack.Float64) { l.Dgetri(100, big, 100, ipiv, big[:99], 100) },
		"Dgetri pivots":       func(l lapack.Float64) { l.Dgetri(100, big, 100, ipiv[:3], big, 100) },
		"Dgetri query stride": func(l lapack.Float64) { l.Dgetri(100, big, 99, ipiv, big, -1) },
		"Dgetri query work":   func(l lapack.Float64) { l.Dgetri(100, big, 100, ipiv, nil, -1) },
		"Dpotrf uplo":         func(l lapack.Float64) { l.Dpotrf('x', 100, big, 100) },
		"Dpotrf n":            func(l lapack.Float64) { l.Dpotrf(blas.Upper, -1, big, 100) },
		"Dpotri short a":      func(l lapack.Float64) { l.Dpotri(blas.Upper, 100, big[:99], 100) },
		"Dtrtri diag":         func(l lapack.Float64) { l.Dtrtri(blas.Upper, 'x', 100, big, 100) },
		"Dgeqrf tau":          func(l lapack.Float64) { l.Dgeqrf(100, 100, big, 100, big[:99], big, len(big)) },
		"Dgeqrf work":         func(l lapack.Float64) { l.Dgeqrf(100, 100, big, 100, big[:100], big, 99) },
		"Dgeqrf short work":   func(l lapack.Float64) { l.Dgeqrf(100, 100, big, 100, big[:100], big[:99], 100) },
		"Dgeqrf short a":      func(l lapack.Float64) { l.Dgeqrf(100, 100, big[:99], 100, big[:100], big, len(big)) },
		"Dgeqrf query":        func(l lapack.Float64) { l.Dgeqrf(100, 100, big, 99, big[:100], big, -1) },
		"Dgelqf tau":          func(l lapack.Float64) { l.Dgelqf(100, 100, big, 100, big[:99], big, len(big)) },
		"Dgelqf work":         func(l lapack.Float64) { l.Dgelqf(100, 100, big, 100, big[:100], big, 99) },
		"Dormqr side": func(l lapack.Float64) {
			l.Dormqr('x', blas.NoTrans, 100, 9, 90, big, 100, big[:90], big, 9, big, len(big))
		},
		"Dormqr trans": func(l lapack.Float64) {
			l.Dormqr(blas.Left, 'x', 100, 9, 90, big, 100, big[:90], big, 9, big, len(big))
		},
		"Dormqr k": func(l lapack.Float64) {
			l.Dormqr(blas.Left, blas.Trans, 89, 9, 90, big, 100, big[:90], big, 9, big, len(big))
		},
		"Dormqr tau": func(l lapack.Float64) {
			l.Dormqr(blas.Left, blas.Trans, 100, 9, 90, big, 100, big[:89], big, 9, big, len(big))
		},
		"Dormqr work": func(l lapack.Float64) {
			l.Dormqr(blas.Left, blas.Trans, 100, 9, 90, big, 100, big[:90], big, 9, big, 8)
		},
		"Dormqr c": func(l lapack.Float64) {
			l.Dormqr(blas.Left, blas.Trans, 100, 9, 90, big, 100, big[:90], big, 8, big, len(big))
		},
		"Dormlq a": func(l lapack.Float64) {
			l.Dormlq(blas.Left, blas.Trans, 100, 9, 90, big, 99, big[:90], big, 9, big, len(big))
		},
		"Dormlq c": func(l lapack.Float64) {
			l.Dormlq(blas.Left, blas.Trans, 100, 9, 90, big, 100, big[:90], big[:1], 9, big, len(big))
		},
		"Dorgqr n":    func(l lapack.Float64) { l.Dorgqr(90, 100, 90, big, 100, big[:90], big, len(big)) },
		"Dorgqr tau":  func(l lapack.Float64) { l.Dorgqr(100, 100, 90, big, 100, big[:91], big, len(big)) },
		"Dorgqr work": func(l lapack.Float64) { l.Dorgqr(100, 100, 90, big, 100, big[:90], big, 99) },
		"Dorglq n":    func(l lapack.Float64) { l.Dorglq(100, 90, 90, big, 100, big[:90], big, len(big)) },
		"Dsyev work":  func(l lapack.Float64) { l.Dsyev(lapack.EVCompute, blas.Upper, 100, big, 100, big, big, 298) },
		"Dsyev w":     func(l lapack.Float64) { l.Dsyev(lapack.EVCompute, blas.Upper, 100, big, 100, big[:99], big, len(big)) },
		"Dsyev uplo":  func(l lapack.Float64) { l.Dsyev(lapack.EVCompute, 'x', 100, big, 100, big, big, len(big)) },
		"Dsyev job":   func(l lapack.Float64) { l.Dsyev('x', blas.Upper, 100, big, 100, big, big, len(big)) },
		"Dsyev query": func(l lapack.Float64) { l.Dsyev(lapack.EVCompute, blas.Upper, 100, big, 99, big, big, -1) },
		"Dgesvd job": func(l lapack.Float64) {
			l.Dgesvd('x', lapack.SVDAll, 100, 99, big, 100, big, big, 100, big, 100, big, len(big))
		},
		"Dgesvd over": func(l lapack.Float64) {
			l.Dgesvd(lapack.SVDOverwrite, lapack.SVDAll, 100, 99, big, 100, big, big, 100, big, 100, big, len(big))
		},
		"Dgesvd s": func(l lapack.Float64) {
			l.Dgesvd(lapack.SVDAll, lapack.SVDAll, 100, 99, big, 100, big[:98], big, 100, big, 100, big, len(big))
		},
		"Dgesvd u": func(l lapack.Float64) {
			l.Dgesvd(lapack.SVDAll, lapack.SVDAll, 100, 99, big, 100, big, big[:99], 100, big, 100, big, len(big))
		},
		"Dgesvd ldu": func(l lapack.Float64) {
			l.Dgesvd(lapack.SVDAll, lapack.SVDAll, 100, 99, big, 100, big, big, 99, big, 100, big, len(big))
		},
		"Dgesvd ldvt": func(l lapack.Float64) {
			l.Dgesvd(lapack.SVDAll, lapack.SVDAll, 99, 100, big, 100, big, big, 99, big, 99, big, -1)
		},
		"Dgesvd work": func(l lapack.Float64) {
			l.Dgesvd(lapack.SVDAll, lapack.SVDAll, 99, 100, big, 100, big, big, 99, big, 100, big, 9)
		},
		"Dgesvd nothing": func(l lapack.Float64) {
			l.Dgesvd(lapack.SVDNone, lapack.SVDStore, 0, 2, nil, 2, nil, nil, 1, nil, 1, big, len(big))
		},
		"Dgels trans":   func(l lapack.Float64) { l.Dgels('x', 99, 100, 2, big, 100, big, 2, big, len(big)) },
		"Dgels b":       func(l lapack.Float64) { l.Dgels(blas.Trans, 99, 100, 2, big, 100, big[:9], 2, big, len(big)) },
		"Dgels work":    func(l lapack.Float64) { l.Dgels(blas.Trans, 99, 100, 2, big, 100, big, 2, big, 100) },
		"Dorglq stride": func(l lapack.Float64) { l.Dorglq(90, 100, 90, big, 99, big[:90], big, len(big)) },
	} {
		got, want := panicOf(call, ours), panicOf(call, theirs)
		if want == nil || got != want {
			t.Errorf("%s: %v, gonum %v", name, got, want)
		}
	}
}

func panicOf(call func(lapack.Float64), l lapack.Float64) (p any) {
	defer func() { p = recover() }()
	call(l)
	return nil
}
