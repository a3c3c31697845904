package f32

import (
	"math"
	"os"
	"runtime"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
)

// definitions lists the elementwise functions with their float64 oracles and largest errors in ulp, measured over all 2^32 arguments.
var definitions = []struct {
	name   string
	f      func(float32) float32
	oracle func(float64) float64
	maxUlp float64
}{
	{"exp", Exp, math.Exp, 0.9},
	{"expNegAbs", ExpNegAbs, func(x float64) float64 { return math.Exp(-math.Abs(x)) }, 0.9},
	{"log", Log, math.Log, 1.0},
	{"sigmoid", Sigmoid, func(x float64) float64 {
		if x >= 0 {
			return 1 / (1 + math.Exp(-x))
		}
		e := math.Exp(x)
		return e / (1 + e)
	}, 1.7},
	{"softplus", Softplus, func(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }, 1.9},
	{"softplusSlope", SoftplusSlope, func(h float64) float64 { return -math.Expm1(-math.Abs(h)) }, 2.1},
	{"tanh", Tanh, math.Tanh, 1.5},
}

// TestDefinitionErrors measures the largest error of each elementwise function, over a sample spread evenly over the bit patterns or,
// with TARGETPROP_EXHAUSTIVE=1, over all of them.
func TestDefinitionErrors(t *testing.T) {
	stride := uint64(1009)
	if os.Getenv("TARGETPROP_EXHAUSTIVE") == "1" {
		stride = 1
	}
	for _, d := range definitions {
		t.Run("op="+d.name, func(t *testing.T) {
			var mu sync.Mutex
			var wg sync.WaitGroup
			worst, worstAt := -1.0, float32(0)
			workers := uint64(runtime.GOMAXPROCS(0))
			for w := range workers {
				wg.Go(func() {
					m, at := -1.0, float32(0)
					for u := w * stride; u < 1<<32; u += workers * stride {
						x := math.Float32frombits(uint32(u))
						if e := contract.UlpError(d.f(x), d.oracle(float64(x))); e > m {
							m, at = e, x
						}
					}
					mu.Lock()
					defer mu.Unlock()
					if m > worst {
						worst, worstAt = m, at
					}
				})
			}
			wg.Wait()
			t.Logf("%s: max error %.4f ulp at %x (%g), stride %d", d.name, worst, worstAt, worstAt, stride)
			if worst > d.maxUlp {
				t.Errorf("%s(%x): error %.4f ulp, want <= %g", d.name, worstAt, worst, d.maxUlp)
			}
		})
	}
}

func TestDefinitionSpecialValues(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	signalling := math.Float32frombits(0x7f800001)
	negZero := float32(math.Copysign(0, -1))
	const tiny, big = 0x1p-149, math.MaxFloat32
	ln2 := float32(math.Ln2)
	for _, d := range []struct {
		name string
		f    func(float32) float32
		want [][2]float32
	}{
		{"exp", Exp, [][2]float32{{0, 1}, {negZero, 1}, {tiny, 1}, {-tiny, 1}, {inf, inf}, {-inf, 0}, {big, inf}, {-big, 0},
			{89, inf}, {88.72284, inf}, {-104, 0}, {-103.98, 0}, {-103.97, tiny}, {-103, tiny}, {nan, nan}, {signalling, nan}}},
		{"expNegAbs", ExpNegAbs, [][2]float32{{0, 1}, {negZero, 1}, {tiny, 1}, {inf, 0}, {-inf, 0}, {big, 0}, {-big, 0}, {104, 0},
			{103.97, tiny}, {-103.97, tiny}, {nan, nan}, {signalling, nan}}},
		{"log", Log, [][2]float32{{1, 0}, {0, -inf}, {negZero, -inf}, {-tiny, nan}, {-1, nan}, {-big, nan}, {-inf, nan}, {inf, inf},
			{2, ln2}, {0.5, -ln2}, {tiny, -103.27893}, {0x1p-126, -87.33655}, {big, 88.72284}, {nan, nan}, {signalling, nan}}},
		{"sigmoid", Sigmoid, [][2]float32{{0, 0.5}, {negZero, 0.5}, {inf, 1}, {-inf, 0}, {big, 1}, {-big, 0}, {-103.97, tiny}, {20, 1},
			{nan, nan}, {signalling, nan}}},
		{"softplus", Softplus, [][2]float32{{0, ln2}, {negZero, ln2}, {inf, inf}, {-inf, 0}, {big, big}, {-big, 0}, {-103.97, tiny},
			{20, 20}, {nan, nan}, {signalling, nan}}},
		{"softplusSlope", SoftplusSlope, [][2]float32{{0, 0}, {negZero, 0}, {tiny, tiny}, {inf, 1}, {big, 1}, {20, 1}, {ln2, 0.5},
			{nan, nan}, {signalling, nan}}},
		{"tanh", Tanh, [][2]float32{{0, 0}, {negZero, negZero}, {tiny, tiny}, {-tiny, -tiny}, {0x1p-126, 0x1p-126}, {inf, 1}, {-inf, -1},
			{big, 1}, {-big, -1}, {9.1, 1}, {-9.1, -1}, {nan, nan}, {signalling, nan}}},
	} {
		for _, c := range d.want {
			got := d.f(c[0])
			if c[1] != c[1] {
				if bits := math.Float32bits(got); got == got || bits&0x00400000 == 0 {
					t.Errorf("%s(%x) = %x (%#08x), want a quiet NaN", d.name, c[0], got, bits)
				}
			} else if math.Float32bits(got) != math.Float32bits(c[1]) {
				t.Errorf("%s(%x) = %x (%g), want %x", d.name, c[0], got, got, c[1])
			}
		}
	}
}

// TestFromExpAgree checks that softplus and its slope, sharing one exponential, are the functions by themselves.
func TestFromExpAgree(t *testing.T) {
	for u := uint64(0); u < 1<<32; u += 99991 {
		x := math.Float32frombits(uint32(u))
		e := ExpNegAbs(x)
		if a, b := SigmoidFromExp(x, e), Sigmoid(x); a != b && x == x {
			t.Fatalf("sigmoid(%x) = %x or %x", x, a, b)
		}
		if a, b := SoftplusFromExp(x, e), Softplus(x); a != b && x == x {
			t.Fatalf("softplus(%x) = %x or %x", x, a, b)
		}
	}
}

// TestDefinitionBits holds the bits of the definitions on a sample of arguments, so that a compiler that fuses or reorders their
// operations, on this or another architecture, is found out.
func TestDefinitionBits(t *testing.T) {
	type hash uint64
	add := func(h *hash, x float32) {
		u := math.Float32bits(x)
		if x != x {
			u = 0x7fc00000
		}
		*h = (*h ^ hash(u)) * 0x100000001b3
	}
	want := map[string]hash{
		"exp":           0x05a8f04732da42f4,
		"expNegAbs":     0x8517f08749b11e56,
		"log":           0x95029918ac283660,
		"sigmoid":       0x26c96ea6c3e4dbb4,
		"softplus":      0x1d79e12f28799eb8,
		"softplusSlope": 0x5a48516b1f0d5c78,
		"tanh":          0x7e0c9f312d3a6a9a,
	}
	got := map[string]hash{}
	for _, d := range definitions {
		h := hash(0xcbf29ce484222325)
		for u := uint64(0); u < 1<<32; u += 20011 {
			add(&h, d.f(math.Float32frombits(uint32(u))))
		}
		got[d.name] = h
	}
	for name, h := range got {
		if h != want[name] {
			t.Errorf("%s: hash %#016x, want %#016x", name, h, want[name])
		}
	}
}
