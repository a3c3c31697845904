package kernels

import (
	"fmt"
	"testing"

	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/descent"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/noise"
	"github.com/targetprop/targetprop/internal/simd/vector"
)

type (
	data  = contract.Data[float32]
	shape = contract.Shape
	entry = contract.Contract[*Engine, float32]
)

// contracts are the public operations.
func contracts() contract.Table[*Engine, float32] {
	table := contract.Table[*Engine, float32]{}
	addMaps(table)
	addMapsBack(table)
	addGradients(table)
	addProducts(table)
	addRight(table)
	addElementwise(table)
	addSoftmax(table)
	addNoise(table)
	return table
}

func TestContract(t *testing.T)       { contracts().Test(t, engines(t)) }
func TestContractRandom(t *testing.T) { contracts().TestRandom(t, engines(t)) }
func FuzzContract(f *testing.F)       { contracts().Fuzz(f, engines(f)) }

// parallel is a number of elements from which elementwise operations use several threads.
const parallel = 1 << 16

// productShapes are all widths to twice two panels and one more, all heights to
// twice the tallest tile and one more, single rows of twice those widths, and some
// that are large enough for several threads, have more rows than a buffer, or reach
// both sides of what a plan decides.
func productShapes() []shape {
	const wide, longInput = 320, 128 // columns and inputs from which inputs are laid out
	var s []shape
	for n := range 4*Panel + 2 {
		s = append(s, shape{M: n % (isa.MaxTileRows + 1), N: n, K: n % 6}, shape{M: 1, N: 2 * n, K: 1 + n%3})
	}
	for m := range 2*isa.MaxTileRows + 2 {
		s = append(s, shape{M: m, N: 19, K: 3})
	}
	const some = isa.TransposeRows
	return append(s, shape{M: 3, N: 150, K: 33}, shape{M: 33, N: 65, K: 40}, shape{M: 1, N: 3, K: 200}, shape{M: 60, N: 33, K: 100},
		shape{M: 30, N: wide + 5, K: 9}, shape{M: 34, N: wide + 5, K: longInput + 1}, shape{M: some, N: wide, K: 4}, shape{M: some + 1, N: wide, K: 4},
		shape{M: some + 1, N: wide, K: 3}, shape{M: isa.CallRows + 3, N: wide + 40, K: longInput},
		shape{M: isa.CallRows + 3, N: 35, K: 7}, shape{M: isa.CallRows + 3, N: 3*Panel + 3, K: 7}, shape{M: isa.CallRows + 3, N: 4*Panel + 3, K: 7})
}

// farMap is a map whose weights and results the near caches do not hold, so that its tiles
// fetch the rows of their epilogue, the last ones of a whole tile.
var farMap = shape{M: 34, N: 448, K: 600}

// flatShapes are all lengths to twice a number and one more, and one that is long enough
// for several threads.
func flatShapes(unroll int) []shape {
	var s []shape
	for n := range 2*unroll + 2 {
		s = append(s, shape{M: 1 + n%3, N: n})
	}
	return append(s, shape{M: 1, N: 1000}, shape{M: 9, N: parallel/8 + 5})
}

// inner are the shapes with inputs for rows, since those are the rows of a gradient.
func inner(shapes []shape) []shape {
	var s []shape
	for _, x := range shapes {
		s = append(s, shape{M: x.K, N: x.N, K: x.M})
	}
	return s
}

func matrix(d *data, rows, cols int) Matrix { return Matrix(d.Matrix(rows, cols)) }
func packed(d *data, rows, cols int) Packed { return Packed(d.Packed(rows, cols)) }

// moments are such that no mean of squares is negative or less than the mean squared.
func moments(d *data, n int) Moments {
	m := Moments{Mean: d.Slice(n), Square: d.Slice(n), Velocity: d.Slice(n)}
	for i, x := range m.Mean {
		m.Square[i] = float32(x*x) + max(m.Square[i], -m.Square[i])
	}
	return m
}

