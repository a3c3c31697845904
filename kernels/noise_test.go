package kernels

import (
	"math"
	"os"
	"testing"
)

// TestPhiloxKnownAnswers uses the kat_vectors of Random123.
func TestPhiloxKnownAnswers(t *testing.T) {
	const ff = 0xffffffff
	for _, c := range []struct {
		ctr  [4]uint32
		key  [2]uint32
		want [4]uint32
	}{
		{[4]uint32{}, [2]uint32{}, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{ff, ff, ff, ff}, [2]uint32{ff, ff}, [4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, [2]uint32{0xa4093822, 0x299f31d0},
			[4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		if got := philox4x32(c.ctr, c.key); got != c.want {
			t.Errorf("philox4x32(%08x, %08x) = %08x, want %08x", c.ctr, c.key, got, c.want)
		}
	}
}

func TestUniform32(t *testing.T) {
	for _, c := range []struct {
		a    uint32
		want float32
	}{{0, 0}, {255, 0}, {256, 0x1p-24}, {1 << 31, 0.5}, {0xffffffff, 1 - 0x1p-24}} {
		if got := uniform32(c.a); got != c.want {
			t.Errorf("uniform32(%#x) = %x, want %x", c.a, got, c.want)
		}
	}
}

// TestBoxMullerError compares with float64: the radius in ulp, the direction absolutely.
func TestBoxMullerError(t *testing.T) {
	radius := func(a uint32) (float32, float64) {
		r, z := boxMuller32(a, 0)
		if z != 0 {
			t.Fatalf("boxMuller32(%#x, 0): sine part %g, want 0", a, z)
		}
		return r, math.Sqrt(-2 * math.Log(float64(float32(int32(a>>1|1)))*0x1p-31))
	}
	worst, worstAt := 0.0, uint32(0)
	check := func(a uint32) {
		got, want := radius(a)
		if e := ulpError(got, want); !(e <= worst) {
			worst, worstAt = e, a
		}
	}
	stride := uint64(997)
	if os.Getenv("TARGETPROP_EXHAUSTIVE") == "1" {
		stride = 2 // the lowest bit of a has no effect
	}
	for a := uint64(0); a < 1<<32; a += stride {
		check(uint32(a))
	}
	for a := range uint32(100000) {
		check(a)
		check(^a)
	}
	t.Logf("radius: max error %.4f ulp at %#x", worst, worstAt)
	if worst > radiusUlp {
		t.Errorf("radius: error %.4f ulp at %#x, want <= %g", worst, worstAt, radiusUlp)
	}

	r, _ := boxMuller32(1<<30, 0) // some radius of order 1
	worst = 0
	for b := uint64(0); b < 1<<32; b += stride {
		b := uint32(b)
		z0, z1 := boxMuller32(1<<30, b)
		sin, cos := math.Sincos((float64(b>>30) + float64(int32(b<<2))*0x1p-32) * (math.Pi / 2))
		e := max(math.Abs(float64(z0)/float64(r)-cos), math.Abs(float64(z1)/float64(r)-sin))
		if !(e <= worst) {
			worst, worstAt = e, b
		}
	}
	t.Logf("direction: max error %.3g at %#x", worst, worstAt)
	if worst > directionError {
		t.Errorf("direction: error %.3g at %#x, want <= %g", worst, worstAt, directionError)
	}

	for _, b := range []uint32{0, 1 << 29, 1<<30 - 1, 1 << 30, 3 << 29, 1 << 31, 5 << 29, 3 << 30, 7 << 29, math.MaxUint32} {
		if z0, z1 := boxMuller32(math.MaxUint32, b); z0 != 0 || z1 != 0 {
			t.Errorf("boxMuller32(max, %#x) = %g, %g, want zeros", b, z0, z1)
		}
		z0, z1 := boxMuller32(0, b)
		if r := math.Hypot(float64(z0), float64(z1)); math.Abs(r-6.5556) > 1e-3 {
			t.Errorf("boxMuller32(0, %#x): radius %g, want 6.5556", b, r)
		}
	}
}

// TestBoxMullerMoments draws 10^7 numbers and compares their moments and tails with those of the normal distribution.
func TestBoxMullerMoments(t *testing.T) {
	const n = 10_000_000
	var m [5]float64
	var cross, largest float64
	var tail [7]int // tail[k]: draws beyond k
	add := func(z float64) {
		p := 1.0
		for i := range m {
			m[i] += p
			p *= z
		}
		z = math.Abs(z)
		for k := 0; k < len(tail) && float64(k) < z; k++ {
			tail[k]++
		}
		largest = max(largest, z)
	}
	key := [2]uint32{20150212, 1}
	for i := range uint32(n / 4) {
		w := philox4x32([4]uint32{i, 0, 0, 0}, key)
		a0, a1 := boxMuller32(w[0], w[1])
		b0, b1 := boxMuller32(w[2], w[3])
		for _, z := range [4]float32{a0, a1, b0, b1} {
			add(float64(z))
		}
		cross += float64(a0)*float64(a1) + float64(b0)*float64(b1)
	}
	for _, c := range []struct {
		name                     string
		got, want, standardError float64
	}{
		{"mean", m[1] / n, 0, math.Sqrt(1.0 / n)},
		{"second moment", m[2] / n, 1, math.Sqrt(2.0 / n)},
		{"third moment", m[3] / n, 0, math.Sqrt(15.0 / n)},
		{"fourth moment", m[4] / n, 3, math.Sqrt(96.0 / n)},
		{"correlation of a pair", cross / (n / 2), 0, math.Sqrt(2.0 / n)},
	} {
		t.Logf("%s %.6f, want %g +- %.6f", c.name, c.got, c.want, c.standardError)
		if !(math.Abs(c.got-c.want) <= 4*c.standardError) {
			t.Errorf("%s %.6f, want %g +- %.6f", c.name, c.got, c.want, c.standardError)
		}
	}
	for k := 1; k <= 5; k++ {
		want := n * math.Erfc(float64(k)/math.Sqrt2)
		t.Logf("beyond %d sigma: %d, want %.1f +- %.1f", k, tail[k], want, math.Sqrt(want))
		if math.Abs(float64(tail[k])-want) > 4*math.Sqrt(want) || tail[k] == 0 {
			t.Errorf("beyond %d sigma: %d draws, want %.1f +- %.1f", k, tail[k], want, math.Sqrt(want))
		}
	}
	t.Logf("largest %.3f", largest)
}

const (
	radiusUlp      = 2.4
	directionError = 1.7e-7
)
