package memory

import (
	"fmt"
	"runtime"
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

// TestCheck: GOMEMLIMIT counts, less what is held already, and little is not looked at.
func TestCheck(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(256 << 20))
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // garbage is kept as long as can be
	held := make([]byte, 150<<20)
	if err := Check("this", little); err != nil {
		t.Error(err)
	}
	if err := Check("this", 50<<20); err != nil {
		t.Error(err)
	}
	err := Check("this", 150<<20)
	if err == nil {
		t.Fatal("accepted")
	}
	var free float64
	_, rest, found := strings.Cut(err.Error(), "this takes about 0.157 GB of memory, and ")
	if n, _ := fmt.Sscanf(rest, "%g GB are free", &free); !found || n != 1 || free < 0.06 || free > 0.12 {
		t.Errorf("error %v, want some 0.1 GB free", err)
	}
	runtime.KeepAlive(held)
	// Nobody uses it any more.
	if err := Check("this", 150<<20); err != nil {
		t.Error(err)
	}
}
