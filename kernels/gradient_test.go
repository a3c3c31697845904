package kernels

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/simd/contract"
)

// TestGradientStepPanels checks that inputs that were laid out, a part of the rows after
// the other, give the bits that GradientStep defines from the inputs themselves, and that the
// transposed weights follow.
func TestGradientStepPanels(t *testing.T) {
	all := engines(t)
	for _, s := range []shape{
		{M: 1, K: 1, N: 1}, {M: 3, K: 6, N: 17}, {M: 20, K: 15, N: 40}, {M: 5, K: 16, N: 33}, {M: 9, K: 17, N: 32}, {M: 30, K: 29, N: 16},
		{M: 100, K: 113, N: 100}, {M: 2, K: 227, N: 65}, {M: 7, K: 1000, N: 48}, {M: 20, K: 600, N: 440},
	} {
		const scale = 1. / 8
		x, d, w0 := NewMatrix(s.M, s.K), NewPacked(s.M, s.N), NewPacked(s.K+1, s.N)
		for i := range s.M {
			for j := range s.K {
				x.Row(i)[j] = float32((7*i+3*j)%11-5) * scale
			}
			for j := range s.N {
				d.Data[d.Index(i, j)] = float32((5*i+2*j)%13-6) * scale
			}
		}
		for rule := range allRules {
			o := Optimizer{Rule: rule, Rate: 0.01, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4}
			descent := func() Descent {
				w := Packed{Rows: w0.Rows, Cols: w0.Cols, Data: append([]float32(nil), w0.Data...)}
				return Descent{Optimizer: o, Step: 3, Weights: w, Moments: o.NewMoments(len(w.Data))}
			}
			want := descent()
			all[Generic.String()].GradientStep(want, x, d)
			for name, e := range all {
				columns, got := e.NewColumns(s.M, s.K), descent()
				got.Transposed = NewPacked(s.N+1, s.K)
				for _, rows := range [][2]int{{s.M / 2, s.M}, {0, s.M / 2}} {
					e.LayOut(columns, rows[0], x.Slice(rows[0], rows[1]))
				}
				for p := range d.Panels() {
					if p%3 != 2 {
						e.GradientStepPanels(got, columns, d, p, min(p+1+p%3, d.Panels()))
					}
				}
				for i, v := range got.Weights.Data {
					if !contract.SameBits(v, want.Weights.Data[i]) {
						t.Fatalf("%s, %v, %v: weight %d is %v, want %v", name, s, o.Rule, i, v, want.Weights.Data[i])
					}
				}
				transposed := NewPacked(s.N+1, s.K)
				e.TransposeWeights(transposed, want.Weights)
				if i := differsAt(got.Transposed.Data, transposed.Data); i >= 0 {
					t.Fatalf("%s, %v, %v: transposed weight %d is %v, want %v", name, s, o.Rule, i, got.Transposed.Data[i], transposed.Data[i])
				}
			}
		}
	}
}

// differsAt is where two slices of one length differ first, or -1.
func differsAt(a, b []float32) int {
	for i := range a {
		if !contract.SameBits(a[i], b[i]) {
			return i
		}
	}
	return -1
}

// TestColumnsChecks gives LayOut and GradientStepPanels what they must refuse.
func TestColumnsChecks(t *testing.T) {
	all := engines(t)
	for name, e := range all {
		d, o := NewPacked(4, 40), Optimizer{Rule: SGD, Rate: 1}
		w := NewPacked(41, 40)
		s := Descent{Optimizer: o, Step: 1, Weights: w, Moments: o.NewMoments(len(w.Data))}
		short, other := e.NewColumns(4, 40), e.NewColumns(4, 41)
		short.laidOut.Data = short.laidOut.Data[1:]
		for _, test := range []struct {
			what   string
			call   func()
			refuse string
		}{
			{"a row too many", func() { e.LayOut(e.NewColumns(4, 40), 3, NewMatrix(2, 40)) }, "does not fit"},
			{"a column less", func() { e.LayOut(e.NewColumns(4, 40), 0, NewMatrix(2, 39)) }, "does not fit"},
			{"a row before the first", func() { e.LayOut(e.NewColumns(4, 40), -1, NewMatrix(2, 40)) }, "does not fit"},
			{"no room", func() { e.LayOut(short, 0, NewMatrix(2, 40)) }, "not what NewColumns returns"},
			{"not from NewColumns", func() { e.LayOut(Columns{Rows: 4, Cols: 40}, 0, NewMatrix(2, 40)) }, "not what NewColumns returns"},
			{"missing elements", func() { e.GradientStepPanels(s, short, d, 0, 1) }, "not what NewColumns returns"},
			{"other inputs", func() { e.GradientStepPanels(s, other, d, 0, 1) }, "gradient of"},
			{"other examples", func() { e.GradientStepPanels(s, e.NewColumns(5, 40), d, 0, 1) }, "gradient of"},
			{"transposed weights of another shape", func() {
				s := s
				s.Transposed = NewPacked(41, 41)
				e.GradientStepPanels(s, e.NewColumns(4, 40), d, 0, 1)
			}, "TransposeWeights"},
			{"transposed weights in the delta", func() {
				s := s
				s.Transposed = NewPacked(s.Weights.Cols+1, s.Weights.Rows-1)
				d := d
				d.Data = s.Transposed.Data[:len(d.Data)]
				e.GradientStepPanels(s, e.NewColumns(4, 40), d, 0, 1)
			}, "overlaps"},
			{"a panel too many", func() { e.GradientStepPanels(s, e.NewColumns(4, 40), d, 0, 4) }, "panels 0 to 3 of 3"},
		} {
			if reason := caught.Panic(test.call); !strings.Contains(reason, test.refuse) {
				t.Errorf("%s: %s: %q, want a panic with %q", name, test.what, reason, test.refuse)
			}
		}
		e.LayOut(e.NewColumns(4, 40), 4, Matrix{Cols: 40, Stride: 40}) // no rows are fine
		for _, foreign := range all {
			if columns := foreign.NewColumns(4, 40); columns.laidOut.Height != e.NewColumns(4, 40).laidOut.Height {
				if reason := caught.Panic(func() { e.GradientStepPanels(s, columns, d, 0, 1) }); !strings.Contains(reason, "not what NewColumns returns") {
					t.Errorf("%s: laid out for %v: %q", name, foreign.ISA(), reason)
				}
			}
		}
	}
}
