package model

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// toy is a small set of examples in [0, 1], easy to model: noisy bars.
type toy struct {
	n, dim int
	noise  float32 // 0.1 if it is 0
}

func (t toy) Len() int { return t.n }
func (t toy) Dim() int { return t.dim }
func (t toy) Read(i int, dst []float32) {
	rng := rand.New(rand.NewPCG(7, uint64(i)))
	bar := rng.IntN(5)
	noise := t.noise
	if noise == 0 {
		noise = 0.1
	}
	for j := range dst {
		dst[j] = float32(noise * rng.Float32()) // rounded, so that no compiler fuses it with the difference
		if j%5 == bar {
			dst[j] = 1 - dst[j]
		}
	}
}

func newEngine(tb testing.TB, limit kernels.ISA, threads int) *kernels.Engine {
	tb.Helper()
	e, err := kernels.New(kernels.WithMaxISA(limit), kernels.WithThreads(threads))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(e.Close)
	return e
}

func newNetwork(tb testing.TB, e *kernels.Engine, sizes ...int) *Network {
	tb.Helper()
	n, err := New(DefaultConfig(sizes...), 3, e)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// slowMap is a map in float64, with loops as plain as can be.
type slowMap struct {
	act  kernels.Activation
	bias []float64
	w    [][]float64 // input, output
}

func slow(m Map) slowMap {
	bias, weight := m.unpack()
	s := slowMap{act: m.Activation}
	for _, b := range bias {
		s.bias = append(s.bias, float64(b))
	}
	for i := range m.Inputs() {
		var row []float64
		for j := range m.Outputs() {
			row = append(row, float64(weight[i*m.Outputs()+j]))
		}
		s.w = append(s.w, row)
	}
	return s
}

func (s slowMap) preactivation(v []float64) []float64 {
	z := append([]float64(nil), s.bias...)
	for i, x := range v {
		for j := range z {
			z[j] += x * s.w[i][j]
		}
	}
	return z
}

func (s slowMap) activate(z float64) float64 {
	switch s.act {
	case kernels.Identity:
		return z
	case kernels.Tanh:
		return math.Tanh(z)
	case kernels.Softplus:
		return math.Log1p(math.Exp(-math.Abs(z))) + math.Max(z, 0)
	case kernels.Sigmoid:
		return 1 / (1 + math.Exp(-z))
	default:
		panic("no slow version of this activation")
	}
}

func (s slowMap) apply(v []float64) []float64 {
	z := s.preactivation(v)
	for j := range z {
		z[j] = s.activate(z[j])
	}
	return z
}

func wide(x []float32) []float64 {
	var y []float64
	for _, v := range x {
		y = append(y, float64(v))
	}
	return y
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance*(1+math.Abs(b)) }
