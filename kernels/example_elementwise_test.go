package kernels_test

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// The result may be written over the arguments.
func ExampleEngine_Exp() {
	x := []float32{0, 1, -1}
	kernels.Default().Exp(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [1.0000 2.7183 0.3679]
}

func ExampleEngine_Log() {
	x := []float32{1, math.E, 0, -1}
	kernels.Default().Log(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [0.0000 1.0000 -Inf NaN]
}

func ExampleEngine_Sigmoid() {
	x := []float32{0, 1, 100}
	kernels.Default().Sigmoid(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [0.5000 0.7311 1.0000]
}

func ExampleEngine_Softplus() {
	x := []float32{0, 1, 100}
	kernels.Default().Softplus(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [0.6931 1.3133 100.0000]
}

func ExampleEngine_Tanh() {
	x := []float32{0, 1, 100}
	kernels.Default().Tanh(x, x)
	fmt.Printf("%.4f\n", x)
	// Output: [0.0000 0.7616 1.0000]
}

// An activation chosen by its name, say from a flag.
func ExampleEngine_Apply() {
	act, err := kernels.ParseActivation("tanh")
	if err != nil {
		fmt.Println(err)
		return
	}
	x := []float32{-1, 0, 1}
	kernels.Default().Apply(act, x, x)
	fmt.Printf("%v %.4f\n", act, x)
	// Output: tanh [-0.7616 0.0000 0.7616]
}

// Spike counts: the mean of 1,000 draws of each probability.
func ExampleEngine_BernoulliMean() {
	p := kernels.Matrix{Rows: 1, Cols: 3, Stride: 3, Data: []float32{0, 0.5, 1}}
	mean := kernels.NewMatrix(1, 3)
	kernels.Default().BernoulliMean(mean, p, 1000, kernels.Noise{Seed: 1}, 0)
	fmt.Printf("%.1f\n", mean.Row(0))
	// Output: [0.0 0.5 1.0]
}

// Sums, element by element, of both types; the result may be an operand.
func ExampleEngine_Add() {
	e := kernels.Default()
	x, x64 := []float32{1, 2, 3}, []float64{1, 2, 3}
	e.Add(x, x, []float32{4, 5, 6})
	e.Add64(x64, x64, x64)
	fmt.Println(x, x64)
	// Output: [5 7 9] [2 4 6]
}

func ExampleEngine_Sub() {
	e := kernels.Default()
	x, x64 := []float32{1, 2, 3}, []float64{1, 2, 3}
	e.Sub(x, x, []float32{4, 5, 7})
	e.Sub64(x64, []float64{4, 5, 7}, x64)
	fmt.Println(x, x64)
	// Output: [-3 -3 -4] [3 3 4]
}

func ExampleEngine_Mul() {
	e := kernels.Default()
	x, x64 := []float32{1, 2, 3}, []float64{1, 2, 3}
	e.Mul(x, x, []float32{4, 5, 6})
	e.Mul64(x64, x64, x64)
	fmt.Println(x, x64)
	// Output: [4 10 18] [1 4 9]
}
