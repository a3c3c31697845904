package kernels

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestMisuseOfTypes: what is no method of an engine.
func TestMisuseOfTypes(t *testing.T) {
	m, m64, p := full(3, 20), full64(3, 20), fullPacked(4, 20)
	sgd := Optimizer{Rule: SGD, Rate: 1}
	loss := full(3, Panel)
	for _, test := range []struct {
		refuse string
		call   func()
	}{
		{"NewMatrix of -1 x 4", func() { NewMatrix(-1, 4) }},
		{fmt.Sprintf("NewMatrix of %d x 4", power(62)), func() { NewMatrix(power(62), 4) }},
		{fmt.Sprintf("NewMatrix of 4 x %d", math.MaxInt), func() { NewMatrix(4, math.MaxInt) }},
		{fmt.Sprintf("NewMatrix64 of %d x %d", power(32), power(32)), func() { NewMatrix64(power(32), power(32)) }},
		{fmt.Sprintf("NewMatrix64 of 4 x %d", math.MinInt), func() { NewMatrix64(4, math.MinInt) }},
		{fmt.Sprintf("NewPacked of %d x 17", power(62)), func() { NewPacked(power(62), 17) }},
		{"NewPacked of -1 x 0", func() { NewPacked(-1, 0) }},
		{"NewMoments of 1 x -1", func() { sgd.NewMoments(-1) }},
		{"the unknown optimiser", func() { Optimizer{Rule: 77}.NewMoments(3) }},
		{fmt.Sprintf("NewMoments of 1 x %d", power(62)), func() { sgd.NewMoments(power(62)) }},
		{"row 3 of 3", func() { m.Row(3) }},
		{"row -1 of 3", func() { m64.Row(-1) }},
		{fmt.Sprintf("the matrix of Row has 60 elements, too few for 3 x 20 with stride %d", power(62)), func() { Matrix{3, 20, power(62), ones[float32](60)}.Row(2) }}, // 2^63 elements on
		{"the matrix of Row has 0 elements", func() { Matrix64{Rows: 3, Cols: 20, Stride: 20}.Row(0) }},
		{fmt.Sprintf("the packed matrix has 0 elements, too few for 4 x %d", math.MaxInt), func() { Packed{Rows: 4, Cols: math.MaxInt}.Panels() }},
		{"row 2 of 2", func() { m.Slice(0, 2).Row(2) }},
		{"rows 0 to 3 of 2", func() { m.Slice(0, 2).Slice(0, 4) }},
		{fmt.Sprintf("columns 5 to %d of 20", math.MinInt), func() { m.Columns(5, math.MinInt+1) }},
		{"element (4, 0) of 4 x 20", func() { p.Index(4, 0) }},
		{"element (0, -1) of 4 x 20", func() { p.Index(0, -1) }},
		{"element (0, 20) of 4 x 20", func() { p.Index(0, 20) }},
		{fmt.Sprintf("3 x 20 elements do not fit into 4 x 20 from row %d", math.MaxInt), func() { p.Pack(math.MaxInt, m) }},
		{"3 x 20 elements do not fit into 4 x 20 from row -1", func() { p.Unpack(-1, m) }},
		{fmt.Sprintf("the transpose of 3 x 20 elements does not fit into 4 x 3 from row %d", math.MaxInt), func() { fullPacked(4, 3).PackTransposed(math.MaxInt, m) }},
		{"the unpacked matrix has 0 elements", func() { p.Pack(0, Matrix{Rows: power(60), Cols: 20, Stride: 20}) }},
		{"the packed matrix has 0 elements", func() { Packed{Rows: power(60), Cols: 20}.Unpack(0, m) }},
		{"the packed matrix overlaps the unpacked matrix", func() { p.Pack(0, Matrix{Rows: 1, Cols: 20, Stride: 20, Data: p.Data[100:]}) }},
		{"the unpacked matrix overlaps the packed matrix", func() { p.Unpack(0, Matrix{Rows: 1, Cols: 20, Stride: 20, Data: p.Data[100:]}) }},
		{"the packed matrix overlaps the matrix to pack", func() { p.PackTransposed(0, Matrix{Rows: 20, Cols: 1, Stride: 1, Data: p.Data[100:]}) }},
		{"the Engine is nil", func() { (*Engine)(nil).Serial() }},
		{"the Engine is nil", func() { (*Engine)(nil).Threads() }},
		{"the Engine is nil", func() { (*Engine)(nil).Each(1, func(int) {}) }},
		{"the Engine is nil", func() { (*Engine)(nil).Split(1, func(int, int) {}) }},
		{"the Engine is nil", func() { (*Engine)(nil).Relay(1, 1, func(int, int, int, int) {}) }},
		{"Split without a function", func() { Default().Split(1, nil) }},
		{"Each without a function", func() { Default().Each(1, nil) }},
		{"Relay without a function", func() { Default().Relay(1, 1, nil) }},
		{"the loss of SumLoss is 3 x 15, want 3 x 16", func() { SumLoss(loss.Columns(0, 15)) }},
		{fmt.Sprintf("the loss of SumLoss has %d rows, 16 columns and stride 0", power(60)), func() { SumLoss(Matrix{Rows: power(60), Cols: Panel, Data: loss.Data}) }},
	} {
		if reason := caught.Panic(test.call); !strings.HasPrefix(reason, "kernels: ") || !strings.Contains(reason, test.refuse) {
			t.Errorf("%q, want a panic with %q", reason, test.refuse)
		}
	}
	for _, x := range [][]float32{m.Data, p.Data, loss.Data} {
		for i, v := range x {
			if v != 1 {
				t.Fatalf("element %d of %d was written", i, len(x))
			}
		}
	}
}

