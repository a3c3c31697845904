package modeltest

import (
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// SlowMap is a map in float64.
type SlowMap struct {
	Activation kernels.Activation
	Bias       []float64
	Weight     [][]float64 // input, output
}

// NewSlowMap is a copy of m.
func NewSlowMap(m model.Map) SlowMap {
	s := SlowMap{Activation: m.Activation}
	w := kernels.NewMatrix(m.Weights.Rows, m.Weights.Cols)
	m.Weights.Unpack(0, w)
	s.Bias = Wide(w.Row(0))
	for i := range m.Inputs() {
		s.Weight = append(s.Weight, Wide(w.Row(1+i)))
	}
	return s
}

// Apply is the map's output on v.
func (s SlowMap) Apply(v []float64) []float64 {
	z := append([]float64(nil), s.Bias...)
	for i, x := range v {
		for j := range z {
			z[j] += x * s.Weight[i][j]
		}
	}
	for j := range z {
		z[j] = activate(s.Activation, z[j])
	}
	return z
}

func activate(a kernels.Activation, z float64) float64 {
	switch a {
	case kernels.Identity:
		return z
	case kernels.Tanh:
		return math.Tanh(z)
	case kernels.Softplus:
		return math.Log1p(math.Exp(-math.Abs(z))) + math.Max(z, 0)
	case kernels.Sigmoid:
		return 1 / (1 + math.Exp(-z))
	default:
		panic("modeltest: no slow version of this activation")
	}
}

// SlowNetwork is a network in float64: F[l-1] is f_l, G[l-1] is g_l, and Mean
// and Std are those of the prior.
type SlowNetwork struct {
	F, G      []SlowMap
	Mean, Std []float64
}

// NewSlowNetwork is a copy of n.
func NewSlowNetwork(n *model.Network) *SlowNetwork {
	s := &SlowNetwork{Mean: Wide(n.Prior.Mean), Std: Wide(n.Prior.Std)}
	for l := range n.Encoders {
		s.F, s.G = append(s.F, NewSlowMap(n.Encoders[l])), append(s.G, NewSlowMap(n.Decoders[l]))
	}
	return s
}

// Infer is INFERENCE on one example, written down from Algorithm 2 without
// sharing any product.
func (s *SlowNetwork) Infer(x []float64, settings model.Inference) [][]float64 {
	f, g := s.F, s.G
	h := s.Encode(x)
	delta, alpha := float64(settings.Delta), float64(settings.Alpha)
	for range settings.Iterations {
		for l := len(f); l >= 1; l-- {
			up := f[l-1].Apply(h[l-1])
			own := f[l-1].Apply(g[l-1].Apply(h[l]))
			next := make([]float64, len(h[l]))
			for j := range next {
				next[j] = h[l][j] + delta*(up[j]-own[j])
			}
			if l < len(f) {
				above := g[l].Apply(h[l+1])
				for j := range next {
					next[j] += alpha * (above[j] - h[l][j])
				}
			}
			h[l] = next
		}
	}
	return h
}

// Encode is the encoder's means of all layers.
func (s *SlowNetwork) Encode(x []float64) [][]float64 {
	h := [][]float64{x}
	for l := range s.F {
		h = append(h, s.F[l].Apply(h[l]))
	}
	return h
}

// LogP are log p(h[l] | h[l+1]), for l = 0..M-1, without constants.
func (s *SlowNetwork) LogP(h [][]float64) []float64 {
	var all []float64
	for l := range s.F {
		all = append(all, LogGaussian(h[l], s.G[l].Apply(h[l+1])))
	}
	return all
}

// LogQ are log q(h[l] | h[l-1]), for l = 1..M, without constants.
func (s *SlowNetwork) LogQ(h [][]float64) []float64 {
	var all []float64
	for l := range s.F {
		all = append(all, LogGaussian(h[l+1], s.F[l].Apply(h[l])))
	}
	return all
}

// LogPrior is log p(h[M]), without constants.
func (s *SlowNetwork) LogPrior(h [][]float64) (total float64) {
	for j, v := range h[len(h)-1] {
		z := (v - s.Mean[j]) / s.Std[j]
		total -= z*z/2 + math.Log(s.Std[j])
	}
	return total
}

// LogGaussian is the logarithm of a Gaussian density of unit variance, without
// its constant.
func LogGaussian(x, mean []float64) (total float64) {
	for j := range x {
		total -= (x[j] - mean[j]) * (x[j] - mean[j]) / 2
	}
	return total
}

// Example is the states of one example in float64.
func Example(s *model.States, i int) [][]float64 {
	var h [][]float64
	for _, m := range s.H {
		h = append(h, Wide(m.Row(i)))
	}
	return h
}