func addMaps(table contract.Table[*Engine, float32]) {
	far := append(productShapes(), farMap)
	for act := range allActivations {
		shapes := productShapes()
		if act == Softplus {
			shapes = far
		}
		table["Affine/"+act.String()] = entry{Run: func(e *Engine, d *data, s shape) {
			e.Affine(matrix(d, s.M, s.N), act, matrix(d, s.M, s.K), packed(d, s.K+1, s.N))
		}, Shapes: shapes, Least: shape{K: 1}}
		table["AffineRelax/"+act.String()] = entry{Run: func(e *Engine, d *data, s shape) {
			e.AffineRelax(matrix(d, s.M, s.N), act, matrix(d, s.M, s.K), packed(d, s.K+1, s.N),
				Relaxation{Delta: 0.1, Alpha: 0.3, A: matrix(d, s.M, s.N), G: matrix(d, s.M, s.N)})
		}, Shapes: shapes, Least: shape{K: 1}}
		table["AffineDelta/"+act.String()] = entry{Run: func(e *Engine, d *data, s shape) {
			e.AffineDelta(packed(d, s.M, s.N), matrix(d, s.M, Panel), act, matrix(d, s.M, s.K), packed(d, s.K+1, s.N), matrix(d, s.M, s.N), 0.02)
		}, Shapes: shapes, Least: shape{K: 1}}
	}
	table["AffineRelax/top"] = entry{Run: func(e *Engine, d *data, s shape) {
		e.AffineRelax(matrix(d, s.M, s.N), Sigmoid, matrix(d, s.M, s.K), packed(d, s.K+1, s.N), Relaxation{Delta: 0.1, A: matrix(d, s.M, s.N)})
	}, Shapes: far, Least: shape{K: 1}}
	table["AffineDeltaRows"] = entry{Run: func(e *Engine, d *data, s shape) {
		const first = 3
		e.AffineDeltaRows(packed(d, first+s.M, s.N), first, matrix(d, s.M, Panel), Sigmoid, matrix(d, s.M, s.K), packed(d, s.K+1, s.N), matrix(d, s.M, s.N), 0.02)
	}, Shapes: []shape{{M: 1, N: 1, K: 1}, {M: 5, N: 33, K: 7}, {M: 29, N: 100, K: 130}, farMap}, Least: shape{K: 1}}
}

// gradientShapes are also one whose parameters the near caches do not hold.
func gradientShapes() []shape {
	return append(inner(productShapes()), shape{M: 20, N: 440, K: 600})
}

func addGradients(table contract.Table[*Engine, float32]) {
	table["Gradient"] = entry{Run: func(e *Engine, d *data, s shape) {
		e.Gradient(packed(d, s.K+1, s.N), matrix(d, s.M, s.K), packed(d, s.M, s.N))
	}, Shapes: inner(productShapes()), Least: shape{M: 1, K: 1}}
	for rule := range allRules {
		o := Optimizer{Rule: rule, Rate: 0.01, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4}
		table["Update/"+rule.String()] = entry{Run: func(e *Engine, d *data, s shape) {
			e.Update(o, 3, d.Slice(s.N), d.Slice(s.N), moments(d, s.N))
		}, Shapes: flatShapes(8 * Panel)}
		table["GradientStep/"+rule.String()] = entry{Run: func(e *Engine, d *data, s shape) {
			w := packed(d, s.K+1, s.N)
			e.GradientStep(Descent{Optimizer: o, Step: 3, Weights: w, Moments: moments(d, len(w.Data))}, matrix(d, s.M, s.K), packed(d, s.M, s.N))
		}, Shapes: gradientShapes(), Least: shape{M: 1, K: 1}}
	}
}

// gemmShapes are also large enough for what Gemm does with large matrices only, or with
// strides of a page, or such that the last block is of a single row, or of several blocks
// of B one below the other, packed, or with few columns or few rows.
func gemmShapes() []shape {
	return append(productShapes(), shape{M: 110, N: 100, K: 101}, shape{M: 300, N: 70, K: 20}, shape{M: 33, N: 130, K: 520}, shape{M: 5, N: 70, K: 1024},
		shape{M: 1024, N: 40, K: 6}, shape{M: 9, N: 5000, K: 10}, shape{M: 3, N: 20, K: 1100}, shape{M: 34, N: 130, K: 1100},
		shape{M: 57, N: 100, K: 3}, shape{M: 55, N: 100, K: 3}, shape{M: 34, N: 330, K: 400}, shape{M: 32, N: 999, K: 40},
		shape{M: 513, N: 67, K: 1030}, shape{M: 513, N: 323, K: 210},
		shape{M: 69, N: 1, K: 37}, shape{M: 300, N: 1, K: 3}, shape{M: 100, N: 3, K: 150}, shape{M: 64, N: 4, K: 200},
		shape{M: 2, N: 37, K: 9}, shape{M: 4, N: 50, K: 70}, shape{M: 2, N: 20, K: isa.CallElements/16 + 2}, shape{M: 1, N: 20, K: isa.CallElements/8 + 3})
}

func addProducts(table contract.Table[*Engine, float32]) {
	for _, c := range []struct {
		transA, transB bool
		alpha, beta    float32
	}{{false, false, 1, 0}, {true, false, 1, 1}, {false, true, 1, 0.5}, {true, true, -0.7, 0}, {true, true, 1, 1}, {false, false, -0.7, 1}, {false, false, 0, 2}, {false, false, 1, 1}} {
		table[fmt.Sprintf("Gemm/%+v", c)] = entry{Run: func(e *Engine, d *data, s shape) {
			a, b := [2]int{s.M, s.K}, [2]int{s.K, s.N}
			if c.transA {
				a = [2]int{s.K, s.M}
			}
			if c.transB {
				b = [2]int{s.N, s.K}
			}
			e.Gemm(c.transA, c.transB, c.alpha, matrix(d, a[0], a[1]), matrix(d, b[0], b[1]), c.beta, matrix(d, s.M, s.N))
		}, Shapes: gemmShapes()}
	}
}

