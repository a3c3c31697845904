package labelled_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
)

// network is a new network of the default kind whose parameters are all random.
func network(tb testing.TB, e *kernels.Engine, classes int, sizes ...int) *labelled.Network {
	tb.Helper()
	n, err := labelled.New(labelled.DefaultConfig(classes, sizes...), 3, e)
	if err != nil {
		tb.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(11, 12))
	for _, m := range append(n.Images.Maps(), n.Encoder, n.Decoder) {
		for j := range m.Outputs() {
			for i := range m.Weights.Rows {
				m.Weights.Data[m.Weights.Index(i, j)] += float32(0.3 * rng.NormFloat64())
			}
		}
	}
	return n
}

// smallTraining has every term of INFERENCE and labels that are missing.
func smallTraining() labelled.Training {
	s := labelled.DefaultTraining()
	s.Epochs, s.Batch, s.MissingRate = 2, 16, 0.3
	s.Inference = labelled.Inference{Iterations: 2, Delta: 0.1, Alpha: 0.4, Beta: 0.3}
	return s
}

// train takes all steps that are left.
func train(tb testing.TB, t *labelled.Trainer) {
	tb.Helper()
	for !t.Done() {
		if _, err := t.Step(); err != nil {
			tb.Fatal(err)
		}
	}
}

// parameters is a copy of all weights and biases.
func parameters(n *labelled.Network) []float32 {
	return slices.Concat(modeltest.Parameters(n.Images), n.Encoder.Weights.Data, n.Decoder.Weights.Data)
}

// slow is a network in float64, written down from the definitions.
type slow struct {
	f, g   []modeltest.SlowMap
	up     modeltest.SlowMap // f_y
	logits modeltest.SlowMap // g_y before its softmax
}

func newSlow(n *labelled.Network) slow {
	all := modeltest.NewSlowNetwork(n.Images)
	return slow{all.F, all.G, modeltest.NewSlowMap(n.Encoder), modeltest.NewSlowMap(n.Decoder)}
}

func slowSoftmax(z []float64) []float64 {
	p, sum := slices.Clone(z), 0.0
	for j := range p {
		p[j] = math.Exp(z[j])
		sum += p[j]
	}
	for j := range p {
		p[j] /= sum
	}
	return p
}

// down is p(y|h), g_y with its softmax.
func (s slow) down(h []float64) []float64 { return slowSoftmax(s.logits.Apply(h)) }

// add is h + scale*(a - b).
func add(h []float64, scale float32, a, b []float64) []float64 {
	next := slices.Clone(h)
	for j := range next {
		next[j] += float64(scale) * (a[j] - b[j])
	}
	return next
}

// start is the encoder's means of x.
func (s slow) start(x []float64) [][]float64 {
	h := [][]float64{x}
	for l := range s.f {
		h = append(h, s.f[l].Apply(h[l]))
	}
	return h
}

// sweep is one iteration of INFERENCE on one example. A label that is missing is
// its own prediction.
func (s slow) sweep(h [][]float64, label int, settings labelled.Inference) {
	for l := len(s.f); l >= 1; l-- {
		next := h[l]
		if l < len(s.f) {
			next = add(next, settings.Alpha, s.g[l].Apply(h[l+1]), s.g[l].Apply(s.f[l].Apply(h[l])))
			next = add(next, settings.Pull, s.g[l].Apply(h[l+1]), next)
		} else if label != labelled.Missing {
			y := make([]float64, len(s.logits.Bias))
			y[label] = 1
			next = add(next, settings.Beta, s.up.Apply(y), s.up.Apply(s.down(h[l])))
		}
		next = add(next, settings.Delta, s.f[l-1].Apply(h[l-1]), s.f[l-1].Apply(s.g[l-1].Apply(h[l])))
		h[l] = next
	}
}

// near fails unless got is want to float32's precision.
func near(t *testing.T, what string, got []float32, want []float64) {
	t.Helper()
	for j, v := range got {
		if !modeltest.Near(float64(v), want[j], 2e-5) {
			t.Fatalf("%s: number %d is %v, want %v", what, j, v, want[j])
		}
	}
}