// TestMisuseOfOptions: engines that cannot be, and settings that cannot train.
func TestMisuseOfOptions(t *testing.T) {
	for want, option := range map[string]Option{
		"-1 threads":                       WithThreads(-1),
		"threads: want 0 (all) to 65536":   WithThreads(math.MaxInt),
		"unknown instruction set ISA(200)": WithMaxISA(200),
		"option 0 of New is nil":           nil,
	} {
		if e, err := New(option); e != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("New returns %v, %v, want %q", e, err, want)
		}
	}
	w, nan := ones[float32](9), float32(math.NaN())
	for want, f := range map[string]func(){
		"unknown optimiser Rule(9)": func() { Default().Update(Optimizer{Rule: 9, Rate: 1}, 1, w, ones[float32](9), Moments{}) },
		"learning rate 0":           func() { Default().Update(Optimizer{}, 1, w, ones[float32](9), Optimizer{}.NewMoments(9)) },
		"learning rate NaN": func() {
			Default().Update(Optimizer{Rule: SGD, Rate: nan}, 1, w, ones[float32](9), Optimizer{}.NewMoments(9))
		},
		"epsilon 0": func() {
			Default().Update(Optimizer{Rule: Adam, Rate: 1}, 1, w, ones[float32](9), Optimizer{}.NewMoments(9))
		},
		"step 0": func() {
			Default().Update(Optimizer{Rule: SGD, Rate: 1}, 0, w, ones[float32](9), Optimizer{}.NewMoments(9))
		},
		"the moments are too short": func() {
			Default().Update(Optimizer{Rule: SGD, Rate: 1}, 1, w, ones[float32](9), Moments{Mean: w[:3:3], Velocity: ones[float32](9)})
		},
	} {
		if reason := caught.Panic(f); !strings.HasPrefix(reason, "kernels: ") || !strings.Contains(reason, want) {
			t.Errorf("%q, want a panic with %q", reason, want)
		}
	}
	for i, v := range w {
		if v != 1 {
			t.Errorf("weight %d was written", i)
		}
	}
}

