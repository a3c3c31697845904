package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// requireVariable lists instruction sets, separated by commas, without which
// the tests fail instead of passing over them.
const requireVariable = "TARGETPROP_REQUIRE"

func TestRequiredInstructionSets(t *testing.T) {
	t.Logf("available: %v", Available())
	for name := range strings.SplitSeq(os.Getenv(requireVariable), ",") {
		if name == "" {
			continue
		}
		isa, err := ParseISA(name)
		if err != nil {
			t.Fatal(err)
		}
		if best(isa) != isa {
			t.Errorf("%s asks for %v, which is not available here", requireVariable, isa)
		}
	}
}

// engines are all implementations: every instruction set on one thread, and the
// best on several.
func engines(tb testing.TB) map[string]*Engine {
	tb.Helper()
	all := map[string]*Engine{}
	for _, isa := range Available() {
		all[isa.String()] = newEngine(tb, WithMaxISA(isa), WithThreads(1))
	}
	for _, threads := range []int{2, 7} {
		all[fmt.Sprintf("%v/threads=%d", Available()[0], threads)] = newEngine(tb, WithMaxISA(Available()[0]), WithThreads(threads))
	}
	return all
}

func newEngine(tb testing.TB, opts ...Option) *Engine {
	tb.Helper()
	e, err := New(opts...)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(e.Close)
	return e
}

// data makes operands for one case, the same for every engine.
type data struct {
	tb       testing.TB
	rng      *rand.Rand
	atStart  bool
	specials bool // among the values NaN, infinities, subnormals, -0
	pad      int  // extra stride
}

var specialValues = []float32{
	float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1)), 0, float32(math.Copysign(0, -1)),
	math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32, 0x1p-127, -0x1p-126, math.MaxFloat32, -math.MaxFloat32,
	88.8, 89.5, -87.4, -103.9, -104.5, 0.625, -0.625, 0x1p-24, 1,
}

func (d *data) slice(n int) []float32 {
	s := guarded(d.tb, n, d.atStart)
	for i := range s {
		s[i] = d.value()
	}
	return s
}

func (d *data) value() float32 {
	if d.specials && d.rng.IntN(4) == 0 {
		return specialValues[d.rng.IntN(len(specialValues))]
	}
	return float32(d.rng.NormFloat64() * math.Exp2(float64(d.rng.IntN(8)-4)))
}

func (d *data) matrix(rows, cols int) Matrix {
	stride := cols + d.pad
	n := 0
	if rows > 0 && cols > 0 {
		n = (rows-1)*stride + cols
	}
	return Matrix{Rows: rows, Cols: cols, Data: d.slice(n), Stride: stride}
}

func (d *data) packed(rows, cols int) Packed {
	p := Packed{Rows: rows, Cols: cols}
	p.Data = guarded(d.tb, rows*p.Panels()*Panel, d.atStart)
	p.Pack(0, d.matrix(rows, cols))
	return p
}

func (d *data) uniform(m Matrix) Matrix {
	for i := range m.Data {
		m.Data[i] = d.rng.Float32()
	}
	return m
}

// shape is the size of a case: m rows, n columns, k inputs.
type shape struct{ m, n, k int }

// contracts are the operations. Each makes its operands with d, runs on e and
// returns what it wrote.
var contracts = map[string]func(e *Engine, d *data, s shape) [][]float32{}

