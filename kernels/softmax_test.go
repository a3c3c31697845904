package kernels

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/simd/contract"
)

func addSoftmax(table contract.Table[*Engine, float32]) {
	shapes := append(flatShapes(2*Panel), shape{M: 700, N: 100})
	table["Softmax"] = entry{Run: func(e *Engine, d *data, s shape) { e.Softmax(matrix(d, s.M, s.N), matrix(d, s.M, s.N)) }, Shapes: shapes}
	table["Softmax/in place"] = entry{Run: func(e *Engine, d *data, s shape) {
		x := matrix(d, s.M, s.N)
		e.Softmax(x, x)
	}, Shapes: shapes}
	table["CrossEntropy"] = entry{Run: func(e *Engine, d *data, s shape) {
		e.CrossEntropy(packed(d, s.M, s.N), d.Slice(s.M), matrix(d, s.M, s.N), matrix(d, s.M, s.N), 0.3)
	}, Shapes: shapes}
}

// crossEntropy64 is the loss of a row in float64.
func crossEntropy64(z, t []float64) (loss float64) {
	m, s := slices.Max(z), 0.0
	for _, x := range z {
		s += math.Exp(x - m)
	}
	for j, x := range z {
		loss += t[j] * (math.Log(s) - (x - m))
	}
	return loss
}

// TestCrossEntropy compares probabilities, deltas and losses with float64, and the deltas with
// numerical derivatives of the loss.
func TestCrossEntropy(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 6))
	const rows, scale = 7, 0.25
	for name, e := range engines(t) {
		for _, c := range []int{1, 2, 10, 16, 17, 100} {
			z, p, target := randomMatrix(rng, false, rows, c), NewMatrix(rows, c), NewMatrix(rows, c)
			for i := range z.Data {
				z.Data[i] *= 10
			}
			for i := range rows { // one class, or two
				target.Row(i)[i%c] += 0.75
				target.Row(i)[(3*i+1)%c] += 0.25
			}
			d, loss := NewPacked(rows, c), make([]float32, rows)
			e.Softmax(p, z)
			e.CrossEntropy(d, loss, z, target, scale)
			for i := range rows {
				z64, t64 := widened(z.Slice(i, i+1)).Data[:c], widened(target.Slice(i, i+1)).Data[:c]
				m, s := slices.Max(z64), 0.0
				for _, x := range z64 {
					s += math.Exp(x - m)
				}
				if want := crossEntropy64(z64, t64); math.Abs(float64(loss[i])-want) > 1e-6*(1+want) {
					t.Fatalf("%s, %d classes: loss %g, want %g", name, c, loss[i], want)
				}
				for j, x := range z64 {
					// x - m is rounded to half an ulp of at most 2^6, which is a relative error of its exponential.
					want := math.Exp(x-m) / s
					if got := float64(p.Row(i)[j]); math.Abs(got-want) > want*(0x1p-18+float64(c)*0x1p-24)+0x1p-126 {
						t.Fatalf("%s, %d classes: p = %g, want %g", name, c, got, want)
					}
					const h = 1e-5
					z64[j] = x + h
					up := crossEntropy64(z64, t64)
					z64[j] = x - h
					slope := (up - crossEntropy64(z64, t64)) / (2 * h)
					z64[j] = x
					if got := float64(d.Data[d.Index(i, j)]); math.Abs(got-scale*slope) > 1e-6 {
						t.Fatalf("%s, %d classes: d = %g, by differences %g", name, c, got, scale*slope)
					}
				}
			}
		}
	}
}

// TestSoftmaxSpecials: what NaN and infinities become.
func TestSoftmaxSpecials(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	row := func(x ...float32) Matrix { return Matrix{Rows: 1, Cols: len(x), Stride: len(x), Data: x} }
	same := contract.SameBits[float32]
	for name, e := range engines(t) {
		for _, test := range []struct {
			z, p [3]float32
			loss float32 // of the first class
		}{
			{[3]float32{1, 1, -inf}, [3]float32{0.5, 0.5, 0}, math.Ln2},
			{[3]float32{-inf, 2, -inf}, [3]float32{0, 1, 0}, inf},
			{[3]float32{0, 1000, -1000}, [3]float32{0, 1, 0}, 1000},
			{[3]float32{1, nan, 2}, [3]float32{nan, nan, nan}, nan},
			{[3]float32{nan, 1, 2}, [3]float32{nan, nan, nan}, nan},
			{[3]float32{1, inf, 2}, [3]float32{nan, nan, nan}, nan},
			{[3]float32{-inf, -inf, -inf}, [3]float32{nan, nan, nan}, nan},
		} {
			p, d, loss := NewMatrix(1, 3), NewPacked(1, 3), make([]float32, 1)
			e.Softmax(p, row(test.z[:]...))
			e.CrossEntropy(d, loss, row(test.z[:]...), row(1, 0, 0), 1)
			if !slices.EqualFunc(p.Row(0), test.p[:], same) || !same(loss[0], test.loss) || !same(d.Data[1], test.p[1]) {
				t.Errorf("%s: of %v %v, delta %v, loss %v, want %v and %v", name, test.z, p.Row(0), d.Data[:3], loss, test.p, test.loss)
			}
		}
		e.Softmax(Matrix{Rows: 3}, Matrix{Rows: 3}) // no columns are fine
	}
}

// TestSoftmaxChecks gives both what they must refuse, with nothing written.
func TestSoftmaxChecks(t *testing.T) {
	e := newEngine(t, WithThreads(1))
	m, d, loss := NewMatrix(2, 3), NewPacked(2, 3), []float32{1, 1}
	for want, f := range map[string]func(){
		"the argument of Softmax has 0 elements":          func() { e.Softmax(m, Matrix{Rows: power(60), Cols: 3, Stride: 3}) },
		"the result of Softmax is 2 x 2, want 2 x 3":      func() { e.Softmax(m.Columns(0, 2), m) },
		"the logits of CrossEntropy has -1 rows":          func() { e.CrossEntropy(d, loss, Matrix{Rows: -1}, m, 1) },
		"the targets of CrossEntropy is 1 x 3":            func() { e.CrossEntropy(d, loss, m, m.Slice(0, 1), 1) },
		"the delta of CrossEntropy is 2 x 4, want 2 x 3":  func() { e.CrossEntropy(NewPacked(2, 4), loss, m, m, 1) },
		"the delta of CrossEntropy has 0 elements":        func() { e.CrossEntropy(Packed{Rows: 2, Cols: 3}, loss, m, m, 1) },
		"the loss of CrossEntropy has 1 elements, want 2": func() { e.CrossEntropy(d, loss[:1], m, m, 1) },
	} {
		if got := caught.Panic(f); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if loss[0] != 1 || loss[1] != 1 {
		t.Error("the loss was written")
	}
}
