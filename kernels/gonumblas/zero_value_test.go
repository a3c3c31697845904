package gonumblas

import (
	"testing"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/kernels"
)

// TestZeroValue: an Implementation that nobody made is on the default engine.
func TestZeroValue(t *testing.T) {
	const n = 100
	x, a := make([]float64, n), make([]float64, n*n)
	for i := range x {
		x[i] = 1 / float64(i+3)
	}
	for i := range a {
		a[i] = 1 / float64(i+7)
	}
	made := New(kernels.Default())
	if got, want := (Implementation{}).Ddot(n, x, 1, a, 1), made.Ddot(n, x, 1, a, 1); got != want {
		t.Errorf("Ddot: %v, want %v", got, want)
	}
	got, want := make([]float64, n*n), make([]float64, n*n)
	Implementation{}.Dgemm(blas.NoTrans, blas.Trans, n, n, n, 1, a, n, a, n, 0, got, n)
	made.Dgemm(blas.NoTrans, blas.Trans, n, n, n, 1, a, n, a, n, 0, want, n)
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("Dgemm: element %d is %v, want %v", i, got[i], want[i])
		}
	}
}
