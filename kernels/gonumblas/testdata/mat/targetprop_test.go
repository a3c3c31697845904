package mat

import (
	"testing"

	"gonum.org/v1/gonum/blas/blas64"

	"github.com/targetprop/targetprop/kernels/gonumblas"
)

// This file is laid over gonum's package mat, so that its tests run on our BLAS and LAPACK.
func init() { gonumblas.Use(gonumblas.SameBits) }

func TestTargetpropInUse(t *testing.T) {
	if _, ok := blas64.Implementation().(gonumblas.Implementation); !ok {
		t.Errorf("the BLAS in use is %T", blas64.Implementation())
	}
	var lu LU
	lu.Factorize(NewDense(2, 2, []float64{1, 2, 3, 4}))
	if lu.Det() != -2 {
		t.Errorf("determinant %v, want -2", lu.Det())
	}
}