func init() {
	for act := range Activation(len(activationNames)) {
		contracts["Affine/"+act.String()] = func(e *Engine, d *data, s shape) [][]float32 {
			out := d.matrix(s.m, s.n)
			e.Affine(out, act, d.matrix(s.m, s.k), d.packed(s.k+1, s.n))
			return [][]float32{out.Data}
		}
		contracts["AffineRelax/"+act.String()] = func(e *Engine, d *data, s shape) [][]float32 {
			h := d.matrix(s.m, s.n)
			e.AffineRelax(h, act, d.matrix(s.m, s.k), d.packed(s.k+1, s.n),
				Relaxation{Delta: 0.1, Alpha: 0.3, A: d.matrix(s.m, s.n), G: d.matrix(s.m, s.n)})
			return [][]float32{h.Data}
		}
		contracts["AffineDelta/"+act.String()] = func(e *Engine, d *data, s shape) [][]float32 {
			out, loss := d.packed(s.m, s.n), d.matrix(s.m, Panel)
			e.AffineDelta(out, loss, act, d.matrix(s.m, s.k), d.packed(s.k+1, s.n), d.matrix(s.m, s.n), 0.02)
			return [][]float32{out.Data, loss.Data}
		}
		contracts["Apply/"+act.String()] = func(e *Engine, d *data, s shape) [][]float32 {
			x := d.slice(s.m * s.n)
			e.Apply(act, x, x)
			return [][]float32{x}
		}
	}
	contracts["AffineRelax/top"] = func(e *Engine, d *data, s shape) [][]float32 {
		h := d.matrix(s.m, s.n)
		e.AffineRelax(h, Sigmoid, d.matrix(s.m, s.k), d.packed(s.k+1, s.n), Relaxation{Delta: 0.1, A: d.matrix(s.m, s.n)})
		return [][]float32{h.Data}
	}
	contracts["Exp"] = func(e *Engine, d *data, s shape) [][]float32 {
		x, y := d.slice(s.m*s.n), d.slice(s.m*s.n)
		e.Exp(y, x)
		return [][]float32{y}
	}
	contracts["Log"] = func(e *Engine, d *data, s shape) [][]float32 {
		x, y := d.slice(s.m*s.n), d.slice(s.m*s.n)
		e.Log(y, x)
		return [][]float32{y}
	}
	contracts["Gradient"] = func(e *Engine, d *data, s shape) [][]float32 {
		out := d.packed(s.k+1, s.n)
		e.Gradient(out, d.matrix(s.m, s.k), d.packed(s.m, s.n))
		return [][]float32{out.Data}
	}
	for _, c := range []struct {
		transA, transB bool
		alpha, beta    float32
	}{{false, false, 1, 0}, {true, false, 1, 1}, {false, true, 1, 0.5}, {true, true, -0.7, 0}, {false, false, 0, 2}} {
		contracts[fmt.Sprintf("Gemm/%+v", c)] = func(e *Engine, d *data, s shape) [][]float32 {
			a, b := d.matrix(s.m, s.k), d.matrix(s.k, s.n)
			if c.transA {
				a = d.matrix(s.k, s.m)
			}
			if c.transB {
				b = d.matrix(s.n, s.k)
			}
			out := d.matrix(s.m, s.n)
			e.Gemm(c.transA, c.transB, c.alpha, a, b, c.beta, out)
			return [][]float32{out.Data}
		}
	}
	for rule := range Rule(len(ruleNames)) {
		o := Optimizer{Rule: rule, Rate: 0.01, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4}
		moments := func(d *data, n int) Moments {
			// No moment of squares is negative or less than the mean squared.
			m := Moments{Mean: d.slice(n), Square: d.slice(n), Velocity: d.slice(n)}
			for i, x := range m.Mean {
				m.Square[i] = float32(x*x) + float32(math.Abs(float64(m.Square[i])))
			}
			return m
		}
		contracts["Update/"+rule.String()] = func(e *Engine, d *data, s shape) [][]float32 {
			n := s.m * s.n
			w, m := d.slice(n), moments(d, n)
			e.Update(o, 3, w, d.slice(n), m)
			return [][]float32{w, m.Mean, m.Square, m.Velocity}
		}
		contracts["GradientStep/"+rule.String()] = func(e *Engine, d *data, s shape) [][]float32 {
			w := d.packed(s.k+1, s.n)
			m := moments(d, len(w.Data))
			e.GradientStep(Descent{o, 3, w, m}, d.matrix(s.m, s.k), d.packed(s.m, s.n))
			return [][]float32{w.Data, m.Mean, m.Square, m.Velocity}
		}
	}
	noise := Noise{Seed: 0x0123456789abcdef, Stream: 5, Step: 77}
	contracts["AddGaussian"] = func(e *Engine, d *data, s shape) [][]float32 {
		dst := d.matrix(s.m, s.n)
		e.AddGaussian(dst, d.matrix(s.m, s.n), 0.3, noise, 11)
		return [][]float32{dst.Data}
	}
	for _, draws := range []int{1, 3, 4, 10} {
		contracts[fmt.Sprintf("BernoulliMean/draws=%d", draws)] = func(e *Engine, d *data, s shape) [][]float32 {
			dst := d.matrix(s.m, s.n)
			e.BernoulliMean(dst, d.uniform(d.matrix(s.m, s.n)), draws, noise, 11)
			return [][]float32{dst.Data}
		}
	}
}

// TestContract runs every operation with every implementation and compares
// bits with plain Go.
func TestContract(t *testing.T) {
	var shapes []shape
	for n := range 2*Panel + 4 { // all widths to twice a panel and more, tile heights on the way
		shapes = append(shapes, shape{m: 1 + n%maxTileRows, n: 1 + n, k: 1 + n%5})
	}
	for m := 1; m <= 2*maxTileRows+1; m++ {
		shapes = append(shapes, shape{m: m, n: 19, k: 3})
	}
	shapes = append(shapes, shape{m: 3, n: 150, k: 33}, shape{m: 33, n: 65, k: 40}, shape{m: 1, n: 3, k: 200}, shape{m: 60, n: 33, k: 100})
	for name, run := range contracts {
		t.Run(name, func(t *testing.T) {
			for _, s := range shapes {
				for variant := range 4 {
					compare(t, run, s, variant)
				}
			}
		})
	}
}

// compare runs one case on all engines. The variant's bits choose the place in
// guarded memory and whether there are special values; every second has
// strides longer than rows.
func compare(t *testing.T, run func(*Engine, *data, shape) [][]float32, s shape, variant int) {
	t.Helper()
	results := func(e *Engine) [][]float32 {
		return run(e, &data{tb: t, rng: rand.New(rand.NewPCG(uint64(s.m*1000+s.n), uint64(s.k))),
			atStart: variant&1 == 0, specials: variant&2 != 0, pad: variant % 2 * 5}, s)
	}
	want := results(newEngine(t, WithMaxISA(Generic), WithThreads(1)))
	for name, e := range engines(t) {
		for i, got := range results(e) {
			for j, x := range got {
				if !sameBits(x, want[i][j]) {
					t.Fatalf("%s, shape %+v, variant %d: result %d[%d] = %x, plain Go %x",
						name, s, variant, i, j, math.Float32bits(x), math.Float32bits(want[i][j]))
				}
			}
		}
	}
}

// sameBits compares bits; one NaN is as good as another.
func sameBits(a, b float32) bool {
	return math.Float32bits(a) == math.Float32bits(b) || a != a && b != b
}
