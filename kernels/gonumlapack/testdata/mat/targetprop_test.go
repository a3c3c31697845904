package mat

import (
	"testing"

	"gonum.org/v1/gonum/lapack/lapack64"

	"github.com/targetprop/targetprop/kernels/gonumlapack"
)

// This file is laid over gonum's package mat, so that its tests run on our LAPACK.
func init() { lapack64.Use(watched{}) }

// watched notes that it is called.
type watched struct{ gonumlapack.Implementation }

var called bool

func (w watched) Dgetrf(m, n int, a []float64, lda int, ipiv []int) bool {
	called = true
	return w.Implementation.Dgetrf(m, n, a, lda, ipiv)
}

func TestTargetpropInUse(t *testing.T) {
	var lu LU
	lu.Factorize(NewDense(2, 2, []float64{1, 2, 3, 4}))
	if !called {
		t.Error("an LU factorization does not call our LAPACK")
	}
}