// TestNothingIsFast: shapes without elements, though with many rows, columns or products, are
// done at once.
func TestNothingIsFast(t *testing.T) {
	if math.MaxInt == math.MaxInt32 {
		t.Skip("numbers of 64 bits")
	}
	many := power(40)
	rows, columns := Matrix{Rows: many}, Matrix{Cols: many, Stride: many}
	rows64, columns64 := Matrix64{Rows: many}, Matrix64{Cols: many, Stride: many}
	packedRows, packedColumns := NewPacked(many, 0), NewPacked(0, many)
	done := make(chan string)
	go func() {
		defer close(done)
		for name, e := range engines(t) {
			for what, f := range map[string]func(){
				"Gemm of rows":           func() { e.Gemm(false, false, 1, rows, Matrix{}, 0.5, rows) },
				"Gemm of columns":        func() { e.Gemm(true, false, 1, Matrix{}, columns, 0.5, columns) },
				"Gemm64 of rows":         func() { e.Gemm64(false, true, 2, rows64, Matrix64{}, 0, rows64) },
				"Gemm64 of columns":      func() { e.Gemm64(false, false, 2, Matrix64{}, columns64, 0, columns64) },
				"Gemm inner":             func() { e.Gemm(false, false, 1, columns, rows, 0, Matrix{}) },
				"GemmStrided":            func() { e.GemmStrided(many, false, false, 1, Matrix{}, 0, Matrix{}, 0, 0, Matrix{}, 0) },
				"GemmStrided64":          func() { e.GemmStrided64(many, false, false, 1, rows64, 0, Matrix64{}, 0, 0, rows64, 0) },
				"PackRight of rows":      func() { e.GemmRight(false, 1, columns, e.PackRight(false, rows), 0, Matrix{}) },
				"PackRight of columns":   func() { e.GemmRight(false, 1, Matrix{}, e.PackRight(false, columns), 0, columns) },
				"PackRight64 transposed": func() { e.GemmRight64(false, 1, columns64, e.PackRight64(true, columns64), 0, Matrix64{}) },
				"Affine":                 func() { e.Affine(Matrix{}, Tanh, columns, Packed{Rows: many + 1}) },
				"Gradient":               func() { e.Gradient(Packed{Rows: 2}, full(3, 1), Packed{Rows: 3}) },
				"SlopeDeltaRows":         func() { e.SlopeDeltaRows(packedRows, 0, Tanh, rows, rows) },
				"Softmax":                func() { e.Softmax(rows, rows) },
				"CrossEntropy":           func() { e.CrossEntropy(packedColumns, nil, columns, columns, 1) },
				"AddGaussian":            func() { e.AddGaussian(rows, rows, 1, Noise{}, 0) },
				"BernoulliMean":          func() { e.BernoulliMean(rows, rows, 3, Noise{}, 0) },
				"LayOut":                 func() { e.LayOut(e.NewColumns(many, 0), 0, rows) },
				"LayOut of columns":      func() { e.LayOut(e.NewColumns(0, many), 0, columns) },
				"Pack":                   func() { packedRows.Pack(0, rows) },
				"Unpack":                 func() { packedRows.Unpack(0, rows) },
				"PackTransposed":         func() { packedColumns.PackTransposed(0, rows) },
				"PackTransposed columns": func() { packedRows.PackTransposed(0, columns) },
				"Each":                   func() { e.Each(math.MinInt, nil); e.Split(-1, nil); e.Relay(0, 1, nil) },
				"Relay without stages":   func() { e.Relay(4, -1, func(_, _, _, _ int) { panic("a stage") }) },
			} {
				done <- name + ": " + what
				if reason := caught.Panic(f); reason != "" {
					t.Errorf("%s: %s: %s", name, what, reason)
				}
			}
		}
	}()
	for what := "nothing"; ; {
		select {
		case next, more := <-done:
			if !more {
				return
			}
			what = next
		case <-time.After(10 * time.Second):
			t.Fatalf("%s takes long", what)
		}
	}
}

