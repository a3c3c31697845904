package model

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// TestTraceFollowsInference compares the curves with the densities at what
// slow inference finds with ever more iterations.
func TestTraceFollowsInference(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	for _, n := range tinyNetworks(t, e) {
		m, top := slowNetwork(n), n.Config.Latents()
		data := toy{n: rows.Inferred + 5, dim: n.Config.Sizes[0]}
		settings := Tracing{Inference: Inference{Iterations: 4, Delta: 0.1, Alpha: 0.2}, Prior: true, Single: []int{rows.Inferred + 1, 3}}
		curves, err := n.Trace(t.Context(), e, data, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		names := []string{"log p(x,h)", "log p(x|h1)"}
		for l := 1; l < top; l++ {
			names = append(names, fmt.Sprintf("log p(h%d|h%d)", l, l+1))
		}
		names = append(names, fmt.Sprintf("log p(h%d)", top))
		x := make([]float32, data.dim)
		for k := range settings.Inference.Iterations + 1 {
			values := make([][]float64, len(names)) // name, example
			partial := settings.Inference
			partial.Iterations = k
			for i := range data.n {
				data.Read(i, x)
				terms := m.terms(slowInfer(n, wide(x), partial), true)
				for v, value := range slices.Concat([]float64{terms.LogP()}, terms.P, []float64{terms.Prior}) {
					values[v] = append(values[v], value)
				}
			}
			for v, c := range curves {
				mean, stdErr := stat.MeanError(values[v])
				ok := c.Name == names[v] && near(c.Mean[k], mean, 1e-5) && near(c.StdErr[k], stdErr, 1e-5)
				for j, i := range settings.Single {
					ok = ok && near(c.Single[j][k], values[v][i], 1e-5)
				}
				if !ok {
					t.Errorf("sizes %v, %s after %d iterations: %v +- %v, want %v +- %v", n.Config.Sizes, c.Name, k, c.Mean[k], c.StdErr[k], mean, stdErr)
				}
			}
		}
		if len(curves) != len(names) {
			t.Errorf("sizes %v: %d curves, want %v", n.Config.Sizes, len(curves), names)
		}
	}
}

// TestTraceSameBitsEverywhere has a hash that was found once, on amd64.
func TestTraceSameBitsEverywhere(t *testing.T) {
	run := func(e *kernels.Engine) []float64 {
		n := newNetwork(t, e, 30, 21, 13)
		curves, err := n.Trace(t.Context(), e, toy2{50, 30}, DefaultTracing(), nil)
		if err != nil {
			t.Fatal(err)
		}
		var all []float64
		for _, c := range curves {
			all = append(append(all, c.Mean...), c.StdErr...)
		}
		return all
	}
	want := run(newEngine(t, kernels.Generic, 1))
	if got := hash(want); got != 0x98bb6a2718121e47 {
		t.Errorf("hash %#x is not the one found before", got)
	}
	for _, isa := range kernels.Available() {
		for _, threads := range []int{1, 3} {
			if !slices.Equal(run(newEngine(t, isa, threads)), want) {
				t.Errorf("%v with %d threads differs from plain Go on one thread", isa, threads)
			}
		}
	}
}

func TestBadTracing(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	n := newNetwork(t, e, 4, 3)
	for name, change := range map[string]func(*Tracing, *toy){
		"examples":  func(_ *Tracing, d *toy) { d.n = 1 },
		"width":     func(_ *Tracing, d *toy) { d.dim = 5 },
		"single":    func(s *Tracing, _ *toy) { s.Single = []int{5} },
		"inference": func(s *Tracing, _ *toy) { s.Inference.Delta = float32(math.NaN()) },
	} {
		settings, data := DefaultTracing(), toy{n: 5, dim: 4}
		change(&settings, &data)
		if _, err := n.Trace(t.Context(), e, data, settings, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	settings := DefaultTracing()
	settings.Prior = true
	if _, err := n.Trace(t.Context(), e, toy{n: 5, dim: 4}, settings, nil); !errors.Is(err, ErrNoPrior) {
		t.Errorf("error %v without a prior, want ErrNoPrior", err)
	}
}
