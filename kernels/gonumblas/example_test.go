package gonumblas_test

import (
	"fmt"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	lapack "gonum.org/v1/gonum/lapack/gonum"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

// Package mat, made fast: with one import and one line, best in an init function.
func ExampleUse() {
	gonumblas.Use()
	defer useGonum() // for the other examples here

	a := mat.NewDense(2, 2, []float64{2, 1, 1, 3})
	b := mat.NewDense(2, 1, []float64{3, 5})
	var product, solution mat.Dense
	product.Mul(a, a)
	if err := solution.Solve(a, b); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(mat.Formatted(&product))
	fmt.Printf("%.1f\n", mat.Formatted(&solution))
	// Output:
	// ⎡ 5   5⎤
	// ⎣ 5  10⎦
	// ⎡0.8⎤
	// ⎣1.4⎦
}

func useGonum() {
	blas32.Use(gonum.Implementation{})
	blas64.Use(gonum.Implementation{})
	lapack64.Use(lapack.Implementation{})
}

// Products of float32 matrices with gonum's blas32.
func Example_float32() {
	gonumblas.Use()
	defer useGonum()

	a := blas32.General{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 2, 3, 4}}
	c := blas32.General{Rows: 2, Cols: 2, Stride: 2, Data: make([]float32, 4)}
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, a, a, 0, c)
	fmt.Println(c.Data)
	// Output: [5 11 11 25]
}

// An engine of one's own: two threads, and the same bits on every machine, even where it
// has no fast kernels.
func ExampleNew() {
	engine, err := kernels.New(kernels.WithThreads(2))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer engine.Close()
	backend := gonumblas.New(engine, gonumblas.SameBits)

	// x*u = b with an upper triangular u
	u := []float64{2, 1, 0, 4}
	b := []float64{2, 9}
	backend.Dtrsm(blas.Right, blas.Upper, blas.NoTrans, blas.NonUnit, 1, 2, 1, u, 2, b, 2)
	fmt.Println(b)
	// Output: [1 2]
}

// Plain Go and the best kernels of this machine add up in one order.
func ExampleSameBits() {
	plain, err := kernels.New(kernels.WithMaxISA(kernels.Generic))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer plain.Close()
	x := make([]float64, 1000)
	for i := range x {
		x[i] = 1 / float64(1+i)
	}
	slow, fast := gonumblas.New(plain, gonumblas.SameBits), gonumblas.New(kernels.Default(), gonumblas.SameBits)
	fmt.Println(slow.Ddot(1000, x, 1, x, 1) == fast.Ddot(1000, x, 1, x, 1))
	// Output: true
}
