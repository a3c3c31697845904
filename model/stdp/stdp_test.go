package stdp

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

func simulate(t *testing.T, s Settings, opts ...kernels.Option) Result {
	t.Helper()
	e, err := kernels.New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	r, err := Simulate(t.Context(), e, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSignsAndDecay checks the shape of Figure 1: potentiation after the
// presynaptic spike, depression before it, both fading with the difference.
func TestSignsAndDecay(t *testing.T) {
	for name, change := range map[string]func(*Settings){
		"default":    func(*Settings) {},
		"no noise":   func(s *Settings) { s.Noise = 0 },
		"noise only": func(s *Settings) { s.Slope = 0 },
		"more noise": func(s *Settings) { s.Noise = 2 },
	} {
		s := Default()
		s.Bins, s.Trials = 10, 100_000
		change(&s)
		r := simulate(t, s)
		for side, first := range map[float64]int{1: s.Bins, -1: s.Bins - 1} {
			var before Bin
			for i := range s.Bins {
				b := r.Bins[first+int(side)*i]
				sure := 3.0 // standard errors from 0
				if i >= 3 {
					sure = -3 // too few trials to tell a small change from none
				}
				if !(side*b.Mean > sure*b.StdErr) {
					t.Errorf("%s: %v to %v ms: weight change %v +- %v", name, b.Low, b.High, b.Mean, b.StdErr)
				}
				if i > 0 && math.Abs(b.Mean) > math.Abs(before.Mean)+3*math.Hypot(b.StdErr, before.StdErr) {
					t.Errorf("%s: %v to %v ms: weight change %v after %v", name, b.Low, b.High, b.Mean, before.Mean)
				}
				before = b
			}
			if start := r.Bins[first].Mean; math.Abs(before.Mean) > 0.3*math.Abs(start) {
				t.Errorf("%s: weight change decays from %v to %v only", name, start, before.Mean)
			}
		}
	}
}

// TestRampsFollowTheClosedForm compares ramps without noise with the formula,
// one by one and as the means of the bins.
func TestRampsFollowTheClosedForm(t *testing.T) {
	s := Default()
	s.Noise = 0
	still := make([]float32, 200)
	paired := 0
	for i := range 1000 {
		v0 := s.VLow + (s.VHigh-s.VLow)*float64(i%31)/30
		slope := s.Slope * (float64(i)/500 - 1)
		dT, dW, ok := s.trial(v0, slope, still, still)
		if !ok {
			continue
		}
		paired++
		if want := (s.Threshold - v0) / dT; math.Abs(dW-want) > 1e-10 {
			t.Errorf("V0 %v, slope %v: weight change %v at %v ms, want %v", v0, slope, dW, dT, want)
		}
		if want := (s.Threshold - v0) / slope; math.Abs(dT-want) > 1e-9 {
			t.Errorf("V0 %v, slope %v: spike at %v ms, want %v", v0, slope, dT, want)
		}
	}
	if paired < 500 {
		t.Errorf("only %d of 1000 ramps reach the threshold", paired)
	}
	for _, v := range [][2]float64{{-60, -51}, {-55, -55}, {-60, -59.9}} {
		s.VLow, s.VHigh, s.Trials = v[0], v[1], 50_000
		r := simulate(t, s)
		seen := 0
		for _, b := range r.Bins {
			if (b.Trials == 0) != math.IsNaN(b.Ramp) {
				t.Errorf("V0 %v: %d trials from %v to %v ms, closed form %v", v, b.Trials, b.Low, b.High, b.Ramp)
			}
			if b.Trials < 100 {
				continue
			}
			seen++
			if math.Abs(b.Mean-b.Ramp) > 4.5*b.StdErr {
				t.Errorf("V0 %v, %v to %v ms: weight change %v +- %v, closed form %v", v, b.Low, b.High, b.Mean, b.StdErr, b.Ramp)
			}
		}
		if seen < s.Bins {
			t.Errorf("V0 %v: only %d bins", v, seen)
		}
	}
}

// TestClosedForm compares the closed form with sums over a fine grid of
// potentials, which share nothing with it but the neuron.
func TestClosedForm(t *testing.T) {
	s := Default()
	// expected sums D/t^2 and D/t * D/t^2 over potentials, for times in a range.
	expected := func(low, high float64, times int) float64 {
		var weight, change float64
		const potentials = 1000
		for i := range potentials {
			d := s.Threshold - (s.VLow + (s.VHigh-s.VLow)*(float64(i)+0.5)/potentials)
			for k := range times {
				time := low + (high-low)*(float64(k)+0.5)/float64(times)
				if math.Abs(d/time) <= s.Slope {
					weight += d / (time * time)
					change += d / time * d / (time * time)
				}
			}
		}
		return change / weight
	}
	for _, dT := range []float64{-40, -5, -1, 0.6, 1, 3, 4.9, 5.1, 20} {
		if got, want := s.Ramp(dT), expected(dT, dT, 1); math.Abs(got-want) > 1e-3*math.Abs(want) {
			t.Errorf("closed form at %v ms is %v, want %v", dT, got, want)
		}
	}
	for _, edges := range [][2]float64{{0, 2}, {0.7, 1}, {4, 6}, {10, 12}, {0, 50}, {-6, -4}} {
		if got, want := s.binRamp(edges[0], edges[1]), expected(edges[0], edges[1], 1000); math.Abs(got-want) > 1e-3*math.Abs(want) {
			t.Errorf("closed form from %v to %v ms is %v, want %v", edges[0], edges[1], got, want)
		}
	}
	s.VLow, s.VHigh = -57, -57
	if got, want := s.Ramp(14), 7.0/14; got != want {
		t.Errorf("closed form for one potential is %v, want %v", got, want)
	}
	if got := s.Ramp(3); !math.IsNaN(got) {
		t.Errorf("closed form is %v where no ramp is steep enough", got)
	}
}

// TestNoiseAlone compares how often a Brownian motion reaches the threshold in
// the window with the reflection principle. In steps it misses excursions of
// about 0.5826 standard deviations of a step (Broadie, Glasserman and Kou 1997).
func TestNoiseAlone(t *testing.T) {
	s := Default()
	s.Slope, s.Noise, s.Window = 0, 1, 20
	s.VLow, s.VHigh = -55, -55
	r := simulate(t, s)
	distance := 5 + 0.5826*s.Noise*math.Sqrt(s.Step)
	missesOnce := math.Erf(distance / (s.Noise * math.Sqrt(2*s.Window)))
	want := missesOnce * missesOnce
	got := float64(r.Unpaired) / float64(s.Trials)
	if math.Abs(got-want) > 0.005 {
		t.Errorf("no spike in %v of the trials, want %v", got, want)
	}
	total := r.Unpaired
	for _, b := range r.Bins {
		total += b.Trials
	}
	if total != s.Trials {
		t.Errorf("%d trials counted, want %d", total, s.Trials)
	}
}

// TestSameBitsEverywhere compares with bits that were found once.
func TestSameBitsEverywhere(t *testing.T) {
	s := Default()
	s.Trials = 20_000
	const want = "7edfe0094b8699ce"
	for _, isa := range kernels.Available() {
		for _, threads := range []int{1, 3} {
			hash := fnv.New64a()
			for _, b := range simulate(t, s, kernels.WithMaxISA(isa), kernels.WithThreads(threads)).Bins {
				fmt.Fprintf(hash, "%d %x %x %x ", b.Trials, b.Mean, b.StdErr, b.Ramp)
			}
			if got := fmt.Sprintf("%x", hash.Sum(nil)); got != want {
				t.Errorf("%v with %d threads: bits %s, want %s", isa, threads, got, want)
			}
		}
	}
}

func TestBadSettings(t *testing.T) {
	nan := math.NaN()
	for name, change := range map[string]func(*Settings){
		"trials":             func(s *Settings) { s.Trials = 0 },
		"threshold":          func(s *Settings) { s.Threshold = s.VHigh },
		"potentials swapped": func(s *Settings) { s.VLow = s.VHigh + 1 },
		"potential NaN":      func(s *Settings) { s.VLow = nan },
		"slope":              func(s *Settings) { s.Slope = -1 },
		"noise":              func(s *Settings) { s.Noise = nan },
		"step":               func(s *Settings) { s.Step = 0 },
		"step too long":      func(s *Settings) { s.Step = 2 * s.Window },
		"too many steps":     func(s *Settings) { s.Step = 1e-9 },
		"window":             func(s *Settings) { s.Window = math.Inf(1) },
		"bins":               func(s *Settings) { s.Bins = 0 },
	} {
		s := Default()
		change(&s)
		if _, err := Simulate(t.Context(), kernels.Default(), s, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := Default().Validate(); err != nil {
		t.Error(err)
	}
}

// TestSmallestWindow: bins of the smallest window have edges of their own.
func TestSmallestWindow(t *testing.T) {
	s := Default()
	s.Window, s.Step, s.Bins, s.Trials = 1e-6, 1e-6, 1<<10, 10
	if _, err := Simulate(t.Context(), kernels.Default(), s, nil); err != nil {
		t.Error(err)
	}
	s.Window, s.Step = 5e-324, 5e-324
	if _, err := Simulate(t.Context(), kernels.Default(), s, nil); err == nil {
		t.Error("a window of 5e-324 ms: no error")
	}
}

// TestContext: it is looked at between trials.
func TestContext(t *testing.T) {
	s := Default()
	s.Trials = chunk
	modeltest.EndsSoon(t, "Simulate", func(ctx context.Context) error {
		_, err := Simulate(ctx, kernels.Default(), s, nil)
		return err
	})
}
