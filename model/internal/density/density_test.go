package density

import (
	"errors"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

func TestConditional(t *testing.T) {
	if got := Conditional([]float32{1, 2, 3}, []float32{1, 4, 2}); got != -2.5 {
		t.Errorf("log density %v, want -2.5", got)
	}
}

func TestPrior(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for _, n := range modeltest.TinyNetworks(t, e) {
		p, err := NewPrior(e, n, true)
		if err != nil {
			t.Fatal(err)
		}
		slow := modeltest.NewSlowNetwork(n)
		h := modeltest.RandomStates(n, 1).H
		top := h[len(h)-1].Row(0)
		wide := [][]float64{modeltest.Wide(top)}
		if got, want := p.LogDensity(top), slow.LogPrior(wide); !modeltest.Near(got, want, 1e-6) {
			t.Errorf("sizes %v: log density %v, want %v", n.Config.Sizes, got, want)
		}
		gradient := make([]float32, len(top))
		p.Gradient(gradient, top)
		for j, g := range gradient {
			if want := modeltest.Slope(&wide[0][j], func() float64 { return slow.LogPrior(wide) }); !modeltest.Near(float64(g), want, 1e-5) {
				t.Errorf("sizes %v, unit %d: gradient %v, want %v", n.Config.Sizes, j, g, want)
			}
		}
	}
}

func TestPriorThatIsLeftOut(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 4, 3)
	if _, err := NewPrior(e, n, true); !errors.Is(err, model.ErrNoPrior) {
		t.Errorf("error %v without a prior, want ErrNoPrior", err)
	}
	p, err := NewPrior(e, n, false)
	gradient := []float32{7, 7, 7}
	p.Gradient(gradient, []float32{1, 2, 3})
	if err != nil || p.LogDensity([]float32{1, 2, 3}) != 0 || gradient[0] != 0 {
		t.Errorf("error %v, log density %v, gradient %v: want none and 0", err, p.LogDensity([]float32{1, 2, 3}), gradient)
	}
}

func TestAcrossIsTheGradient(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	for _, n := range modeltest.TinyNetworks(t, e) {
		s := modeltest.RandomStates(n, 3)
		for l, g := range n.Decoders {
			slow, dst := modeltest.NewSlowMap(g), kernels.NewMatrix(3, g.Inputs())
			NewAcross(g, Transpose(g), 3).Gradient(e, dst, s.H[l+1], s.H[l])
			for i := range 3 {
				target, v := modeltest.Wide(s.H[l].Row(i)), modeltest.Wide(s.H[l+1].Row(i))
				for j, got := range dst.Row(i) {
					want := modeltest.Slope(&v[j], func() float64 { return modeltest.LogGaussian(target, slow.Apply(v)) })
					if !modeltest.Near(float64(got), want, 3e-6) {
						t.Errorf("sizes %v, g_%d, unit %d: gradient %v, want %v", n.Config.Sizes, l+1, j, got, want)
					}
				}
			}
		}
	}
}
