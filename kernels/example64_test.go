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
