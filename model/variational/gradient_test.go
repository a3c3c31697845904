package variational

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// gradientOfJ is dJ/dh at the states of s.
func gradientOfJ(t *testing.T, e *kernels.Engine, n *model.Network, s *model.States, settings EStep) []kernels.Matrix {
	t.Helper()
	prior, err := density.NewPrior(e, n, settings.Prior)
	if err != nil {
		t.Fatal(err)
	}
	g := newGradient(n, s, settings.Gradient, settings.Alpha, prior, transposes(n, settings.Gradient))
	g.find(e)
	return g.of
}

func TestExactGradientIsThatOfJ(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for _, n := range modeltest.TinyNetworks(t, e) {
		m := modeltest.NewSlowNetwork(n)
		for _, alpha := range []float32{0, 0.5} {
			for _, withPrior := range []bool{false, true} {
				s := modeltest.RandomStates(n, 3)
				got := gradientOfJ(t, e, n, s, EStep{Alpha: alpha, Gradient: Exact, Prior: withPrior})
				for i := range s.H[0].Rows {
					h := modeltest.Example(s, i)
					for l := 1; l < len(h); l++ {
						for j, g := range got[l].Row(i) {
							want := modeltest.Slope(&h[l][j], func() float64 { return slowObjective(m, h, float64(alpha), withPrior) })
							if !modeltest.Near(float64(g), want, 3e-6) {
								t.Errorf("sizes %v, alpha %v, prior %v: dJ/dh[%d][%d] = %v, want %v", n.Config.Sizes, alpha, withPrior, l, j, g, want)
							}
						}
					}
				}
			}
		}
	}
}

// slowTargetprop is targetprop's dJ/dh[l] without a prior, from Equation 12 and
// its mirror image.
func slowTargetprop(m *modeltest.SlowNetwork, h [][]float64, l int, alpha float64) []float64 {
	f, g := m.F[l-1], m.G[l-1]
	up, own := f.Apply(h[l-1]), f.Apply(g.Apply(h[l]))
	sum := make([]float64, len(h[l]))
	for j := range sum {
		sum[j] = up[j] - own[j] + alpha*(up[j]-h[l][j])
	}
	if l == len(m.F) {
		return sum
	}
	down, back := m.G[l].Apply(h[l+1]), m.G[l].Apply(m.F[l].Apply(h[l]))
	for j := range sum {
		sum[j] += down[j] - h[l][j] + alpha*(down[j]-back[j])
	}
	return sum
}

func TestTargetpropFollowsEquation12(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for _, n := range modeltest.TinyNetworks(t, e) {
		for _, alpha := range []float32{0, 0.5} {
			s := modeltest.RandomStates(n, 3)
			got := gradientOfJ(t, e, n, s, EStep{Alpha: alpha})
			for i := range s.H[0].Rows {
				h := modeltest.Example(s, i)
				for l := 1; l < len(h); l++ {
					want := slowTargetprop(modeltest.NewSlowNetwork(n), h, l, float64(alpha))
					for j, g := range got[l].Row(i) {
						if !modeltest.Near(float64(g), want[j], 1e-6) {
							t.Errorf("sizes %v, alpha %v: targetprop for h[%d][%d] is %v, want %v", n.Config.Sizes, alpha, l, j, g, want[j])
						}
					}
				}
			}
		}
	}
}
