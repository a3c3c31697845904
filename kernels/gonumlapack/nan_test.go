package gonumlapack_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/lapack"
)

// TestNotFinite: a matrix that is not finite has no vectors; it is not searched for them
// for ever, as gonum does for singular values and eigenvalues.
func TestNotFinite(t *testing.T) {
	const n = 60
	rng := rand.New(rand.NewPCG(9, 1))
	for _, bad := range []float64{math.NaN(), math.Inf(1)} {
		for _, at := range []int{0, n/2*n + 3, n/3*n + n/3, n*n - 1} {
			a := random(rng, n, n).data[:n*n]
			s, u, v, work := make([]float64, n), make([]float64, n*n), make([]float64, n*n), make([]float64, 300*n)
			a[at] = bad
			if ours.Dsyev(lapack.EVCompute, blas.Lower, n, a, n, s, work, len(work)) {
				t.Errorf("Dsyev succeeds with %v at %d", bad, at)
			}
			a = random(rng, n, n).data[:n*n]
			a[at] = bad
			if ours.Dgesvd(lapack.SVDAll, lapack.SVDAll, n, n, a, n, s, u, n, v, n, work, len(work)) {
				t.Errorf("Dgesvd succeeds with %v at %d", bad, at)
			}
			const large = 160
			a = random(rng, large, large).data[:large*large]
			a[at] = bad
			wr, wi, w := make([]float64, large), make([]float64, large), make([]float64, 300*large)
			if ours.Dgeev(lapack.LeftEVNone, lapack.RightEVNone, large, a, large, wr, wi, nil, 1, nil, 1, w, len(w)) == 0 {
				t.Errorf("Dgeev succeeds with %v at %d", bad, at)
			}
		}
	}
}
