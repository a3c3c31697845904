package measure

import (
	"errors"
	"fmt"
	"math"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// TestTraceFollowsInference compares the curves with the densities at what
// slow inference finds with ever more iterations.
func TestTraceFollowsInference(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, n := range modeltest.TinyNetworks(t, e) {
		m, top := modeltest.NewSlowNetwork(n), n.Config.Latents()
		data := modeltest.Bars{N: rows.Inferred + 5, Width: n.Config.Sizes[0]}
		settings := Tracing{Inference: model.Inference{Iterations: 4, Delta: 0.1, Alpha: 0.2}, Prior: true, Single: []int{rows.Inferred + 1, 3}}
		curves, err := Trace(t.Context(), e, n, data, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		names := []string{"log p(x,h)", "log p(x|h1)"}
		for l := 1; l < top; l++ {
			names = append(names, fmt.Sprintf("log p(h%d|h%d)", l, l+1))
		}
		names = append(names, fmt.Sprintf("log p(h%d)", top))
		x := make([]float32, data.Width)
		for k := range settings.Inference.Iterations + 1 {
			values := make([][]float64, len(names)) // name, example
			partial := settings.Inference
			partial.Iterations = k
			for i := range data.N {
				data.Read(i, x)
				h := m.Infer(modeltest.Wide(x), partial)
				terms, prior := m.LogP(h), m.LogPrior(h)
				total := prior
				for _, term := range terms {
					total += term
				}
				for v, value := range slices.Concat([]float64{total}, terms, []float64{prior}) {
					values[v] = append(values[v], value)
				}
			}
			for v, c := range curves {
				mean, stdErr := stat.MeanError(values[v])
				ok := c.Name == names[v] && modeltest.Near(c.Mean[k], mean, 1e-5) && modeltest.Near(c.StdErr[k], stdErr, 1e-5)
				for j, i := range settings.Single {
					ok = ok && modeltest.Near(c.Single[j][k], values[v][i], 1e-5)
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
	want := modeltest.SameBits(t, func(e *kernels.Engine) []float64 {
		n := modeltest.Network(t, e, 30, 21, 13)
		curves, err := Trace(t.Context(), e, n, modeltest.Remainders{N: 50, Width: 30}, DefaultTracing(), nil)
		if err != nil {
			t.Fatal(err)
		}
		var all []float64
		for _, c := range curves {
			all = append(append(all, c.Mean...), c.StdErr...)
		}
		return all
	})
	if got := modeltest.Hash(want); got != 0x98bb6a2718121e47 {
		t.Errorf("hash %#x is not the one found before", got)
	}
}

func TestBadTracing(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 4, 3)
	for name, change := range map[string]func(*Tracing, *modeltest.Bars){
		"examples":  func(_ *Tracing, d *modeltest.Bars) { d.N = 1 },
		"width":     func(_ *Tracing, d *modeltest.Bars) { d.Width = 5 },
		"single":    func(s *Tracing, _ *modeltest.Bars) { s.Single = []int{5} },
		"inference": func(s *Tracing, _ *modeltest.Bars) { s.Inference.Delta = float32(math.NaN()) },
	} {
		settings, data := DefaultTracing(), modeltest.Bars{N: 5, Width: 4}
		change(&settings, &data)
		if _, err := Trace(t.Context(), e, n, data, settings, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	settings := DefaultTracing()
	settings.Prior = true
	if _, err := Trace(t.Context(), e, n, modeltest.Bars{N: 5, Width: 4}, settings, nil); !errors.Is(err, model.ErrNoPrior) {
		t.Errorf("error %v without a prior, want model.ErrNoPrior", err)
	}
}

// TestTooLongTrace: what does not fit in memory is refused before it is begun.
func TestTooLongTrace(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(64 << 20))
	e := modeltest.Engine(t, kernels.AVX512, 1)
	s := DefaultTracing()
	s.Inference.Iterations = model.MaxIterations
	if _, err := Trace(t.Context(), e, modeltest.Network(t, e, 30, 8, 4), modeltest.Bars{N: 1000, Width: 30}, s, nil); err == nil || !strings.Contains(err.Error(), "GB of memory") {
		t.Errorf("error %v", err)
	}
}

// TestTraceOfNaN: a weight of NaN gives no curve.
func TestTraceOfNaN(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 8, 4)
	n.Decoders[0].Weights.Data[3] = float32(math.NaN())
	for _, iterations := range []int{0, 3} {
		s := DefaultTracing()
		s.Inference.Iterations = iterations
		if _, err := Trace(t.Context(), e, n, modeltest.Bars{N: 10, Width: 30}, s, nil); !errors.Is(err, model.ErrDiverged) {
			t.Errorf("%d iterations: error %v", iterations, err)
		}
	}
}
