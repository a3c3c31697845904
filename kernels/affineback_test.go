package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/f32"
)

// slopes are the derivatives of the activations from their values, in float64.
var slopes = [...]func(h float64) float64{
	Identity: func(float64) float64 { return 1 },
	Softplus: func(h float64) float64 { return -math.Expm1(-h) },
	Sigmoid:  func(h float64) float64 { return h * (1 - h) },
	ReLU: func(h float64) float64 {
		if h > 0 {
			return 1
		}
		return 0
	},
	Tanh: func(h float64) float64 { return 1 - h*h },
}

// packedOf is m as a Packed.
func packedOf(m Matrix) Packed {
	p := NewPacked(m.Rows, m.Cols)
	p.Pack(0, m)
	return p
}

// TestAffineBackward compares maps back with sums in float64, within the bound of a chain's
// error, and their bits with the chain in plain Go. Each row by itself, from transposed
// weights, has the same bits.
func TestAffineBackward(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 3))
	for _, s := range []shape{{M: 1, N: 1, K: 1}, {M: 5, N: 33, K: 18}, {M: 3, N: 16, K: 32}, {M: 7, N: 100, K: 1}, {M: 115, N: 40, K: 50}, {M: 2, N: 5, K: 0}, {M: 0, N: 5, K: 3}} {
		d, w, h := randomMatrix(rng, false, s.M, s.N), randomMatrix(rng, false, s.K+1, s.N), randomMatrix(rng, false, s.M, s.K)
		for i := range h.Data {
			h.Data[i] = max(0, min(1, h.Data[i])) // values of each of the activations
		}
		for name, e := range engines(t) {
			plain, wt := NewMatrix(s.M, s.K), NewPacked(s.N+1, s.K)
			e.AffineBackward(plain, packedOf(d), packedOf(w))
			e.TransposeWeights(wt, packedOf(w))
			for act := range allActivations {
				got, rows := NewPacked(s.M, s.K), NewPacked(s.M, s.K)
				e.AffineBackwardDelta(got, act, h, packedOf(d), packedOf(w))
				for i := range s.M {
					e.AffineBackwardDeltaRows(rows, i, act, h.Slice(i, i+1), packedOf(d), wt)
				}
				if !slices.Equal(got.Data, rows.Data) {
					t.Errorf("%s: %v: row by row other bits", name, act)
				}
				for i := range s.M {
					for k := range s.K {
						var chain float32
						var sum, size float64
						for n := range s.N {
							a, b := d.Row(i)[n], w.Row(1 + k)[n]
							chain = f32.FMA(a, b, chain)
							sum += float64(a) * float64(b)
							size += math.Abs(float64(a) * float64(b))
						}
						if x := plain.Row(i)[k]; x != chain {
							t.Fatalf("%s, %v: (%d, %d) is %g, by a chain %g", name, s, i, k, x, chain)
						}
						slope := slopes[act](float64(h.Row(i)[k]))
						x, bound := float64(got.Data[got.Index(i, k)]), (float64(s.N)*size*math.Abs(slope)+4*math.Abs(sum))*0x1p-24
						if math.Abs(x-sum*slope) > bound {
							t.Fatalf("%s, %v, %v: (%d, %d) is %g, want %g within %g", name, act, s, i, k, x, sum*slope, bound)
						}
					}
				}
			}
		}
	}
}

