package kernels_test

import (
	"fmt"

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

// A right factor of float64 that is packed once.
func ExampleEngine_GemmRight64() {
	e := kernels.Default()
	right := e.PackRight64(false, kernels.Matrix64{Rows: 2, Cols: 2, Stride: 2, Data: []float64{1, 2, 3, 4}})
	y := kernels.NewMatrix64(1, 2)
	e.GemmRight64(false, 1, kernels.Matrix64{Rows: 1, Cols: 2, Stride: 2, Data: []float64{10, 1}}, right, 0, y)
	fmt.Println(y.Row(0))
	// Output: [13 24]
}
