package f64

import (
	"math"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"testing"
)

// definitions lists the elementwise functions with their oracles and bounds of their errors in ulp. The largest that were found in
// 12,000,000 arguments: 0.897, 0.897, 0.896, 1.613, 1.838, 1.435.
var definitions = []struct {
	name   string
	f      func(float64) float64
	oracle func(float64) real
	maxUlp float64
}{
	{"exp", Exp, realExp, 0.95},
	{"expNegAbs", expNegAbs, func(x float64) real { return realExp(-math.Abs(x)) }, 0.95},
	{"log", Log, realLog, 0.95},
	{"sigmoid", Sigmoid, realSigmoid, 1.7},
	{"softplus", Softplus, realSoftplus, 1.9},
	{"tanh", Tanh, realTanh, 1.5},
}

// TestDefinitionErrors measures the largest error of each elementwise function on random arguments, few of them or,
// with TARGETPROP_EXHAUSTIVE=1, many.
func TestDefinitionErrors(t *testing.T) {
	perSample := 4000
	switch {
	case os.Getenv("TARGETPROP_EXHAUSTIVE") == "1":
		perSample = 1_000_000
	case testing.Short():
		perSample = 400
	}
	for _, d := range definitions {
		t.Run("op="+d.name, func(t *testing.T) {
			var mu sync.Mutex
			var wg sync.WaitGroup
			worst, worstAt := -1.0, 0.
			workers := runtime.GOMAXPROCS(0)
			for w := range workers {
				wg.Go(func() {
					rng := rand.New(rand.NewPCG(1, uint64(w)))
					m, at := -1.0, 0.
					for _, sample := range samples {
						for range perSample / workers {
							x := sample(rng)
							if d.name == "log" {
								x = math.Abs(x)
							}
							if x == 0 || x-x != 0 {
								continue // the special values have a test of their own
							}
							if e := ulps(d.f(x), d.oracle(x)); !(e <= m) {
								m, at = e, x
							}
						}
					}
					mu.Lock()
					defer mu.Unlock()
					if !(m <= worst) {
						worst, worstAt = m, at
					}
				})
			}
			wg.Wait()
			t.Logf("%s: max error %.4f ulp at %x (%g), %d arguments of each kind", d.name, worst, worstAt, worstAt, perSample)
			if !(worst <= d.maxUlp) {
				t.Errorf("%s(%x): error %.4f ulp, want <= %g", d.name, worstAt, worst, d.maxUlp)
			}
		})
	}
}

func TestDefinitionSpecialValues(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	signalling := math.Float64frombits(0x7ff0000000000001)
	negZero := math.Copysign(0, -1)
	const tiny, normal, big, ln2 = 0x1p-1074, 0x1p-1022, math.MaxFloat64, math.Ln2
	for _, d := range []struct {
		name string
		f    func(float64) float64
		want [][2]float64
	}{
		{"exp", Exp, [][2]float64{{0, 1}, {negZero, 1}, {tiny, 1}, {-tiny, 1}, {inf, inf}, {-inf, 0}, {big, inf}, {-big, 0},
			{709.782712893384, 0x1.fffffffffff2ap+1023}, {709.7827128933841, inf}, {710, inf}, {-708.3964185322641, 0x1.000000000007cp-1022},
			{-745.1332191019411, tiny}, {-745.1332191019412, 0}, {-746, 0}, {nan, nan}, {signalling, nan}}},
		{"expNegAbs", expNegAbs, [][2]float64{{0, 1}, {negZero, 1}, {tiny, 1}, {inf, 0}, {-inf, 0}, {big, 0}, {-big, 0}, {746, 0},
			{745.1332191019411, tiny}, {-745.1332191019411, tiny}, {745.1332191019412, 0}, {nan, nan}, {signalling, nan}}},
		{"log", Log, [][2]float64{{1, 0}, {0, -inf}, {negZero, -inf}, {-tiny, nan}, {-1, nan}, {-big, nan}, {-inf, nan}, {inf, inf},
			{2, ln2}, {0.5, -ln2}, {tiny, -744.4400719213812}, {normal, -708.3964185322641}, {big, 709.782712893384}, {nan, nan}, {signalling, nan}}},
		{"sigmoid", Sigmoid, [][2]float64{{0, 0.5}, {negZero, 0.5}, {inf, 1}, {-inf, 0}, {big, 1}, {-big, 0}, {-745.1332191019411, tiny}, {40, 1},
			{nan, nan}, {signalling, nan}}},
		{"softplus", Softplus, [][2]float64{{0, ln2}, {negZero, ln2}, {inf, inf}, {-inf, 0}, {big, big}, {-big, 0}, {-745.1332191019411, tiny},
			{40, 40}, {nan, nan}, {signalling, nan}}},
		{"tanh", Tanh, [][2]float64{{0, 0}, {negZero, negZero}, {tiny, tiny}, {-tiny, -tiny}, {normal, normal}, {inf, 1}, {-inf, -1},
			{big, 1}, {-big, -1}, {20, 1}, {-20, -1}, {nan, nan}, {signalling, nan}}},
	} {
		for _, c := range d.want {
			got := d.f(c[0])
			if c[1] != c[1] {
				if bits := math.Float64bits(got); got == got || bits&(1<<51) == 0 {
					t.Errorf("%s(%x) = %x (%#016x), want a quiet NaN", d.name, c[0], got, bits)
				}
			} else if math.Float64bits(got) != math.Float64bits(c[1]) {
				t.Errorf("%s(%x) = %x (%g), want %x", d.name, c[0], got, got, c[1])
			}
		}
	}
}

// TestDefinitionBits holds the bits of the definitions on a sample of arguments, so that a compiler that fuses or reorders their
// operations, on this or another architecture, is found out.
func TestDefinitionBits(t *testing.T) {
	const seed, prime, step = 0xcbf29ce484222325, 0x100000001b3, 0x9e3779b97f4a7c15 // FNV-1a; 2^64 by the golden ratio
	want := map[string]uint64{
		"exp":       0x612fcf6d22c75e99,
		"expNegAbs": 0xce0966a184fd8e95,
		"log":       0xaa51e87859d655ca,
		"sigmoid":   0x53c71b12753767c2,
		"softplus":  0xeae69658295814ab,
		"tanh":      0xa664db4de0f809aa,
	}
	for _, d := range definitions {
		h := uint64(seed)
		add := func(x float64) {
			u := math.Float64bits(x)
			if x != x {
				u = 0x7ff8000000000000
			}
			h = (h ^ u) * prime
		}
		for i := range uint64(100_000) {
			u := i * step
			add(d.f(math.Float64frombits(u)))
			add(d.f(math.Float64frombits(u&^(0x7ff<<52) | (1016+u>>52%16)<<52))) // from 2^-7 to 2^9
		}
		if h != want[d.name] {
			t.Errorf("%s: hash %#016x, want %#016x", d.name, h, want[d.name])
		}
	}
}
