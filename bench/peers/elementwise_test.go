package peers

import (
	"math"
	"testing"
)

func TestElementwise(t *testing.T) {
	functions := []struct {
		name      string
		of        func(Peer) Elementwise
		meaning   func(float64) float64
		low, high float64
		unit      float64 // below this size an error counts as absolute
	}{
		{"exp", func(p Peer) Elementwise { return p.Exp }, math.Exp, -80, 80, 0},
		{"log", func(p Peer) Elementwise { return p.Log }, math.Log, 1e-6, 1e6, 0.01},
		{"tanh", func(p Peer) Elementwise { return p.Tanh }, math.Tanh, -9, 9, 0.01},
		{"sigmoid", func(p Peer) Elementwise { return p.Sigmoid }, sigmoid, -30, 30, 0.01},
		{"softplus", func(p Peer) Elementwise { return p.Softplus }, softplus, -10, 30, 0.1}, // oneDNN: 1e-6 absolute
	}
	list, _ := All()
	for _, p := range list {
		for _, f := range functions {
			apply := f.of(p)
			if apply == nil {
				continue
			}
			t.Run(p.Name+"/"+f.name, func(t *testing.T) {
				for _, n := range []int{0, 1, 15, 16, 17, 1003} {
					src, dst := make([]float32, n), make([]float32, n)
					for i := range src {
						src[i] = float32(f.low + (f.high-f.low)*(float64(i)+0.5)/float64(n))
					}
					apply(dst, src)
					var worst float64
					for i, x := range src {
						want := f.meaning(float64(x))
						worst = max(worst, math.Abs(float64(dst[i])-want)/math.Max(math.Abs(want), f.unit))
					}
					if !(worst < 1e-4) {
						t.Errorf("n=%d: error %.2g", n, worst)
					}
					if n > 1000 {
						t.Logf("error %.2g of the value, or of %v if that is more", worst, f.unit)
					}
				}
			})
		}
	}
}
