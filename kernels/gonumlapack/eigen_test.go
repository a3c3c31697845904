package gonumlapack_test

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// TestEigenvaluesOfGeneralMatrices: A*v is lambda*v and u*A is lambda*u, and without vectors the
// eigenvalues are the same but for rounding.
func TestEigenvaluesOfGeneralMatrices(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 1))
	for _, n := range []int{150, 151, 180, 260} {
		for _, name := range []string{"random", "tiny", "huge", "zero", "one", "split"} {
			a := kinds[name](rng, n, n)
			decompose := func(left lapack.LeftEVJob, right lapack.RightEVJob) (values []complex128, l, r matrix) {
				b := a.clone()
				wr, wi := make([]float64, n), make([]float64, n)
				l, r = random(rng, n, n), random(rng, n, n)
				query := []float64{0}
				ours.Dgeev(left, right, n, b.data, b.stride, wr, wi, l.data, l.stride, r.data, r.stride, query, -1)
				work := make([]float64, int(query[0])+1)
				work[len(work)-1] = margin
				if first := ours.Dgeev(left, right, n, b.data, b.stride, wr, wi, l.data, l.stride, r.data, r.stride, work[:len(work)-1], len(work)-1); first != 0 ||
					work[len(work)-1] != margin || !b.marginsKept() || !l.marginsKept() || !r.marginsKept() {
					t.Fatalf("%s of order %d: first is %d, or written outside", name, n, first)
				}
				for i, v := range wr {
					values = append(values, complex(v, wi[i]))
				}
				return values, l, r
			}
			values, l, r := decompose(lapack.LeftEVCompute, lapack.RightEVCompute)
			largest := 0.0
			for _, v := range a.data {
				if v != margin {
					largest = math.Max(largest, math.Abs(v))
				}
			}
			bound := 1e-13 * float64(n) * largest
			for _, side := range []struct {
				left bool
				v    matrix
				a    func(i, j int) float64
			}{
				{false, r, func(i, j int) float64 { return a.data[i*a.stride+j] }},
				{true, l, func(i, j int) float64 { return a.data[j*a.stride+i] }},
			} {
				for k := 0; k < n; k += 1 + k/9 { // not all, but first ones and last
					lambda, v := values[k], make([]complex128, n)
					for i := range v {
						switch row := side.v.data[i*side.v.stride:]; {
						case imag(lambda) > 0:
							v[i] = complex(row[k], row[k+1])
						case imag(lambda) < 0:
							v[i] = complex(row[k-1], -row[k])
						default:
							v[i] = complex(row[k], 0)
						}
					}
					if side.left {
						lambda = cmplx.Conj(lambda) // u is the conjugate transpose
					}
					for i := range v {
						sum := -lambda * v[i]
						for j, x := range v {
							sum += complex(side.a(i, j), 0) * x
						}
						if d := cmplx.Abs(sum); !(d <= bound) {
							t.Fatalf("%s of order %d: vector %d is off by %v, bound %v", name, n, k, d, bound)
						}
					}
				}
			}
			if name == "split" {
				continue // repeated values that are far from exact
			}
			alone, _, _ := decompose(lapack.LeftEVNone, lapack.RightEVNone)
			for _, v := range values {
				nearest := math.Inf(1)
				for _, w := range alone {
					nearest = math.Min(nearest, cmplx.Abs(v-w))
				}
				if nearest > 1e5*bound {
					t.Errorf("%s of order %d: without vectors, %v is missing by %v", name, n, v, nearest)
				}
			}
		}
	}
}