// TestAffineBackwardChecks gives maps back what they must refuse, with the argument's name and
// nothing written.
func TestAffineBackwardChecks(t *testing.T) {
	e := newEngine(t, WithThreads(1))
	d, w, wt, h := NewPacked(4, 20), NewPacked(31, 20), NewPacked(21, 30), NewMatrix(4, 30)
	dst, plain := NewPacked(4, 30), NewMatrix(4, 30)
	for i := range dst.Data {
		dst.Data[i] = 1
	}
	for i := range plain.Data {
		plain.Data[i] = 1
	}
	short, huge := Packed{Rows: 4, Cols: 20, Data: make([]float32, 127)}, Packed{Rows: power(60), Cols: 20}
	for _, test := range []struct {
		refuse string
		call   func()
	}{
		{"the delta of AffineBackward has 127 elements", func() { e.AffineBackward(plain, short, w) }},
		{"the delta of AffineBackward has 0 elements", func() { e.AffineBackward(plain, huge, w) }},
		{"the weights of AffineBackward has 0 elements", func() { e.AffineBackward(plain, d, Packed{Rows: 31, Cols: 20}) }},
		{"the weights of AffineBackward has 0 elements", func() { e.AffineBackward(plain, d, Packed{Rows: -1, Cols: 20}) }},
		{"AffineBackward of a delta of 4 x 20 by weights of 0 x 20", func() { e.AffineBackward(plain, d, Packed{Cols: 20}) }},
		{"AffineBackward of a delta of 4 x 20 by weights of 21 x 30", func() { e.AffineBackward(plain, d, wt) }},
		{"AffineBackward of a delta of 4 x 0 by weights of 31 x 0", func() { e.AffineBackward(plain, Packed{Rows: 4}, Packed{Rows: 31}) }},
		{"the delta of AffineBackwardDeltaRows has no columns", func() { e.AffineBackwardDeltaRows(dst, 0, Tanh, h, Packed{Rows: 4}, NewPacked(1, 30)) }},
		{"the result of AffineBackward is 3 x 30", func() { e.AffineBackward(plain.Slice(0, 3), d, w) }},
		{"the result of AffineBackward has 0 elements", func() { e.AffineBackward(Matrix{Rows: 4, Cols: 30, Stride: 30}, d, w) }},
		{"unknown activation", func() { e.AffineBackwardDelta(dst, Activation(99), h, d, w) }},
		{"the values of AffineBackwardDelta is 4 x 29", func() { e.AffineBackwardDelta(dst, Tanh, h.Columns(0, 29), d, w) }},
		{"the result of AffineBackwardDelta is 4 x 20", func() { e.AffineBackwardDelta(d, Tanh, h, d, w) }},
		{"the result of AffineBackwardDelta has 0 elements", func() { e.AffineBackwardDelta(Packed{Rows: 4, Cols: 30}, Tanh, h, d, w) }},
		{"the transposed weights of AffineBackwardDeltaRows is 31 x 20", func() { e.AffineBackwardDeltaRows(dst, 0, Tanh, h, d, w) }},
		{"the values of AffineBackwardDeltaRows are 2 rows, from row 3 on, of 4", func() { e.AffineBackwardDeltaRows(dst, 3, Tanh, h.Slice(0, 2), d, wt) }},
		{"from row -1 on", func() { e.AffineBackwardDeltaRows(dst, -1, Tanh, h.Slice(0, 2), d, wt) }},
		{fmt.Sprintf("from row %d on", math.MaxInt), func() { e.AffineBackwardDeltaRows(dst, math.MaxInt, Tanh, h.Slice(0, 2), d, wt) }},
		{"the values of AffineBackwardDeltaRows are 5 rows", func() { e.AffineBackwardDeltaRows(dst, 0, Tanh, NewMatrix(5, 30), d, wt) }},
		{"the result of AffineBackwardDeltaRows is 3 x 30", func() { e.AffineBackwardDeltaRows(NewPacked(3, 30), 0, Tanh, h, d, wt) }},
		{"unknown activation", func() { e.SlopeDeltaRows(dst, 0, Activation(99), h, h) }},
		{"the gradient of SlopeDeltaRows is 3 x 30", func() { e.SlopeDeltaRows(dst, 0, Tanh, h, h.Slice(0, 3)) }},
		{"the states of SlopeDeltaRows are 4 x 30, from row 1 on, of 4 x 30", func() { e.SlopeDeltaRows(dst, 1, Tanh, h, h) }},
		{"the states of SlopeDeltaRows are 4 x 30, from row 0 on, of 4 x 20", func() { e.SlopeDeltaRows(d, 0, Tanh, h, h) }},
		{"the result of SlopeDeltaRows has 0 elements", func() { e.SlopeDeltaRows(Packed{Rows: 4, Cols: 30}, 0, Tanh, h, h) }},
		{"the result of TransposeWeights is 4 x 30, want 21 x 30", func() { e.TransposeWeights(dst, w) }},
		{"the weights of TransposeWeights are 0 x 0", func() { e.TransposeWeights(wt, Packed{}) }},
		{"panels 1 to 2 of 2", func() { e.TransposeWeightsPanels(wt, w, 1, 3) }},
	} {
		if reason := caught.Panic(test.call); !strings.Contains(reason, test.refuse) {
			t.Errorf("%q, want a panic with %q", reason, test.refuse)
		}
	}
	if i := slices.IndexFunc(append(dst.Data, plain.Data...), func(x float32) bool { return x != 1 }); i >= 0 {
		t.Errorf("element %d was written", i)
	}
}

