package chain

import (
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
)

// gaussians are the standard normal numbers of row i of a noise.
func gaussians(e *kernels.Engine, cols int, noise kernels.Noise, i int) []float64 {
	m := kernels.NewMatrix(1, cols)
	e.AddGaussian(m, m, 1, noise, i)
	return modeltest.Wide(m.Row(0))
}

// bernoulliMeans are the means of draws with probabilities p.
func bernoulliMeans(e *kernels.Engine, p []float32, draws int, noise kernels.Noise, i int) []float64 {
	from, to := kernels.NewMatrix(1, len(p)), kernels.NewMatrix(1, len(p))
	copy(from.Row(0), p)
	e.BernoulliMean(to, from, draws, noise, i)
	return modeltest.Wide(to.Row(0))
}

func plus(x []float64, std float64, z []float64) []float64 {
	y := slices.Clone(x)
	for j := range y {
		y[j] += std * z[j]
	}
	return y
}

// slowJointStep is a step of the joint chain on row i with the states h, written
// down from Section 5.
func slowJointStep(e *kernels.Engine, n *model.Network, h [][]float32, seed uint64, step uint32, i int) [][]float64 {
	noise := func(stream uint16) kernels.Noise { return kernels.Noise{Seed: seed, Stream: stream, Step: step} }
	top := n.Config.Latents()
	fromBelow := func(l int) []float64 {
		z := gaussians(e, len(h[l-1]), noise(random.ChainUp+uint16(l)), i)
		return modeltest.NewSlowMap(n.Encoders[l-1]).Apply(plus(modeltest.Wide(h[l-1]), 0.5, z))
	}
	fromAbove := func(l int) []float64 { // of h[l], by g_{l+1}
		stream := noise(random.ChainDown + uint16(l+1))
		if l+1 == top { // sigmoid
			return modeltest.NewSlowMap(n.Decoders[l]).Apply(bernoulliMeans(e, h[l+1], 3, stream, i))
		}
		return modeltest.NewSlowMap(n.Decoders[l]).Apply(plus(modeltest.Wide(h[l+1]), 0.3, gaussians(e, len(h[l+1]), stream, i)))
	}
	next := [][]float64{fromAbove(0)}
	half := make([]float32, top-1)
	for l := range half {
		half[l] = 0.5
	}
	above := []float64{}
	if top > 1 {
		above = bernoulliMeans(e, half, 1, noise(random.ChainCoin), i)
	}
	for l := 1; l < top; l++ {
		if above[l-1] == 1 {
			next = append(next, fromAbove(l))
		} else {
			next = append(next, fromBelow(l))
		}
	}
	return append(next, fromBelow(top))
}

func TestJointChainAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, sizes := range [][]int{{20, 9}, {20, 17, 6}, {70, 17, 12, 5}, {7, 6, 5, 4, 3, 2}} {
		n := modeltest.Network(t, e, sizes...)
		settings := DefaultWalking(Joint)
		settings.Seed = 9
		const chains, first = 6, 3
		w := newWalkers(e, n, modeltest.Images(modeltest.Bars{N: chains, Width: sizes[0]}, 0, chains), first, settings)
		for l := 1; l < len(sizes); l++ {
			want := modeltest.NewSlowMap(n.Encoders[l-1]).Apply(modeltest.Wide(w.states.H[l-1].Row(0)))
			for j, v := range w.states.H[l].Row(0) {
				if !modeltest.Near(float64(v), want[j], 1e-5) {
					t.Fatalf("h[%d] starts at %v, want %v", l, v, want[j])
				}
			}
		}
		for step := range 5 {
			var want [][][]float64
			for i := range chains {
				var h [][]float32
				for _, m := range w.states.H {
					h = append(h, slices.Clone(m.Row(i)))
				}
				want = append(want, slowJointStep(e, n, h, settings.Seed, uint32(step), first+i))
			}
			if err := w.step(t.Context(), step); err != nil {
				t.Fatal(err)
			}
			for i := range chains {
				for l, m := range w.states.H {
					for j, v := range m.Row(i) {
						if !modeltest.Near(float64(v), want[i][l][j], 1e-5) {
							t.Fatalf("sizes %v, step %d, chain %d: h[%d][%d] = %v, want %v", sizes, step, i, l, j, v, want[i][l][j])
						}
					}
				}
			}
		}
	}
}

func TestMiddleLayersComeFromAboveHalfTheTime(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 4, 3, 3, 2)
	const chains, steps = 200, 50
	w := newWalkers(e, n, Uniform(chains, 4, 1), 0, DefaultWalking(Joint))
	var above [2]float64
	both := 0.0
	for step := range steps {
		if err := w.step(t.Context(), step); err != nil {
			t.Fatal(err)
		}
		for i := range chains {
			coins := w.coins.Row(i)
			above[0] += float64(coins[0])
			above[1] += float64(coins[1])
			both += float64(coins[0] * coins[1])
		}
	}
	const n4 = 4 * 0.5 / 100 // four standard errors of a share of 10,000
	for _, sum := range above {
		if got := sum / (chains * steps); math.Abs(got-0.5) > n4 {
			t.Errorf("from above with probability %v, want 1/2", got)
		}
	}
	if got := both / (chains * steps); math.Abs(got-0.25) > n4 {
		t.Errorf("both layers from above with probability %v, want 1/4", got)
	}
}

func TestLatentChainAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, sizes := range [][]int{{20, 9}, {20, 17, 6}, {70, 17, 12, 5}} {
		n := modeltest.Network(t, e, sizes...)
		settings := DefaultWalking(Latent)
		settings.VisibleStd, settings.Inference.Iterations = 0.2, 4
		const chains, first = 3, 2
		w := newWalkers(e, n, modeltest.Images(modeltest.Bars{N: chains, Width: sizes[0]}, 0, chains), first, settings)
		for step := range 4 {
			var means, draws [][]float64
			for i := range chains {
				h := modeltest.NewSlowNetwork(n).Infer(modeltest.Wide(w.states.H[0].Row(i)), settings.Inference)
				mean := modeltest.NewSlowMap(n.Decoders[0]).Apply(h[1])
				z := gaussians(e, sizes[0], kernels.Noise{Seed: 1, Stream: random.ChainDraw, Step: uint32(step)}, first+i)
				means, draws = append(means, mean), append(draws, plus(mean, 0.2, z))
			}
			if err := w.step(t.Context(), step); err != nil {
				t.Fatal(err)
			}
			for i := range chains {
				for j := range sizes[0] {
					if got := w.mean.Row(i)[j]; !modeltest.Near(float64(got), means[i][j], 1e-5) {
						t.Fatalf("sizes %v, step %d, chain %d: mean %v, want %v", sizes, step, i, got, means[i][j])
					}
					if got := w.states.H[0].Row(i)[j]; !modeltest.Near(float64(got), draws[i][j], 1e-5) {
						t.Fatalf("sizes %v, step %d, chain %d: draw %v, want %v", sizes, step, i, got, draws[i][j])
					}
				}
			}
		}
	}
}
