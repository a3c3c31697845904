package kernels_test

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
)

// A layer of a neural network, fused: softplus(x W + b).
func ExampleEngine_Affine() {
	e := kernels.Default()
	x := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{1, 2}}
	w := kernels.NewPacked(1+2, 3) // row 0 is the bias
	w.Pack(0, kernels.Matrix{Rows: 1, Cols: 3, Stride: 3, Data: []float32{0.5, 0, -10}})
	w.Pack(1, kernels.Matrix{Rows: 2, Cols: 3, Stride: 3, Data: []float32{
		1, 0, -1,
		1, 0, -1,
	}})
	y := kernels.NewMatrix(1, 3)
	e.Affine(y, kernels.Softplus, x, w)
	fmt.Printf("%.4f\n", y.Row(0))
	// Output: [3.5298 0.6931 0.0000]
}

// SGEMM on matrices as gonum's blas32 has them.
func ExampleEngine_Gemm() {
	a := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 2, 3, 4}}
	b := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{5, 6, 7, 8}}
	c := kernels.NewMatrix(2, 2)
	kernels.Default().Gemm(false, false, 1, a, b, 0, c)
	fmt.Println(c.Row(0), c.Row(1))
	// Output: [19 22] [43 50]
}

// Noise depends on its name and on the element's place alone: two halves of a
// minibatch, drawn apart, are the whole.
func ExampleEngine_AddGaussian() {
	e := kernels.Default()
	noise := kernels.Noise{Seed: 1, Stream: 2, Step: 3}
	whole, lower := kernels.NewMatrix(4, 100), kernels.NewMatrix(2, 100)
	e.AddGaussian(whole, whole, 0.3, noise, 0)
	e.AddGaussian(lower, lower, 0.3, noise, 2)
	fmt.Println(whole.Row(3)[99] == lower.Row(1)[99])
	// Output: true
}

// Each thread takes one range.
func ExampleEngine_Split() {
	e, err := kernels.New(kernels.WithThreads(4))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer e.Close()
	squares := make([]int, 10)
	e.Split(len(squares), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			squares[i] = i * i
		}
	})
	fmt.Println(squares)
	// Output: [0 1 4 9 16 25 36 49 64 81]
}

// Each row goes through the stages in order, whichever threads take it there.
func ExampleEngine_Relay() {
	e, err := kernels.New(kernels.WithThreads(4))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer e.Close()
	rows := make([]int, 6)
	for i := range rows {
		rows[i] = i
	}
	e.Relay(len(rows), 3, func(worker, stage, lo, hi int) {
		for i := lo; i < hi; i++ {
			rows[i] = 2*rows[i] + stage
		}
	})
	fmt.Println(rows)
	// Output: [4 12 20 28 36 44]
}

// A copy, in the form that products read: later changes of b do not reach it.
func ExampleEngine_PackRight() {
	e := kernels.Default()
	b := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{3, 4}}
	b64 := kernels.Matrix64{Rows: 1, Cols: 2, Stride: 2, Data: []float64{3, 4}}
	right, right64 := e.PackRight(false, b), e.PackRight64(true, b64)
	b.Data[0], b64.Data[0] = 0, 0
	row, column := kernels.NewMatrix(1, 2), kernels.NewMatrix64(1, 1)
	e.GemmRight(false, 1, kernels.Matrix{Rows: 1, Cols: 1, Stride: 1, Data: []float32{2}}, right, 0, row)
	e.GemmRight64(false, 1, kernels.Matrix64{Rows: 1, Cols: 2, Stride: 2, Data: []float64{1, 1}}, right64, 0, column)
	fmt.Println(row.Row(0), column.Row(0))
	// Output: [6 8] [7]
}

// Weights that many products read are packed once.
func ExampleEngine_GemmRight() {
	e := kernels.Default()
	w := kernels.Matrix{Rows: 3, Cols: 2, Stride: 2, Data: []float32{1, 2, 3, 4, 5, 6}}
	right := e.PackRight(true, w) // its transpose, 2 x 3
	y := kernels.NewMatrix(1, 3)
	for _, x := range [][]float32{{1, 0}, {1, -1}} {
		e.GemmRight(false, 1, kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: x}, right, 0, y)
		fmt.Println(y.Row(0))
	}
	// Output:
	// [1 3 5]
	// [-1 -1 -1]
}