// TestSlopeDeltaRows compares it with the slopes in float64, in rows that it may write alone.
func TestSlopeDeltaRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 4))
	for _, s := range []shape{{M: 1, N: 1}, {M: 5, N: 33}, {M: 300, N: 20}} {
		g, h := randomMatrix(rng, false, s.M, s.N), randomMatrix(rng, false, s.M, s.N)
		for i := range h.Data {
			h.Data[i] = max(0, min(1, h.Data[i]))
		}
		for name, e := range engines(t) {
			for act := range allActivations {
				got := NewPacked(s.M+2, s.N)
				e.SlopeDeltaRows(got, 1, act, h, g)
				for i := range got.Rows {
					for j := range s.N {
						var want float64
						if i > 0 && i <= s.M {
							want = float64(g.Row(i - 1)[j]) * slopes[act](float64(h.Row(i - 1)[j]))
						}
						if v := float64(got.Data[got.Index(i, j)]); math.Abs(v-want) > 1e-6*(1+math.Abs(want)) {
							t.Fatalf("%s: %v: element %d, %d is %v, want %v", name, act, i, j, v, want)
						}
					}
				}
			}
		}
	}
}

// backShapes have the outputs of productShapes as inputs: those are the columns of a map back.
func backShapes() []shape {
	var s []shape
	for _, x := range append(productShapes(), farMap) {
		s = append(s, shape{M: x.M, N: x.K, K: x.N})
	}
	return s
}

func addMapsBack(table contract.Table[*Engine, float32]) {
	table["AffineBackward"] = entry{Run: func(e *Engine, d *data, s shape) {
		e.AffineBackward(matrix(d, s.M, s.K), packed(d, s.M, s.N), packed(d, s.K+1, s.N))
	}, Shapes: backShapes(), Least: shape{N: 1}}
	for act := range allActivations {
		table["AffineBackwardDelta/"+act.String()] = entry{Run: func(e *Engine, d *data, s shape) {
			e.AffineBackwardDelta(packed(d, s.M, s.K), act, matrix(d, s.M, s.K), packed(d, s.M, s.N), packed(d, s.K+1, s.N))
		}, Shapes: backShapes(), Least: shape{N: 1}}
		table["SlopeDeltaRows/"+act.String()] = entry{Run: func(e *Engine, d *data, s shape) {
			e.SlopeDeltaRows(packed(d, 3+s.M, s.N), 3, act, matrix(d, s.M, s.N), matrix(d, s.M, s.N))
		}, Shapes: productShapes()}
	}
	table["AffineBackwardDeltaRows"] = entry{Run: func(e *Engine, d *data, s shape) {
		const first = 3
		e.AffineBackwardDeltaRows(packed(d, first+s.M, s.K), first, Softplus, matrix(d, s.M, s.K), packed(d, first+s.M, s.N), packed(d, s.N+1, s.K))
	}, Shapes: backShapes(), Least: shape{N: 1}}
	table["TransposeWeights"] = entry{Run: func(e *Engine, d *data, s shape) {
		e.TransposeWeights(packed(d, s.N+1, s.K), packed(d, s.K+1, s.N))
	}, Shapes: backShapes(), Least: shape{N: 1}}
}
