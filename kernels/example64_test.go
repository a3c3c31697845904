package kernels_test

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// DGEMM on matrices as gonum's blas64 has them.
func ExampleEngine_Gemm64() {
	a := kernels.Matrix64{Rows: 2, Cols: 2, Stride: 2, Data: []float64{1, 2, 3, 4}}
	b := kernels.Matrix64{Rows: 2, Cols: 2, Stride: 2, Data: []float64{5, 6, 7, 8}}
	c := kernels.NewMatrix64(2, 2)
	kernels.Default().Gemm64(false, true, 1, a, b, 0, c)
	fmt.Println(c.Row(0), c.Row(1))
	// Output: [17 23] [39 53]
}

// The result may be written over the arguments.
func ExampleEngine_Exp64() {
	x := []float64{0, 1, -1}
	kernels.Default().Exp64(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [1.0000 2.7183 0.3679]
}

func ExampleEngine_Log64() {
	x := []float64{1, math.E, 0, -1}
	kernels.Default().Log64(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [0.0000 1.0000 -Inf NaN]
}

func ExampleEngine_Softplus64() {
	x := []float64{0, 1, 100}
	kernels.Default().Softplus64(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [0.6931 1.3133 100.0000]
}

func ExampleEngine_Sigmoid64() {
	x := []float64{0, 1, 100}
	kernels.Default().Sigmoid64(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [0.5000 0.7311 1.0000]
}

func ExampleEngine_Tanh64() {
	x := []float64{0, 1, 100}
	kernels.Default().Tanh64(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [0.0000 0.7616 1.0000]
}

// A right factor of float64 that is packed once.
func ExampleEngine_GemmRight64() {
	e := kernels.Default()
	right := e.PackRight64(false, kernels.Matrix64{Rows: 2, Cols: 2, Stride: 2, Data: []float64{1, 2, 3, 4}})
	y := kernels.NewMatrix64(1, 2)
	e.GemmRight64(false, 1, kernels.Matrix64{Rows: 1, Cols: 2, Stride: 2, Data: []float64{10, 1}}, right, 0, y)
	fmt.Println(y.Row(0))
	// Output: [13 24]
}
