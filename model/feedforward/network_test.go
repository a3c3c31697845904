package feedforward

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
)

// newNetwork has random biases too.
func newNetwork(t testing.TB, e *kernels.Engine, top Top, sizes ...int) *Network {
	t.Helper()
	config := DefaultConfig(top, sizes...)
	for i := range config.Hidden {
		config.Hidden[i] = []kernels.Activation{kernels.Tanh, kernels.Softplus, kernels.Sigmoid}[i%3]
	}
	n, err := New(config, 1, e)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range n.Maps {
		m.Weights.Pack(0, random.Uniform(1, m.Outputs(), uint64(i)))
	}
	return n
}

// slowOutputs are an example's outputs in float64.
func slowOutputs(n *Network, x []float32) []float64 {
	h := modeltest.Wide(x)
	for _, m := range n.Maps {
		h = modeltest.NewSlowMap(m).Apply(h)
	}
	if n.Config.Top != Softmax {
		return h
	}
	var sum float64
	for _, z := range h {
		sum += math.Exp(z)
	}
	for j, z := range h {
		h[j] = math.Exp(z) / sum
	}
	return h
}

// TestPredict: outputs in several chunks are those of a slow computation.
func TestPredict(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	x := random.Uniform(450, 9, 5)
	for _, top := range []Top{Softmax, Linear, Logistic} {
		for _, sizes := range [][]int{{9, 4}, {9, 20, 17, 8, 5}} {
			n := newNetwork(t, e, top, sizes...)
			var done []int
			y, err := n.Predict(t.Context(), e, model.Rows{Matrix: x}, func(d int) { done = append(done, d) })
			if err != nil {
				t.Fatal(err)
			}
			if len(done) != 3 || done[2] != 450 {
				t.Errorf("progress %v", done)
			}
			for i := range x.Rows {
				for j, want := range slowOutputs(n, x.Row(i)) {
					if got := float64(y.Row(i)[j]); !modeltest.Near(got, want, 1e-6) {
						t.Fatalf("%v %v: output %d of example %d is %v, want %v", top, sizes, j, i, got, want)
					}
				}
			}
		}
	}
}

