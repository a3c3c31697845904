package model

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// slowInfer is INFERENCE on one example, written down from Algorithm 2 without
// sharing any product.
func slowInfer(n *Network, x []float64, settings Inference) [][]float64 {
	var f, g []slowMap
	for l := range n.Encoders {
		f, g = append(f, slow(n.Encoders[l])), append(g, slow(n.Decoders[l]))
	}
	h := [][]float64{x}
	for l := range f {
		h = append(h, f[l].apply(h[l]))
	}
	delta, alpha := float64(settings.Delta), float64(settings.Alpha)
	for range settings.Iterations {
		for l := len(f); l >= 1; l-- {
			up := f[l-1].apply(h[l-1])
			own := f[l-1].apply(g[l-1].apply(h[l]))
			next := make([]float64, len(h[l]))
			for j := range next {
				next[j] = h[l][j] + delta*(up[j]-own[j])
			}
			if l < len(f) {
				above := g[l].apply(h[l+1])
				for j := range next {
					next[j] += alpha * (above[j] - h[l][j])
				}
			}
			h[l] = next
		}
	}
	return h
}

func TestInferFollowsAlgorithm2(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	for _, sizes := range [][]int{{20, 9}, {20, 17, 6}, {20, 17, 12, 5}, {7, 6, 5, 4, 3, 2}} {
		n := newNetwork(t, e, sizes...)
		data := toy{n: 5, dim: sizes[0]}
		settings := Inference{Iterations: 7, Delta: 0.1, Alpha: 0.2}
		s := n.NewStates(data.n)
		for i := range data.n {
			data.Read(i, s.H[0].Row(i))
		}
		n.Infer(e, s, settings)
		for i := range data.n {
			want := slowInfer(n, wide(s.H[0].Row(i)), settings)
			for l := range want {
				for j, v := range s.H[l].Row(i) {
					if !near(float64(v), want[l][j], 1e-5) {
						t.Fatalf("sizes %v, example %d: h[%d][%d] = %v, want %v", sizes, i, l, j, v, want[l][j])
					}
				}
			}
		}
	}
}

func TestOrthonormalWeights(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	for _, sizes := range [][]int{{40, 100}, {100, 40}, {50, 50}, {3, 1}} {
		n := newNetwork(t, e, sizes...)
		for _, m := range n.Maps() {
			bias, weight := m.unpack()
			for _, b := range bias {
				if b != 0 {
					t.Fatalf("bias %v, want 0", b)
				}
			}
			in, out := m.Inputs(), m.Outputs()
			// Vectors lie along the longer side.
			at := func(v, i int) float64 { return float64(weight[v*out+i]) }
			count, length := in, out
			if in > out {
				at = func(v, i int) float64 { return float64(weight[i*out+v]) }
				count, length = out, in
			}
			for a := range count {
				for b := range a + 1 {
					var dot float64
					for i := range length {
						dot += at(a, i) * at(b, i)
					}
					want := 0.0
					if a == b {
						want = 1
					}
					if !near(dot, want, 2e-6) {
						t.Fatalf("sizes %v: vectors %d and %d have product %v, want %v", sizes, a, b, dot, want)
					}
				}
			}
		}
	}
}
