package noise

import (
	"math"
	"os"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
)

// TestBoxMullerError compares with float64: the radius in ulp, the direction absolutely.
func TestBoxMullerError(t *testing.T) {
	radius := func(a uint32) (float32, float64) {
		r, z := BoxMuller(a, 0)
		if z != 0 {
			t.Fatalf("BoxMuller(%#x, 0): sine part %g, want 0", a, z)
		}
		return r, math.Sqrt(-2 * math.Log(float64(float32(int32(a>>1|1)))*0x1p-31))
	}
	worst, worstAt := 0.0, uint32(0)
	check := func(a uint32) {
		got, want := radius(a)
		if e := contract.UlpError(got, want); !(e <= worst) {
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

	r, _ := BoxMuller(1<<30, 0) // some radius of order 1
	worst = 0
	for b := uint64(0); b < 1<<32; b += stride {
		b := uint32(b)
		z0, z1 := BoxMuller(1<<30, b)
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
		if z0, z1 := BoxMuller(math.MaxUint32, b); z0 != 0 || z1 != 0 {
			t.Errorf("BoxMuller(max, %#x) = %g, %g, want zeros", b, z0, z1)
		}
		z0, z1 := BoxMuller(0, b)
		if r := math.Hypot(float64(z0), float64(z1)); math.Abs(r-6.5556) > 1e-3 {
			t.Errorf("BoxMuller(0, %#x): radius %g, want 6.5556", b, r)
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
		w := Philox([4]uint32{i, 0, 0, 0}, key)
		a0, a1 := BoxMuller(w[0], w[1])
		b0, b1 := BoxMuller(w[2], w[3])
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

// TestDefinitionBits holds the bits of the definitions, so that a compiler that fuses or reorders their operations, on this or another
// architecture, is found out.
func TestDefinitionBits(t *testing.T) {
	h := uint64(0xcbf29ce484222325)
	add := func(x float32) { h = (h ^ uint64(math.Float32bits(x))) * 0x100000001b3 }
	for i := range uint32(100000) {
		w := Philox([4]uint32{i, 1, 2, 3}, [2]uint32{4, 5})
		z0, z1 := BoxMuller(w[0], w[1])
		add(z0)
		add(z1)
		add(Uniform(w[2]))
	}
	if want := uint64(0xb317c9ce0c703526); h != want {
		t.Errorf("hash %#016x, want %#016x", h, want)
	}
}
