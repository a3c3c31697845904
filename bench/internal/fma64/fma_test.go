package fma64

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// TestOperations counts the multiply-adds of the loops.
func TestOperations(t *testing.T) {
	for _, isa := range kernels.Available() {
		const turns = 3
		got, want := Peak(isa, turns), 0
		if isa != kernels.Generic {
			text, err := os.ReadFile(fmt.Sprintf("fma_%s.s", runtime.GOARCH))
			if err != nil {
				t.Fatal(err)
			}
			function, lanes := "TEXT ·"+isa.String()+"(", map[kernels.ISA]int{kernels.NEON: 2, kernels.AVX2: 4, kernels.AVX512: 8}[isa]
			_, body, _ := strings.Cut(string(text), function)
			body, _, _ = strings.Cut(body, "RET")
			want = turns * 2 * lanes * (strings.Count(body, "VFMADD231PD ") + strings.Count(body, "VFMLA "))
		}
		if got != want || isa != kernels.Generic && want == 0 {
			t.Errorf("%v: %d operations, want %d", isa, got, want)
		}
		if Peak(isa, 0) != 0 {
			t.Errorf("%v: operations in no turn", isa)
		}
	}
}
