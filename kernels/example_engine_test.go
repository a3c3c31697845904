package kernels_test

import (
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/kernels"
)

// An engine with threads of its own, on plain Go: the results are those of all others.
func ExampleNew() {
	plain, err := kernels.New(kernels.WithThreads(1), kernels.WithMaxISA(kernels.Generic))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer plain.Close()
	a, b := []float32{0.1, 0.2, 0.3}, []float32{0.1, 0.2, 0.3}
	plain.Tanh(a, a)
	kernels.Default().Tanh(b, b)
	fmt.Println(plain.ISA(), plain.Threads(), a[0] == b[0] && a[1] == b[1] && a[2] == b[2])
	// Output: generic 1 true
}

// Each item goes to the thread that is free.
func ExampleEngine_Each() {
	squares := make([]int, 5)
	kernels.Default().Each(len(squares), func(i int) { squares[i] = i * i })
	fmt.Println(squares)
	// Output: [0 1 4 9 16]
}

// Serial is for code that divides its work by itself: its calls stay on their goroutine.
func ExampleEngine_Serial() {
	e := kernels.Default()
	serial, rows := e.Serial(), kernels.NewMatrix(4, 3)
	e.Split(rows.Rows, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			serial.Exp(rows.Row(i), rows.Row(i))
		}
	})
	fmt.Println(serial.Threads(), rows.Row(3))
	// Output: 1 [1 1 1]
}

// Weights are packed once and used often. Row 0 of an affine map's is the bias.
func ExamplePacked() {
	w := kernels.NewPacked(3, 2)
	w.Pack(1, kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 2, 3, 4}})
	row := kernels.NewMatrix(1, 2)
	w.Unpack(2, row)
	fmt.Println(row.Row(0), w.Data[w.Index(1, 1)], w.Panels())
	w.PackTransposed(0, kernels.Matrix{Rows: 2, Cols: 1, Stride: 1, Data: []float32{8, 9}})
	w.Unpack(0, row)
	fmt.Println(row.Row(0))
	// Output:
	// [3 4] 2 1
	// [8 9]
}

// Why is a product slow? The matrices need no elements to ask.
func ExampleEngine_PlanGemm() {
	a := kernels.Matrix{Rows: 1000, Cols: 1000, Stride: 1000}
	plan := kernels.Default().PlanGemm(false, false, 1, a, a, 0.5, a)
	for reason := range strings.Lines(plan.Slow()) {
		if strings.HasPrefix(reason, "beta") {
			fmt.Println(reason)
		}
	}
	// Output: beta is neither 0 nor 1: C is scaled in a pass of its own
}
