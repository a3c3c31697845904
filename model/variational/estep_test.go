package variational

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestEStepFollowsAlgorithm1 compares whole E-steps, which use numerical or
// slow gradients, with the fast ones.
func TestEStepFollowsAlgorithm1(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, n := range modeltest.TinyNetworks(t, e) {
		m := modeltest.NewSlowNetwork(n)
		for _, rule := range []InnerGradient{Targetprop, Exact} {
			settings := EStep{Steps: 6, Delta: 0.05, Alpha: 0.3, Gradient: rule, Prior: rule == Exact}
			s := modeltest.RandomStates(n, 5)
			if err := settings.Run(e, n, s, 1, 0); err != nil {
				t.Fatal(err)
			}
			for i := range s.H[0].Rows {
				h := [][]float64{modeltest.Wide(s.H[0].Row(i))}
				for l := range m.F {
					h = append(h, m.F[l].Apply(h[l]))
				}
				for range settings.Steps {
					gradient := make([][]float64, len(h))
					for l := 1; l < len(h); l++ {
						if rule == Targetprop {
							gradient[l] = slowTargetprop(m, h, l, 0.3)
							continue
						}
						for j := range h[l] {
							gradient[l] = append(gradient[l], modeltest.Slope(&h[l][j], func() float64 { return slowObjective(m, h, 0.3, true) }))
						}
					}
					for l := 1; l < len(h); l++ {
						for j := range h[l] {
							h[l][j] += 0.05 * gradient[l][j]
						}
					}
				}
				for l := range h {
					for j, v := range s.H[l].Row(i) {
						if !modeltest.Near(float64(v), h[l][j], 1e-5) {
							t.Fatalf("sizes %v, %v, example %d: h[%d][%d] = %v, want %v", n.Config.Sizes, rule, i, l, j, v, h[l][j])
						}
					}
				}
			}
		}
	}
}

func TestSmallExactStepsRaiseJ(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, n := range modeltest.TinyNetworks(t, e) {
		settings := EStep{Delta: 0.02, Alpha: 0.3, Gradient: Exact, Prior: true}
		var before []Terms
		for steps := range 30 {
			s := modeltest.RandomStates(n, 8)
			settings.Steps = steps
			if err := settings.Run(e, n, s, 1, 0); err != nil {
				t.Fatal(err)
			}
			now, err := Objective(e, n, s, true)
			if err != nil {
				t.Fatal(err)
			}
			for i := range before {
				if was, is := before[i].J(settings.Alpha), now[i].J(settings.Alpha); is < was-1e-6 {
					t.Errorf("sizes %v, example %d: step %d takes J from %v to %v", n.Config.Sizes, i, steps, was, is)
				}
			}
			before = now
		}
	}
}

// TestLangevinHasTheStationaryMoments walks on a J that is a quadratic form:
// x - h1 - h2, one unit each, with identity maps. With A the matrix of second
// derivatives of -J, steps of delta settle at the maximum of J with the
// covariance (A (I - delta*A/2))^-1.
func TestLangevinHasTheStationaryMoments(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	config := model.Config{Sizes: []int{1, 1, 1}}
	for range 2 {
		config.Encoders, config.Decoders = append(config.Encoders, kernels.Identity), append(config.Decoders, kernels.Identity)
	}
	n, err := model.New(config, 1, e)
	if err != nil {
		t.Fatal(err)
	}
	const f1, g1, f2, g2 = 0.8, 1.5, -0.6, 0.7
	for i, w := range []float32{f1, g1, f2, g2} {
		m := n.Maps()[i]
		m.Weights.Data[m.Weights.Index(1, 0)] = w
	}
	n.Prior = model.Prior{Mean: []float32{-0.4}, Std: []float32{0.8}}
	const x, alpha, delta, precision = 0.9, 0.5, 0.1, 1 / (0.8 * 0.8)
	// -2J = (x - g1 h1)^2 + (h1 - g2 h2)^2 + precision (h2 + 0.4)^2
	//       + alpha (h1 - f1 x)^2 + alpha (h2 - f2 h1)^2
	a := [2][2]float64{
		{g1*g1 + 1 + alpha + alpha*f2*f2, -g2 - alpha*f2},
		{-g2 - alpha*f2, g2*g2 + precision + alpha},
	}
	b := [2]float64{g1*x + alpha*f1*x, precision * -0.4}
	inverse := func(m [2][2]float64) [2][2]float64 {
		d := m[0][0]*m[1][1] - m[0][1]*m[1][0]
		return [2][2]float64{{m[1][1] / d, -m[0][1] / d}, {-m[1][0] / d, m[0][0] / d}}
	}
	var damped [2][2]float64
	for i := range 2 {
		for j := range 2 {
			damped[i][j] = a[i][j] - delta/2*(a[i][0]*a[0][j]+a[i][1]*a[1][j])
		}
	}
	mode, covariance := inverse(a), inverse(damped)
	const chains = 8_000
	s := n.NewStates(chains)
	for i := range chains {
		s.H[0].Row(i)[0] = x
	}
	settings := EStep{Steps: 35, Delta: delta, Alpha: alpha, Gradient: Exact, Langevin: true, Prior: true}
	if err := settings.Run(e, n, s, 1, 0); err != nil {
		t.Fatal(err)
	}
	var mean [2]float64
	var second [2][2]float64
	for i := range chains {
		h := [2]float64{float64(s.H[1].Row(i)[0]), float64(s.H[2].Row(i)[0])}
		for p := range 2 {
			mean[p] += h[p] / chains
			for q := range 2 {
				second[p][q] += h[p] * h[q] / chains
			}
		}
	}
	for p := range 2 {
		// Five standard errors of a mean and of a variance.
		std := math.Sqrt(covariance[p][p])
		if want := mode[p][0]*b[0] + mode[p][1]*b[1]; math.Abs(mean[p]-want) > 5*std/math.Sqrt(chains) {
			t.Errorf("mean of h%d is %v, want %v", p+1, mean[p], want)
		}
		for q := range 2 {
			got, want := second[p][q]-mean[p]*mean[q], covariance[p][q]
			tolerance := 5 * std * math.Sqrt(covariance[q][q]*2/chains)
			if math.Abs(got-want) > tolerance {
				t.Errorf("covariance of h%d and h%d is %v, want %v +- %v", p+1, q+1, got, want, tolerance)
			}
		}
	}
}

