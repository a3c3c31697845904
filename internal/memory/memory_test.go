package memory

import (
	"runtime/debug"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// TestRows: they are counted as they lie in a matrix.
func TestRows(t *testing.T) {
	for _, cols := range []int{0, 1, 16, 17, 784, 1024} {
		if got, want := Rows(3, cols), float64(4*len(kernels.NewMatrix(3, cols).Data)); got != want {
			t.Errorf("3 rows of %d: %v bytes, want %v", cols, got, want)
		}
	}
}

// TestCheck: GOMEMLIMIT counts, and little is not looked at.
func TestCheck(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(64 << 20))
	if err := Check("this", little); err != nil {
		t.Error(err)
	}
	if err := Check("this", 1e9); err == nil || !strings.Contains(err.Error(), "this takes about 1 GB of memory, and 0.0671 GB are free") {
		t.Errorf("error %v", err)
	}
}