// TestClosed: a call that needs the threads of a closed engine says so, and writes nothing.
func TestClosed(t *testing.T) {
	e := newEngine(t, WithThreads(2))
	right, right64 := e.PackRight(false, full(600, 300)), e.PackRight64(false, full64(600, 300))
	columns := e.NewColumns(600, 300)
	e.Close()
	e.Close()
	const m = 600
	sgd := Optimizer{Rule: SGD, Rate: 1}
	long, long64, tall := ones[float32](1<<18), ones[float64](1<<18), full(m, 300)
	result, result64, d, w, loss := full(m, 300), full64(m, 300), fullPacked(m, 300), fullPacked(301, 300), full(m, Panel)
	moments := Moments{Velocity: ones[float32](len(w.Data))}
	for what, f := range map[string]func(){
		"Gemm":    func() { e.Gemm(false, false, 1, full(m, m), full(m, 300), 0.5, result) },
		"Gemm64":  func() { e.Gemm64(false, false, 1, full64(m, m), full64(m, 300), 0.5, result64) },
		"a row":   func() { e.Gemm(false, false, 1, full(1, m), full(m, 3000), 0, full(1, 3000)) },
		"columns": func() { e.Gemm(false, false, 1, full(3000, m), full(m, 2), 0.5, full(3000, 2)) },
		"GemmBatch": func() {
			e.GemmBatch(false, false, 1, []Matrix{full(m, m), full(m, m)}, []Matrix{full(m, 300), full(m, 300)}, 0.5, []Matrix{result, full(m, 300)})
		},
		"GemmRight":           func() { e.GemmRight(false, 1, full(m, m), right, 0.5, result) },
		"GemmRight64":         func() { e.GemmRight64(false, 1, full64(m, m), right64, 0.5, result64) },
		"Affine":              func() { e.Affine(result, Softplus, tall, w) },
		"AffineDelta":         func() { e.AffineDelta(d, loss, Softplus, tall, w, full(m, 300), 1) },
		"AffineBackward":      func() { e.AffineBackward(result, d, w) },
		"AffineBackwardDelta": func() { e.AffineBackwardDelta(fullPacked(m, 300), Tanh, tall, d, w) },
		"TransposeWeights":    func() { e.TransposeWeights(fullPacked(301, 300), w) },
		"Gradient":            func() { e.Gradient(w, tall, d) },
		"GradientStep":        func() { e.GradientStep(Descent{Optimizer: sgd, Step: 1, Weights: w, Moments: moments}, tall, d) },
		"Update":              func() { e.Update(sgd, 1, long, ones[float32](1<<18), Moments{Velocity: ones[float32](1 << 18)}) },
		"Exp":                 func() { e.Exp(long, long) },
		"Exp64":               func() { e.Exp64(long64, long64) },
		"Mul":                 func() { e.Mul(long, long, ones[float32](1<<18)) },
		"Add64":               func() { e.Add64(long64, long64, long64) },
		"Softmax":             func() { e.Softmax(result, result) },
		"CrossEntropy":        func() { e.CrossEntropy(d, ones[float32](m), full(m, 300), full(m, 300), 1) },
		"AddGaussian":         func() { e.AddGaussian(result, result, 1, Noise{}, 0) },
		"BernoulliMean":       func() { e.BernoulliMean(result, full(m, 300), 3, Noise{}, 0) },
		"Split":               func() { e.Split(2, func(_, _ int) { t.Error("a part runs") }) },
		"Each":                func() { e.Each(2, func(_ int) { t.Error("an item runs") }) },
		"Relay":               func() { e.Relay(2, 1, func(_, _, _, _ int) { t.Error("a stage runs") }) },
	} {
		if reason := caught.Panic(f); reason != "targetprop: engine is closed" {
			t.Errorf("%s: %q", what, reason)
		}
		for i, v := range slices.Concat(long, tall.Data, result.Data, d.Data, w.Data, loss.Data, moments.Velocity) {
			if v != 1 {
				t.Fatalf("%s: element %d of all was written", what, i)
			}
		}
		for i, v := range slices.Concat(long64, result64.Data) {
			if v != 1 {
				t.Fatalf("%s: element %d of all of float64 was written", what, i)
			}
		}
	}
	e.LayOut(columns, 0, tall) // needs no threads
}
