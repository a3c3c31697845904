package kernels

import (
	"runtime/debug"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
)

// TestAllocations checks that the kernels leave nothing to the garbage collector
// on one thread: a buffer that escapes is cleared and collected at every call.
func TestAllocations(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection empties the pools of buffers
	const m, k, n = 100, 30, 40
	x, y, target := NewMatrix(m, k), NewMatrix(m, n), NewMatrix(m, n)
	w, d, loss := NewPacked(k+1, n), NewPacked(m, n), NewMatrix(m, Panel)
	back, wt := NewPacked(m, k), NewPacked(n+1, k)
	o := Optimizer{Rule: RMSProp, Rate: 1e-5, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4}
	descent := Descent{Optimizer: o, Step: 1, Weights: w, Moments: o.NewMoments(len(w.Data))}
	large := Descent{Optimizer: o, Step: 1, Weights: NewPacked(601, 440), Moments: o.NewMoments(601 * 448)}
	wideX, wideD := NewMatrix(m, 600), NewPacked(m, 440)
	b, c, row := NewMatrix(k, n), NewMatrix(m, n), NewMatrix(1, m)
	wideY, wideB := NewMatrix(m, 440), NewMatrix(600, 440)   // for which wideX is laid out
	wholeW, wholeY := NewPacked(601, 480), NewMatrix(m, 480) // whole tiles, to the last column
	square := NewMatrix(m, m)
	losses, gradient := make([]float32, m), make([]float32, len(w.Data))
	a64, b64, c64 := NewMatrix64(m, k), NewMatrix64(k, n), NewMatrix64(2*m, n).Slice(0, m)
	lists64 := [3][]Matrix64{{NewMatrix64(k, m)}, {b64}, {c64}}
	lists := [3][]Matrix{{x, x.Slice(0, 8)}, {b, b}, {c, NewMatrix(8, n)}}
	for _, isa := range Available() {
		e, err := New(WithMaxISA(isa), WithThreads(1))
		if err != nil {
			t.Fatal(err)
		}
		right, right64 := e.PackRight(true, wideX), e.PackRight64(false, b64) // the first is 600 x m
		columns := e.NewColumns(m, 600)
		e.LayOut(columns, 0, wideX)
		for name, f := range map[string]func(){
			"Affine":                  func() { e.Affine(y, Softplus, x, w) },
			"wide Affine":             func() { e.Affine(wideY, Softplus, wideX, large.Weights) },
			"AffineRelax":             func() { e.AffineRelax(y, Softplus, x, w, Relaxation{Delta: 0.1, A: target}) },
			"wide AffineRelax":        func() { e.AffineRelax(wholeY, Softplus, wideX, wholeW, Relaxation{Delta: 0.1, A: wholeY}) },
			"AffineDelta":             func() { e.AffineDelta(d, loss, Sigmoid, x, w, target, 0.1) },
			"AffineBackward":          func() { e.AffineBackward(x, d, w) },
			"wide AffineBackward":     func() { e.AffineBackward(wideX, wideD, large.Weights) },
			"AffineBackwardDelta":     func() { e.AffineBackwardDelta(back, Softplus, x, d, w) },
			"AffineBackwardDeltaRows": func() { e.AffineBackwardDeltaRows(back, 8, Softplus, x.Slice(0, 8), d, wt) },
			"TransposeWeights":        func() { e.TransposeWeights(wt, w) },
			"Gradient":                func() { e.Gradient(w, x, d) },
			"GradientStep":            func() { e.GradientStep(descent, x, d) },
			"large GradientStep":      func() { e.GradientStep(large, wideX, wideD) },
			"Gemm":                    func() { e.Gemm(false, false, 1, x, b, 0, c) },
			"wide Gemm":               func() { e.Gemm(false, false, 1, wideX, wideB, 0, wideY) },
			"small Gemm":              func() { e.Gemm(false, false, 1, x.Slice(0, 8), b, 0, c.Slice(0, 8)) },
			"Gemm of a row":           func() { e.Gemm(false, true, -0.5, wideX.Slice(0, 1), wideX, 0, row) },
			"Gemm of columns":         func() { e.Gemm(false, false, 1, wideX, wideB.Columns(0, 3), 0, wideY.Columns(0, 3)) },
			"GemmBatch":               func() { e.GemmBatch(false, false, 1, lists[0], lists[1], 0, lists[2]) },
			"GemmRight":               func() { e.GemmRight(false, 1, wideX, right, 0, square) },
			"GemmStrided": func() {
				e.GemmStrided(10, false, false, 1, x.Slice(0, 10), 10*x.Stride, b, 0, 0, c.Slice(0, 10), 10*c.Stride)
			},
			"GemmStrided64": func() {
				e.GemmStrided64(2, false, false, 1, a64, 0, b64, 0, 0, c64, m*c64.Stride)
			},
			"GemmBatch64":            func() { e.GemmBatch64(true, false, 1, lists64[0], lists64[1], 0, lists64[2]) },
			"GemmRight64":            func() { e.GemmRight64(false, 1, a64, right64, 0, c64) },
			"Gemm64":                 func() { e.Gemm64(false, false, -1, a64, b64, 0.5, c64) },
			"small Gemm64":           func() { e.Gemm64(false, false, 1, a64.Slice(0, 8), b64, 0, c64.Slice(0, 8)) },
			"Mul64":                  func() { e.Mul64(a64.Data, a64.Data, a64.Data) },
			"AffineDeltaRows":        func() { e.AffineDeltaRows(d, 8, loss.Slice(0, 8), Tanh, x.Slice(0, 8), w, target.Slice(0, 8), 0.1) },
			"SlopeDeltaRows":         func() { e.SlopeDeltaRows(d, 8, Tanh, target.Slice(0, 8), target.Slice(0, 8)) },
			"TransposeWeightsPanels": func() { e.TransposeWeightsPanels(wt, w, 1, 2) },
			"LayOut":                 func() { e.LayOut(columns, 8, wideX.Slice(0, 8)) },
			"GradientStepPanels":     func() { e.GradientStepPanels(large, columns, wideD, 1, 3) },
			"Update":                 func() { e.Update(o, 1, w.Data, gradient, descent.Moments) },
			"Apply":                  func() { e.Apply(ReLU, y.Row(0), target.Row(0)) },
			"BernoulliMean":          func() { e.BernoulliMean(y, y, 5, Noise{}, 0) },
			"Pack":                   func() { w.Pack(1, b) },
			"Unpack":                 func() { w.Unpack(1, b) },
			"SumLoss":                func() { SumLoss(loss) },
			"Add":                    func() { e.Add(y.Row(0), y.Row(0), target.Row(0)) },
			"Softmax":                func() { e.Softmax(y, target) },
			"CrossEntropy":           func() { e.CrossEntropy(d, losses, y, target, 0.1) },
			"Exp":                    func() { e.Exp(y.Row(0), target.Row(0)) },
			"AddGaussian":            func() { e.AddGaussian(y, target, 1, Noise{}, 0) },
		} {
			if n := testing.AllocsPerRun(3, f); n != 0 {
				t.Errorf("%v: %s allocates %v times", isa, name, n)
			}
		}
	}
}