func TestPredictRefusesAndStops(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := newNetwork(t, e, Softmax, 9, 4)
	if _, err := n.Predict(t.Context(), e, model.Rows{Matrix: random.Uniform(3, 8, 1)}, nil); err == nil {
		t.Error("examples of 8 numbers for 9 inputs: no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.Predict(ctx, e, model.Rows{Matrix: random.Uniform(3, 9, 1)}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
}

func TestPredictorDoesNotAllocate(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	e := modeltest.Engine(t, kernels.AVX512, 1)
	p := newNetwork(t, e, Softmax, 9, 20, 4).NewPredictor(8)
	if allocs := testing.AllocsPerRun(20, func() { p.Outputs(e, 5) }); allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func TestSameBitsEverywhere(t *testing.T) {
	x := random.Uniform(230, 30, 5)
	modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
		y, err := newNetwork(t, e, Softmax, 30, 21, 13, 10).Predict(t.Context(), e, model.Rows{Matrix: x}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return y.Data
	})
}

// TestLoss: the loss is its definition, and its gradient the numerical one, by logits or
// pre-activations.
func TestLoss(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	const outputs = 5
	target, weight := random.Uniform(1, outputs, 2).Row(0), random.Uniform(1, outputs, 3).Row(0)
	weight[1] = 0
	for _, top := range []Top{Softmax, Linear, Logistic} {
		n := newNetwork(t, e, top, 3, outputs)
		z := modeltest.Wide(random.Uniform(1, outputs, 4).Row(0))
		value := func() (loss float64) {
			var sum float64
			for _, v := range z {
				sum += math.Exp(v)
			}
			for j, v := range z {
				w, t := float64(weight[j]), float64(target[j])
				switch top {
				case Softmax:
					loss -= w * t * (v - math.Log(sum))
				case Linear:
					loss += w * (v - t) * (v - t)
				case Logistic:
					loss += w * math.Pow(1/(1+math.Exp(-v))-t, 2)
				}
			}
			return loss
		}
		y, delta := kernels.NewMatrix(1, outputs), make([]float32, outputs)
		for j, v := range z {
			y.Row(0)[j] = float32(v)
		}
		e.Apply(top.activation(), y.Row(0), y.Row(0))
		n.Finish(e, y)
		if got := n.Loss(e, y.Row(0), target, weight, delta); !modeltest.Near(got, value(), 1e-6) {
			t.Errorf("%v: loss %v, want %v", top, got, value())
		}
		for j := range z {
			if want := modeltest.Slope(&z[j], value); !modeltest.Near(float64(delta[j]), want, 1e-6) {
				t.Errorf("%v: delta %d is %v, want %v", top, j, delta[j], want)
			}
		}
	}
}

// TestLargeLogits: no logits overflow, and the loss of a class that is ruled out is finite.
func TestLargeLogits(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := newNetwork(t, e, Softmax, 3, 3)
	y := modeltest.Matrix([]float32{1e30, -1e30, 0})
	n.Finish(e, y)
	if row := y.Row(0); row[0] != 1 || row[1] != 0 || row[2] != 0 {
		t.Errorf("probabilities %v", row)
	}
	delta := make([]float32, 3)
	loss := n.Loss(e, y.Row(0), []float32{0, 1, 0}, []float32{1, 1, 1}, delta)
	if math.Abs(loss-126*math.Ln2) > 1e-4 || delta[0] != 1 || delta[1] != -1 || delta[2] != 0 {
		t.Errorf("loss %v, delta %v", loss, delta)
	}
}

func TestClassesAndAccuracy(t *testing.T) {
	y := modeltest.Matrix([]float32{1, 3, 3}, []float32{-1, -2, -3}, []float32{0, 0, 1})
	got := Classes(y)
	if got[0] != 1 || got[1] != 0 || got[2] != 2 {
		t.Errorf("classes %v", got)
	}
	if a, stdErr := Accuracy(y, []uint8{1, 1, 2}); !modeltest.Near(a, 2.0/3, 1e-12) || !modeltest.Near(stdErr, math.Sqrt(2.0/27), 1e-12) {
		t.Errorf("accuracy %v +- %v", a, stdErr)
	}
}

func TestCopyHasItsOwnMemory(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := newNetwork(t, e, Linear, 3, 4, 2)
	c := n.Copy()
	if i := modeltest.FirstDifference(c.Maps[1].Weights.Data, n.Maps[1].Weights.Data); i >= 0 {
		t.Errorf("parameter %d differs", i)
	}
	n.Maps[1].Weights.Data[0]++
	if c.Maps[1].Weights.Data[0] == n.Maps[1].Weights.Data[0] {
		t.Error("the copy changes with the network")
	}
	if got := n.Parameters(); got != 4*4+5*2 {
		t.Errorf("%d parameters", got)
	}
}

func TestBadConfig(t *testing.T) {
	for want, config := range map[string]Config{
		"1 layers":           {Sizes: []int{3}},
		"layer 1 has 0":      {Sizes: []int{3, 0}},
		"or more weights":    {Sizes: []int{1 << 20, 1 << 20}},
		"0 activations for":  {Sizes: []int{3, 4, 5}},
		"unknown activation": {Sizes: []int{3, 4, 5}, Hidden: []kernels.Activation{77}},
		"unknown top":        {Sizes: []int{3, 4}, Top: 9},
		"softmax over 1":     {Sizes: []int{3, 1}},
	} {
		_, err := New(config, 1, kernels.Default())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error %v, want one with %q", config, err, want)
		}
	}
}

func TestBadLabels(t *testing.T) {
	data := modeltest.Bars{N: 3, Width: 4}
	if _, err := NewLabelled(data, []uint8{0, 1}, 2); err == nil {
		t.Error("2 labels for 3 examples: no error")
	}
	if _, err := NewLabelled(data, []uint8{0, 1, 2}, 2); err == nil {
		t.Error("label 2 of 2 classes: no error")
	}
}
