package chain

import (
	"context"
	"errors"
	"math"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestLatentChainWithoutNoiseIsGenerate ties the chain to Algorithm 2.
func TestLatentChainWithoutNoiseIsGenerate(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 21, 13)
	if err := n.EstimatePrior(t.Context(), e, modeltest.Bars{N: 30, Width: 30}, model.TrainInference(), nil); err != nil {
		t.Fatal(err)
	}
	generate := func(s model.Sampling) kernels.Matrix {
		m, err := n.Generate(t.Context(), e, 7, s, nil)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	settings := DefaultWalking(Latent)
	settings.Steps, settings.VisibleStd = 3, 0
	walk, err := Walk(t.Context(), e, n, generate(model.DirectedSampling()), settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(walk.Last.Data, generate(model.DefaultSampling()).Data) {
		t.Error("the chain and GENERATE differ")
	}
}

func TestWalkKeepsPaths(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 20, 11, 5)
	start := Uniform(230, 20, 4)
	for _, kind := range []Kind{Joint, Latent} {
		settings := DefaultWalking(kind)
		settings.Steps, settings.Paths, settings.Inference.Iterations = 4, 215, 2
		last := 0
		walk, err := Walk(t.Context(), e, n, start, settings, func(done int) {
			if done <= last {
				t.Errorf("%v: progress from %d to %d", kind, last, done)
			}
			last = done
		})
		if err != nil {
			t.Fatal(err)
		}
		if last != start.Rows*settings.Steps {
			t.Errorf("%v: progress ends at %d", kind, last)
		}
		if len(walk.Paths) != 215 {
			t.Fatalf("%v: %d paths", kind, len(walk.Paths))
		}
		for i, path := range walk.Paths {
			if !slices.Equal(path.Row(0), start.Row(i)) || !slices.Equal(path.Row(4), walk.Last.Row(i)) {
				t.Errorf("%v: path %d does not lead from the start to the end", kind, i)
			}
		}
		// Shorter walks of fewer chains are the beginning of longer ones.
		settings.Steps, settings.Paths = 2, 300
		short, err := Walk(t.Context(), e, n, start.Slice(0, 7), settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 7 {
			if !slices.Equal(short.Last.Row(i), walk.Paths[i].Row(2)) || len(short.Paths) != 7 {
				t.Errorf("%v: chain %d depends on how many there are", kind, i)
			}
		}
		if slices.Equal(walk.Last.Row(0), walk.Last.Row(200)) {
			t.Errorf("%v: chains repeat", kind)
		}
		settings.Steps = 0
		still, err := Walk(t.Context(), e, n, start, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(still.Last.Row(229), start.Row(229)) {
			t.Errorf("%v: no steps lead away from the start", kind)
		}
	}
}

func TestWalkHasTheSameBitsEverywhere(t *testing.T) {
	for _, kind := range []Kind{Joint, Latent} {
		modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
			settings := DefaultWalking(kind)
			settings.Steps = 3
			walk, err := Walk(t.Context(), e, modeltest.Network(t, e, 30, 21, 17, 13), Uniform(9, 30, 1), settings, nil)
			if err != nil {
				t.Fatal(err)
			}
			return walk.Last.Data
		})
	}
}

func TestBadWalks(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 4, 3)
	nan := float32(math.NaN())
	for name, change := range map[string]func(*Walking){
		"chain": func(w *Walking) { w.Chain = 99 },
		"steps": func(w *Walking) { w.Steps = -1 },
		"paths": func(w *Walking) { w.Paths = -1 },
		"std":   func(w *Walking) { w.VisibleStd = nan },
		"delta": func(w *Walking) { w.Inference.Delta = nan },
		"noise": func(w *Walking) { w.Chain, w.Corruption.DownNoise = Joint, nan },
		"draws": func(w *Walking) { w.Chain, w.Corruption.Draws = Joint, 0 },
	} {
		settings := DefaultWalking(Latent)
		change(&settings)
		if _, err := Walk(t.Context(), e, n, Uniform(2, 4, 1), settings, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := Walk(t.Context(), e, n, Uniform(2, 5, 1), DefaultWalking(Joint), nil); err == nil {
		t.Error("wrong width: no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Walk(ctx, e, n, Uniform(2, 4, 1), DefaultWalking(Joint), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
}

// TestContext: an endless INFERENCE within a step ends with its context.
func TestContext(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 8, 4)
	settings := DefaultWalking(Latent)
	settings.Inference.Iterations = model.MaxIterations
	modeltest.EndsSoon(t, "Walk", func(ctx context.Context) error {
		_, err := Walk(ctx, e, n, Uniform(200, 30, 1), settings, nil)
		return err
	})
}

// TestTooLongPaths: what does not fit in memory is refused before it is begun.
func TestTooLongPaths(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(64 << 20))
	e := modeltest.Engine(t, kernels.AVX512, 1)
	s := DefaultWalking(Latent)
	s.Steps, s.Paths = 1<<20, 10
	for _, pixels := range []int{30, 1} { // a row of one takes as much as one of 16
		if _, err := Walk(t.Context(), e, modeltest.Network(t, e, pixels, 8, 4), kernels.NewMatrix(10, pixels), s, nil); err == nil || !strings.Contains(err.Error(), "GB of memory") {
			t.Errorf("%d pixels: error %v", pixels, err)
		}
	}
}

// TestNotFinite: a weight of NaN gives no chain.
func TestNotFinite(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 8, 4)
	n.Decoders[0].Weights.Data[3] = float32(math.NaN())
	for _, kind := range []Kind{Joint, Latent} {
		if _, err := Walk(t.Context(), e, n, Uniform(3, 30, 1), DefaultWalking(kind), nil); !errors.Is(err, model.ErrDiverged) {
			t.Errorf("%v: %v", kind, err)
		}
	}
}
