package gonumlapack_test

import (
	"fmt"

	"gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"

	"github.com/targetprop/targetprop/kernels/gonumlapack"
)

func ExampleImplementation() {
	lapack64.Use(gonumlapack.Implementation{})
	defer lapack64.Use(gonum.Implementation{})

	a := mat.NewDense(2, 2, []float64{4, 2, 2, 3})
	b := mat.NewVecDense(2, []float64{8, 8})
	var x mat.VecDense
	if err := x.SolveVec(a, b); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.3g\n", x.RawVector().Data)
	// Output: [1 2]
}
