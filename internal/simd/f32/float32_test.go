package f32

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// bigFMA returns a*b + c rounded once, by exact rational arithmetic on finite numbers.
func bigFMA(a, b, c float32) float32 {
	const prec = 1024 // exact: the operands span less than 300 + 277 + 48 bits
	p := new(big.Float).SetPrec(prec).SetFloat64(float64(a))
	p.Mul(p, new(big.Float).SetFloat64(float64(b)))
	s := new(big.Float).SetPrec(prec).Add(p, new(big.Float).SetFloat64(float64(c)))
	if s.Sign() == 0 { // the sign of an exact zero follows IEEE addition
		return float32(float64(a)*float64(b) + float64(c))
	}
	f, _ := s.Float32()
	return f
}

// hardFMAs calls f with operands chosen so that a*b + c lies at, or less than one float64 unit from, half way between two float32
// numbers, normal and subnormal, or nearly cancels. Random operands never do.
func hardFMAs(f func(a, b, c float32)) {
	signs := func(a, b, c float32) {
		f(a, b, c)
		f(-a, b, c)
		f(a, b, -c)
		f(-a, b, -c)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	mantissa := func() float32 { return 1 + float32(rng.Uint32()>>9)*0x1p-23 } // in [1, 2)
	pow2 := func(e int) float32 { return float32(math.Ldexp(1, e)) }

	// c has 24 bits and the product is half a unit of its last place, give or take nothing, a little or very little.
	for e := -149; e <= 126; e++ {
		for range 40 {
			c := mantissa() * pow2(e) // subnormal and rounded if e < -126
			_, ce := math.Frexp(float64(c))
			half := max(ce-24, -149) - 1 // exponent of half a unit of the last place of c
			for _, a := range []float32{1, 1 + 0x1p-23, 1 - 0x1p-24, 1 + 0x1p-12, 1 - 0x1p-12, 1.5, 0.5, mantissa()} {
				for _, b := range []float32{1, 1 + 0x1p-23, 1 - 0x1p-24, 1 - 0x1p-12, 1 - 0x1p-23} {
					ae := half / 2
					signs(a*pow2(ae), b*pow2(half-ae), c)
				}
			}
		}
	}
	// The product is 24 bits and half a unit exactly; c is much smaller than one float64 unit of it.
	for _, e := range []int{-149, -148, -130, -100, -60, -30} {
		for range 400 {
			a := float32(rng.Uint32N(1<<12) | 1<<12 | 1) // 13 bits
			b := float32(rng.Uint32N(1<<12) | 1<<12 | 1) // 13 bits: the product is odd and has 25 or 26
			signs(a, b, pow2(e))
			signs(a*pow2(-60), b*pow2(-60), pow2(-149))
		}
	}
	// Subnormal results and their border: products down to 2^-298 beside sums of a few units of 2^-150.
	for range 40000 {
		ae := -75 - int(rng.Uint32N(30))
		signs(mantissa()*pow2(ae), mantissa()*pow2(-150-ae+int(rng.Uint32N(30))), float32(rng.Uint32N(1<<rng.Uint32N(25)))*0x1p-149)
		signs(mantissa()*pow2(ae), mantissa()*pow2(-170-ae), math.Float32frombits(0x00800000-3+rng.Uint32N(7)))
	}
	// 2^-150 and its neighbours decide between zero and the smallest number.
	for _, a := range []float32{1, 1 + 0x1p-23, 1 - 0x1p-24} {
		for _, c := range []float32{0, 0x1p-149, 0x1p-126, 0x1p-126 - 0x1p-149} {
			signs(a*0x1p-75, 0x1p-75, c)
			signs(a*0x1p-75, 0x1p-76, c)
		}
	}
	// Cancellation.
	for range 20000 {
		a, b := mantissa(), mantissa()*pow2(int(rng.Uint32N(200))-100)
		signs(a, b, a*b)
		signs(a, b, math.Nextafter32(a*b, 0))
	}
	// The border of overflow.
	for _, c := range []float32{math.MaxFloat32, math.Nextafter32(math.MaxFloat32, 0)} {
		for _, a := range []float32{1, 1 + 0x1p-23, 1 - 0x1p-24} {
			signs(a*0x1p60, 0x1p43, c)
			signs(a*0x1p60, 0x1p44, c)
			signs(a*0x1p-100, 0x1p-49, c)
		}
	}
	// Anything.
	for range 100000 {
		a, b, c := math.Float32frombits(rng.Uint32()), math.Float32frombits(rng.Uint32()), math.Float32frombits(rng.Uint32())
		if s := float64(a) + float64(b) + float64(c); !math.IsNaN(s) && !math.IsInf(s, 0) {
			f(a, b, c)
		}
	}
}

func TestFMA32(t *testing.T) {
	cases, wrong, hard := 0, 0, 0
	hardFMAs(func(a, b, c float32) {
		want := bigFMA(a, b, c)
		cases++
		if naive := float32(float64(a)*float64(b) + float64(c)); naive != want {
			hard++
		}
		got, slow := FMA(a, b, c), FMASlow(a, b, c)
		if math.Float32bits(got) != math.Float32bits(want) || math.Float32bits(slow) != math.Float32bits(want) {
			if wrong++; wrong <= 10 {
				t.Errorf("FMA(%x, %x, %x) = %x, slowly %x, want %x", a, b, c, got, slow, want)
			}
		}
	})
	t.Logf("%d cases, %d of them rounded wrongly by float32(float64(a)*float64(b) + float64(c))", cases, hard)
	if hard < 1000 {
		t.Errorf("only %d cases need the slow path's care; the test has lost its edge", hard)
	}
}

func TestFMA32Special(t *testing.T) {
	inf, nan, zero := float32(math.Inf(1)), float32(math.NaN()), float32(0)
	negZero := float32(math.Copysign(0, -1))
	values := []float32{zero, negZero, 1, -1, 0x1p-149, -0x1p-149, math.MaxFloat32, -math.MaxFloat32, inf, -inf, nan,
		math.Float32frombits(0x7f800001), math.Float32frombits(0xffffffff)}
	for _, a := range values {
		for _, b := range values {
			for _, c := range values {
				p := float64(a) * float64(b)
				if !math.IsInf(p, 0) && !math.IsNaN(p) && !math.IsInf(float64(c), 0) && c == c {
					continue // finite: TestFMA32
				}
				want := float32(p + float64(c))
				for _, got := range []float32{FMA(a, b, c), FMASlow(a, b, c)} {
					if got != want && (got == got || want == want) {
						t.Errorf("FMA(%x, %x, %x) = %x, want %x", a, b, c, got, want)
					}
				}
			}
		}
	}
	for _, c := range []struct{ a, b, c, want float32 }{
		{zero, 1, zero, zero}, {negZero, 1, negZero, negZero}, {negZero, 1, zero, zero}, {1, 1, -1, zero}, {-1, 1, 1, zero},
		{math.MaxFloat32, math.MaxFloat32, -math.MaxFloat32, inf}, {0x1p-149, -0x1p-149, zero, negZero},
		{0x1p-149, -0x1p-149, negZero, negZero}, {0x1p-149, 0x1p-149, -0x1p-149, -0x1p-149},
	} {
		for _, got := range []float32{FMA(c.a, c.b, c.c), FMASlow(c.a, c.b, c.c)} {
			if math.Float32bits(got) != math.Float32bits(c.want) {
				t.Errorf("FMA(%x, %x, %x) = %x, want %x", c.a, c.b, c.c, got, c.want)
			}
		}
	}
}

func TestMaxMin32(t *testing.T) {
	nan := float32(math.NaN())
	negZero := float32(math.Copysign(0, -1))
	for _, c := range []struct{ a, b, max, min float32 }{
		{1, 2, 2, 1}, {2, 1, 2, 1}, {nan, 1, 1, 1}, {1, nan, nan, nan}, {0, negZero, negZero, negZero}, {negZero, 0, 0, 0},
	} {
		if got := Max(c.a, c.b); math.Float32bits(got) != math.Float32bits(c.max) {
			t.Errorf("Max(%g, %g) = %g, want %g", c.a, c.b, got, c.max)
		}
		if got := Min(c.a, c.b); math.Float32bits(got) != math.Float32bits(c.min) {
			t.Errorf("Min(%g, %g) = %g, want %g", c.a, c.b, got, c.min)
		}
	}
}

// BenchmarkFMA32 times a dependent chain on random operands, as in a product of matrices.
func BenchmarkFMA32(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	var x, y [1024]float32
	for i := range x {
		x[i], y[i] = rng.Float32()-0.5, rng.Float32()-0.5
	}
	s := float32(0)
	for b.Loop() {
		for i := range x {
			s = FMA(x[i], y[i], s)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(x)), "ns/fma")
}
