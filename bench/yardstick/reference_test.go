//go:build peers

package yardstick

import "math"

// reference is the same training in float64, written from the algorithm, without noise.
type reference struct {
	c          Config
	w, b       [Maps][]float64
	a, v, m    [Maps][]float64 // of the weights, then of the biases
	h1, h2     []float64
	inputs     [Maps]int // widths
	outputs    [Maps]int
	activation [Maps]func(float64) (value, slope float64)
}

func sigmoid(z float64) (float64, float64) {
	s := 1 / (1 + math.Exp(-z))
	return s, s * (1 - s)
}

func softplus(z float64) (float64, float64) {
	s, _ := sigmoid(z)
	return math.Max(z, 0) + math.Log1p(math.Exp(-math.Abs(z))), s
}

// newReference starts from the parameters of t.
func newReference(t *Trainer) *reference {
	r := &reference{c: t.config}
	r.activation = [Maps]func(float64) (float64, float64){G1: sigmoid, F1: softplus, G2: softplus, F2: sigmoid}
	for m := range Map(Maps) {
		w, b := t.Map(m)
		r.w[m], r.b[m] = widen(w), widen(b)
		r.inputs[m], r.outputs[m] = t.Shape(m)
		n := len(w) + len(b)
		r.a[m], r.v[m], r.m[m] = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	return r
}

func widen(s []float32) []float64 {
	d := make([]float64, len(s))
	for i, x := range s {
		d[i] = float64(x)
	}
	return d
}

// apply returns the values and slopes of a map on a minibatch.
func (r *reference) apply(m Map, input []float64) (y, slope []float64) {
	in, out := r.inputs[m], r.outputs[m]
	y, slope = make([]float64, r.c.Batch*out), make([]float64, r.c.Batch*out)
	for i := range r.c.Batch {
		for j := range out {
			z := r.b[m][j]
			for k := range in {
				z += input[i*in+k] * r.w[m][k*out+j]
			}
			y[i*out+j], slope[i*out+j] = r.activation[m](z)
		}
	}
	return y, slope
}

func (r *reference) value(m Map, input []float64) []float64 {
	y, _ := r.apply(m, input)
	return y
}

func (r *reference) infer(x []float64) {
	f1x := r.value(F1, x)
	h1 := append([]float64(nil), f1x...)
	h2 := r.value(F2, h1)
	for range r.c.Iterations {
		up, down := r.value(F2, h1), r.value(F2, r.value(G2, h2))
		for i := range h2 {
			h2[i] += float64(r.c.Delta) * (up[i] - down[i])
		}
		back, again := r.value(G2, h2), r.value(F1, r.value(G1, h1))
		for i := range h1 {
			h1[i] += float64(r.c.Delta)*(f1x[i]-again[i]) + float64(r.c.Alpha)*(back[i]-h1[i])
		}
	}
	r.h1, r.h2 = h1, h2
}

func (r *reference) step(x []float64) (losses [Maps]float64) {
	r.infer(x)
	inputs := [Maps][]float64{G1: r.h1, F1: x, G2: r.h2, F2: r.h1}
	targets := [Maps][]float64{G1: x, F1: r.h1, G2: r.h1, F2: r.h2}
	for m := range Map(Maps) {
		in, out := r.inputs[m], r.outputs[m]
		y, slope := r.apply(m, inputs[m])
		grad := make([]float64, (in+1)*out)
		for i := range r.c.Batch {
			for j := range out {
				e := y[i*out+j] - targets[m][i*out+j]
				losses[m] += e * e / float64(r.c.Batch)
				d := 2 / float64(r.c.Batch) * e * slope[i*out+j]
				for k := range in {
					grad[k*out+j] += inputs[m][i*in+k] * d
				}
				grad[in*out+j] += d
			}
		}
		for i, g := range grad {
			r.a[m][i] = 0.95*r.a[m][i] + 0.05*g
			r.v[m][i] = 0.95*r.v[m][i] + 0.05*g*g
			r.m[m][i] = 0.9*r.m[m][i] - float64(r.c.Rate)*g/math.Sqrt(r.v[m][i]-r.a[m][i]*r.a[m][i]+1e-4)
			if i < in*out {
				r.w[m][i] += r.m[m][i]
			} else {
				r.b[m][i-in*out] += r.m[m][i]
			}
		}
	}
	return losses
}