func TestEStepSameBitsEverywhere(t *testing.T) {
	for _, settings := range []EStep{
		{Steps: 5, Delta: 0.1, Alpha: 0.3, Langevin: true, Prior: true},
		{Steps: 5, Delta: 0.1, Alpha: 0.3, Gradient: Exact, Langevin: true, Prior: true},
	} {
		modeltest.SameBits(t, func(e *kernels.Engine) []float32 {
			n := modeltest.Network(t, e, 30, 21, 17, 5)
			n.Prior = standardPrior(5)
			s := modeltest.RandomStates(n, 11)
			if err := settings.Run(e, n, s, 1, 0); err != nil {
				t.Fatal(err)
			}
			var all []float32
			for _, h := range s.H {
				all = append(all, h.Data...)
			}
			return all
		})
	}
}

func TestLangevinNoiseDiffers(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 6, 5, 4)
	draw := func(seed uint64, number int) []float32 {
		s := n.NewStates(2)
		settings := EStep{Steps: 2, Delta: 0.1, Langevin: true}
		if err := settings.Run(e, n, s, seed, number); err != nil {
			t.Fatal(err)
		}
		return slices.Concat(s.H[1].Data, s.H[2].Data)
	}
	first := draw(1, 0)
	if modeltest.FirstDifference(first, draw(1, 0)) >= 0 {
		t.Error("the same E-step draws other noise")
	}
	if modeltest.FirstDifference(first, draw(2, 0)) < 0 || modeltest.FirstDifference(first, draw(1, 1)) < 0 {
		t.Error("another E-step draws the same noise")
	}
	if first[0] == first[len(first)/2] {
		t.Error("two examples draw the same noise")
	}
}

func TestBadEStep(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := modeltest.Network(t, e, 4, 3)
	nan := float32(math.NaN())
	for name, change := range map[string]func(*EStep){
		"steps":    func(v *EStep) { v.Steps = -1 },
		"delta":    func(v *EStep) { v.Delta = nan },
		"alpha":    func(v *EStep) { v.Alpha = -1 },
		"gradient": func(v *EStep) { v.Gradient = 7 },
	} {
		v := DefaultEStep()
		change(&v)
		if err := v.Run(e, n, n.NewStates(1), 1, 0); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	v := DefaultEStep()
	v.Steps = 1 << 10
	for _, number := range []int{-1, 1 << 22, math.MaxInt32, math.MaxInt} { // would draw the noise of another
		if err := v.Run(e, n, n.NewStates(1), 1, number); err == nil {
			t.Errorf("E-step %d: no error", number)
		}
	}
	if err := v.Run(e, n, n.NewStates(1), 1, 1<<22-1); err != nil {
		t.Error(err)
	}
	v = DefaultEStep()
	v.Prior = true
	if err := v.Run(e, n, n.NewStates(1), 1, 0); !errors.Is(err, model.ErrNoPrior) {
		t.Errorf("error %v without a prior, want model.ErrNoPrior", err)
	}
	for g := range InnerGradient(len(innerGradients.Names)) {
		if got, err := ParseInnerGradient(g.String()); got != g || err != nil {
			t.Errorf("%v is read as %v, %v", g, got, err)
		}
	}
	if _, err := ParseInnerGradient("backprop"); err == nil {
		t.Error("an unknown gradient: no error")
	}
}
