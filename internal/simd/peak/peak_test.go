package peak

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/isa"
)

// TestOperations counts the multiply-adds of the loops.
func TestOperations(t *testing.T) {
	for _, i := range isa.Available() {
		const turns = 3
		got, want := FMA(i, turns), 0
		if i != isa.Generic {
			text, err := os.ReadFile(fmt.Sprintf("../../../asm/f32/peak_%v_%s.s", i, runtime.GOARCH))
			if err != nil {
				t.Fatal(err)
			}
			instructions := strings.Count(string(text), "\tVFMADD231PS ") + strings.Count(string(text), "\tVFMLA ")
			want = turns * 2 * instructions * lanes[i]
		}
		if got != want || i != isa.Generic && want == 0 {
			t.Errorf("%v: %d operations, want %d", i, got, want)
		}
		if FMA(i, 0) != 0 {
			t.Errorf("%v: operations in no turn", i)
		}
	}
}
