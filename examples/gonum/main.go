// Command gonum is an ordinary gonum program, with one line more: after gonumblas.Use(),
// mat, blas64 and blas32 run on package kernels. It finds a line through points by least
// squares, with singular values, and says how long a product takes.
package main

import (
	"fmt"
	"log"
	"time"

	"gonum.org/v1/gonum/mat"

	"github.com/targetprop/targetprop/kernels/gonumblas"
)

func main() {
	plain := product() // gonum's own BLAS
	gonumblas.Use()
	fast := product()
	log.Printf("a product of 700 x 700: %v with gonum's BLAS, %v with ours", plain, fast) // to the standard error

	const n = 200
	a, y := mat.NewDense(n, 3, nil), mat.NewVecDense(n, nil)
	for i := range n {
		x := float64(i) / n
		a.SetRow(i, []float64{1, x, x * x})
		y.SetVec(i, 2-3*x+0.5*x*x)
	}
	var svd mat.SVD
	if !svd.Factorize(a, mat.SVDThin) {
		log.Fatal("no singular values")
	}
	var c mat.Dense
	svd.SolveTo(&c, y, 3)
	fmt.Printf("y = %.4f %+.4f x %+.4f x^2\n", c.At(0, 0), c.At(1, 0), c.At(2, 0))
	// Output:
	// y = 2.0000 -3.0000 x +0.5000 x^2
}

// product is the time of the best of three.
func product() time.Duration {
	const n = 700
	a, b := mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
	for i := range n {
		for j := range n {
			a.Set(i, j, float64(i-j))
			b.Set(i, j, float64(i+j))
		}
	}
	best := time.Hour
	for range 3 {
		began := time.Now()
		var c mat.Dense
		c.Mul(a, b)
		best = min(best, time.Since(began))
	}
	return best.Round(100 * time.Microsecond)
}
