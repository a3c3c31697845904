package rows

import (
	"math"
	"testing"
)

func TestFinite(t *testing.T) {
	for n := range 11 {
		x := make([]float32, n)
		for i := range x {
			x[i] = math.MaxFloat32 * float32(1-2*(i%2))
		}
		if !Finite(x) {
			t.Errorf("%v is finite", x)
		}
		for i := range x {
			for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(math.NaN(), -1)} {
				good := x[i]
				if x[i] = float32(bad); Finite(x) || CheckExample(3, x) == nil {
					t.Errorf("%v is not", x)
				}
				x[i] = good
			}
		}
	}
}
