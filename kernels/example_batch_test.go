package kernels_test

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
)

// Two products of 2 x 2 by one right factor, their results side by side in one matrix.
func ExampleEngine_GemmStrided() {
	a := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 0, 0, 1, 2, 0, 0, 2}}
	b := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 2, 3, 4}}
	both := kernels.Matrix{Rows: 2, Cols: 4, Stride: 4, Data: make([]float32, 8)}
	first := kernels.Matrix{Rows: 2, Cols: 2, Stride: 4, Data: both.Data}
	kernels.Default().GemmStrided(2, false, false, 1, a, 4, b, 0, 0, first, 2)
	fmt.Println(both.Row(0), both.Row(1))

	// In float64: squares of three numbers, as products of 1 x 1.
	x, squares := kernels.Matrix64{Rows: 1, Cols: 1, Stride: 1, Data: []float64{1, 2, 3}}, kernels.NewMatrix64(1, 3)
	result := kernels.Matrix64{Rows: 1, Cols: 1, Stride: 1, Data: squares.Data}
	kernels.Default().GemmStrided64(3, false, false, 1, x, 1, x, 1, 0, result, 1)
	fmt.Println(squares.Row(0))
	// Output:
	// [1 2 2 4] [3 4 6 8]
	// [1 4 9]
}

// Products of several shapes in one call.
func ExampleEngine_GemmBatch() {
	row := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{1, 2}}
	column := kernels.Matrix{Rows: 2, Cols: 1, Stride: 1, Data: []float32{3, 4}}
	inner, outer := kernels.NewMatrix(1, 1), kernels.NewMatrix(2, 2)
	kernels.Default().GemmBatch(false, false, 1, []kernels.Matrix{row, column}, []kernels.Matrix{column, row}, 0, []kernels.Matrix{inner, outer})
	fmt.Println(inner.Row(0), outer.Row(0), outer.Row(1))

	row64, sum := kernels.Matrix64{Rows: 1, Cols: 2, Stride: 2, Data: []float64{1, 2}}, kernels.NewMatrix64(1, 1)
	kernels.Default().GemmBatch64(false, true, 10, []kernels.Matrix64{row64}, []kernels.Matrix64{row64}, 0, []kernels.Matrix64{sum})
	fmt.Println(sum.Row(0))
	// Output:
	// [11] [3 6] [4 8]
	// [50]
}
