package picture

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// TestNPYHeader compares with what NumPy 1.24 writes for
// np.save(f, np.zeros((5, 28, 28), '<f4')).
func TestNPYHeader(t *testing.T) {
	want := "\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (5, 28, 28), }" + strings.Repeat(" ", 53) + "\n"
	if got := string(npyHeader(5, 28, 28)); got != want {
		t.Errorf("header\n%q, want\n%q", got, want)
	}
	for n := 1; n < math.MaxInt/7; n *= 7 {
		h := npyHeader(n, n, n)
		if len(h)%64 != 0 || int(binary.LittleEndian.Uint16(h[8:]))+10 != len(h) || h[len(h)-1] != '\n' {
			t.Errorf("header for %d: %q", n, h)
		}
	}
}