func addElementwise(table contract.Table[*Engine, float32]) {
	functions := map[string]func(e *Engine, dst, src []float32){"Exp": (*Engine).Exp, "Log": (*Engine).Log}
	for act := range allActivations {
		functions["Apply/"+act.String()] = func(e *Engine, dst, src []float32) { e.Apply(act, dst, src) }
	}
	for name, f := range functions {
		table[name] = entry{Run: func(e *Engine, d *data, s shape) {
			src := d.Slice(s.N)
			f(e, d.Slice(s.N), src)
		}, Shapes: flatShapes(8 * Panel)}
		table[name+"/in place"] = entry{Run: func(e *Engine, d *data, s shape) {
			x := d.Slice(s.N)
			f(e, x, x)
		}, Shapes: flatShapes(8 * Panel)}
	}
}

func addNoise(table contract.Table[*Engine, float32]) {
	n := Noise{Seed: 0x0123456789abcdef, Stream: 5, Step: 77}
	table["AddGaussian"] = entry{Run: func(e *Engine, d *data, s shape) {
		e.AddGaussian(matrix(d, s.M, s.N), matrix(d, s.M, s.N), 0.3, n, 11)
	}, Shapes: flatShapes(4 * Panel)}
	table["AddGaussian/in place"] = entry{Run: func(e *Engine, d *data, s shape) {
		x := matrix(d, s.M, s.N)
		e.AddGaussian(x, x, 0.3, n, 11)
	}, Shapes: flatShapes(4 * Panel)}
	// Nothing rounds after the transform, and there are enough draws to notice another
	// last bit of its smallest coefficient.
	table["AddGaussian/standard"] = entry{Run: func(e *Engine, d *data, s shape) {
		x := matrix(d, s.M, s.N)
		clear(x.Data)
		e.AddGaussian(x, x, 1, n, 0)
	}, Shapes: []shape{{M: 2, N: parallel}, {M: 16, N: parallel}}}
	for _, draws := range []int{1, 3, 4, 10} {
		table[fmt.Sprintf("BernoulliMean/draws=%d", draws)] = entry{Run: func(e *Engine, d *data, s shape) {
			e.BernoulliMean(matrix(d, s.M, s.N), Matrix(d.Fractions(s.M, s.N)), draws, n, 11)
		}, Shapes: flatShapes(8 * Panel)}
	}
	// A probability that equals the number it is compared with: not less.
	table["BernoulliMean/ties"] = entry{Run: func(e *Engine, d *data, s shape) {
		p := matrix(d, s.M, s.N)
		for i := range s.M {
			for j := range p.Row(i) {
				words := noise.Philox([4]uint32{uint32(j), uint32(11 + i), n.Step, uint32(n.Stream)}, [2]uint32{uint32(n.Seed), uint32(n.Seed >> 32)})
				p.Row(i)[j] = noise.Uniform(words[(i+j)%4])
			}
		}
		e.BernoulliMean(matrix(d, s.M, s.N), p, 4, n, 11)
	}, Shapes: flatShapes(8 * Panel)}
}

const (
	allActivations = Activation(vector.Activations)
	allRules       = Rule(descent.Rules)
)

// TestEveryMapPlan demands that the shapes of the maps' and gradients' contracts reach
// every value that their plans can have, for every instruction set.
func TestEveryMapPlan(t *testing.T) {
	for _, i := range isa.All {
		reached := map[string]bool{}
		for threads := 1; threads <= 7; threads++ {
			for _, s := range append(productShapes(), farMap) {
				if s.M > 0 && s.N > 0 {
					p := plan.MapProblem{ISA: i, Size: 4, Threads: threads, Rows: s.M, Inputs: max(1, s.K), Outputs: s.N}
					m := plan.OfMap(&p)
					reached[m.Share.String()], reached[m.X.String()], reached[fmt.Sprint("far ", m.Prefetch)] = true, true, true
				}
			}
			for _, s := range gradientShapes() {
				if s.N > 0 {
					p := plan.GradientProblem{ISA: i, Size: 4, Threads: threads, Examples: max(1, s.M), Inputs: max(1, s.K), Outputs: s.N}
					g := plan.OfGradient(&p)
					reached["gradient "+g.Share.String()], reached["gradient "+g.X.String()], reached[fmt.Sprint("gradient far ", g.Prefetch)] = true, true, true
				}
			}
		}
		want := []string{"one thread", "threads by columns", "threads by rows", "A in place", "far false",
			"gradient one thread", "gradient threads by columns", "gradient A in place", "gradient far false"}
		if i == isa.AVX512 {
			want = append(want, "A in columns")
		}
		if i == isa.AVX512 || i == isa.AVX2 {
			want = append(want, "gradient A in columns", "far true", "gradient far true")
		}
		for _, v := range want {
			if !reached[v] {
				t.Errorf("%v: no shape is computed with %q", i, v)
			}
			delete(reached, v)
		}
		for v := range reached {
			t.Errorf("%v: %q is not in the list of values", i, v)
		}
	}
}
