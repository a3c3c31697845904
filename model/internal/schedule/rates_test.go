package schedule

import (
	"math"
	"testing"
)

// TestRates compares the rates with the formulas.
func TestRates(t *testing.T) {
	const rate, steps = 1e-3, 1000
	for _, c := range []struct {
		rates Rates
		want  func(done float64) float64
	}{
		{Rates{}, func(float64) float64 { return 1 }},
		{Rates{Shape: Linear}, func(done float64) float64 { return 1 - done }},
		{Rates{Shape: Linear, Final: 0.25}, func(done float64) float64 { return 1 - 0.75*done }},
		{Rates{Shape: Cosine}, func(done float64) float64 { return (1 + math.Cos(math.Pi*done)) / 2 }},
		{Rates{Shape: Cosine, Final: 0.1}, func(done float64) float64 { return 0.1 + 0.9*(1+math.Cos(math.Pi*done))/2 }},
	} {
		if err := c.rates.Validate(); err != nil {
			t.Fatal(err)
		}
		warm := c.rates
		warm.Warmup = 100
		for step := range steps {
			want := rate * c.want(float64(step)/steps)
			if got := float64(c.rates.At(rate, step, steps)); math.Abs(got-want) > 3e-7*rate {
				t.Fatalf("%+v: step %d has %g, want %g", c.rates, step, got, want)
			}
			want *= min(1, float64(step+1)/100)
			if got := float64(warm.At(rate, step, steps)); math.Abs(got-want) > 3e-7*rate {
				t.Fatalf("%+v: step %d has %g, want %g", warm, step, got, want)
			}
		}
	}
}

// TestRatesArePositive: an optimiser refuses a rate of 0.
func TestRatesArePositive(t *testing.T) {
	for _, shape := range []Shape{Constant, Linear, Cosine} {
		const many = math.MaxInt / 2
		for _, step := range []int{0, 1, many - 1, many, math.MaxInt} {
			if got := (Rates{Shape: shape, Warmup: many - 1}).At(1e-40, step, many); !(got > 0) {
				t.Errorf("%v: step %d has a rate of %g", shape, step, got)
			}
		}
	}
}

// TestRateBits: the same bits everywhere.
func TestRateBits(t *testing.T) {
	r := Rates{Shape: Cosine, Final: 0.01, Warmup: 3}
	sum := uint32(0)
	for step := range 5000 {
		sum = sum*31 + math.Float32bits(r.At(1e-5, step, 5000))
	}
	if want := uint32(0x72a32cc9); sum != want {
		t.Errorf("the rates of 5,000 steps have the hash %#x, want %#x", sum, want)
	}
}

// TestBadRates: what is wrong is said.
func TestBadRates(t *testing.T) {
	for _, r := range []Rates{
		{Shape: 3}, {Shape: Linear, Final: -0.1}, {Shape: Linear, Final: 1.1}, {Shape: Cosine, Final: float32(math.NaN())},
		{Final: 0.5}, {Warmup: -1},
	} {
		if r.Validate() == nil {
			t.Errorf("%+v passes", r)
		}
	}
}