// TestEigenvaluesFarApart: without vectors too, a matrix may have parts of any size, which gonum's Dsterf panics at.
func TestEigenvaluesFarApart(t *testing.T) {
	for _, scales := range [][]float64{{1e-130}, {1, 1e-130}, {1e140, 1e-125, 1}, {1e-160, 1e-300}, {1e300, 1e100}, {1, 0, 1e-140}} {
		for _, uplo := range []blas.Uplo{blas.Upper, blas.Lower} {
			for _, job := range []lapack.EVJob{lapack.EVNone, lapack.EVCompute} {
				n := 3 * len(scales)
				a, want := make([]float64, n*n), []float64{}
				for i, s := range scales { // eigenvalues 2 - sqrt 2, 2, 2 + sqrt 2
					for j := 3 * i; j < 3*i+3; j++ {
						a[j*n+j] = 2 * s
					}
					for j := 3 * i; j < 3*i+2; j++ {
						a[j*n+j+1], a[(j+1)*n+j] = s, s
					}
					want = append(want, s*(2-math.Sqrt2), s*2, s*(2+math.Sqrt2))
				}
				slices.Sort(want)
				w, work := make([]float64, n), make([]float64, 3*n-1)
				if !ours.Dsyev(job, uplo, n, a, n, w, work, len(work)) {
					t.Fatalf("parts of %g: fails", scales)
				}
				least := 1e-150 * want[n-1] // what scaling leaves of the smallest
				for i, v := range want {
					if off := math.Abs(w[i] - v); off > 1e-14*v && off > least {
						t.Errorf("parts of %g, job %c: eigenvalue %d is %g, want %g", scales, job, i, w[i], v)
					}
				}
			}
		}
	}
}

// TestEigenvectorsOfRepeatedColumns: a matrix of few different columns, whose tridiagonal form is nearly empty, has
// eigenvalues of its size, and vectors that are its own. Gonum's Dsteqr finds 1e119 for this one.
func TestEigenvectorsOfRepeatedColumns(t *testing.T) {
	for n := 2; n < 70; n++ {
		a := make([]float64, n*n)
		for i := range n {
			for j := range n {
				a[i*n+j] = 0.001 * float64(i%3) * float64(j%3)
			}
		}
		v, w, work := slices.Clone(a), make([]float64, n), make([]float64, 200*n)
		if !ours.Dsyev(lapack.EVCompute, blas.Upper, n, v, n, w, work, len(work)) {
			t.Fatalf("order %d: fails", n)
		}
		for i := range n {
			for j := range n {
				sum := 0.0 // of v diag(w) v^T
				for k := range n {
					sum += v[i*n+k] * w[k] * v[j*n+k]
				}
				if math.Abs(sum-a[i*n+j]) > 1e-16*float64(n) {
					t.Fatalf("order %d: element %d, %d is %g, want %g; eigenvalues %g", n, i, j, sum, a[i*n+j], w)
				}
			}
		}
	}
}

// TestEigenvaluesOfSmallMatrices: those of a permutation in one circle have all the magnitude of its element.
func TestEigenvaluesOfSmallMatrices(t *testing.T) {
	for _, n := range []int{5, 76, 129, 130, 160} {
		for _, e := range []int{0, -52, -400, -1070, 1000} {
			a := make([]float64, n*n)
			for i := range n {
				a[i*n+(i+1)%n] = math.Ldexp(1, e)
			}
			wr, wi, v, query := make([]float64, n), make([]float64, n), make([]float64, n*n), []float64{0}
			run := func(work []float64, lwork int) int {
				return ours.Dgeev(lapack.LeftEVNone, lapack.RightEVCompute, n, a, n, wr, wi, nil, 1, v, n, work, lwork)
			}
			run(query, -1)
			work := make([]float64, int(query[0])+2)
			work[len(work)-1] = margin
			if run(work, len(work)-2) != 0 || work[len(work)-1] != margin {
				t.Errorf("order %d, 2^%d: not found, or written behind the workspace", n, e)
			}
			for i := range n {
				if size := math.Hypot(math.Ldexp(wr[i], -e), math.Ldexp(wi[i], -e)); !(math.Abs(size-1) < 1e-12) && (e > -1022 || !(math.Abs(size-1) < 0.5)) {
					t.Errorf("order %d, 2^%d: eigenvalue %d of magnitude %g", n, e, i, size)
					break
				}
			}
		}
	}
}

// TestEigenvaluesOfGradedMatrix: a small one is found beside a large one.
func TestEigenvaluesOfGradedMatrix(t *testing.T) {
	a, wr, wi, work := []float64{1e200, 1, 0, 1e-130}, make([]float64, 2), make([]float64, 2), make([]float64, 100)
	if first := ours.Dgeev(lapack.LeftEVNone, lapack.RightEVNone, 2, a, 2, wr, wi, nil, 1, nil, 1, work, 100); first != 0 || wr[0] != 1e200 || wr[1] != 1e-130 {
		t.Errorf("eigenvalues %v from %d on", wr, first)
	}
}
