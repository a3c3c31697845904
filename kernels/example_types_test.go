package kernels_test

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/kernels"
)

// Names are what flags and files hold.
func ExampleActivation() {
	act, err := kernels.ParseActivation("Softplus")
	fmt.Println(act.String(), err)
	text, _ := act.MarshalText()
	fmt.Println(string(text), act.UnmarshalText([]byte("tanh")), act)
	settings := struct{ Layer kernels.Activation }{kernels.ReLU}
	file, _ := json.Marshal(settings)
	fmt.Println(string(file))
	_, err = kernels.ParseActivation("step")
	fmt.Println(err)
	// Output:
	// softplus <nil>
	// softplus <nil> tanh
	// {"Layer":"relu"}
	// kernels: unknown activation "step": want one of identity, softplus, sigmoid, relu, tanh
}

func ExampleRule() {
	rule, err := kernels.ParseRule("adam")
	fmt.Println(rule.String(), err)
	text, _ := rule.MarshalText()
	fmt.Println(string(text), rule.UnmarshalText([]byte("sgd")), rule)
	// Output:
	// adam <nil>
	// adam <nil> sgd
}

// Plain Go runs everywhere, and is the last choice.
func ExampleISA() {
	isa, err := kernels.ParseISA("avx2")
	fmt.Println(isa.String(), err)
	available := kernels.Available()
	fmt.Println(available[len(available)-1])
	for _, isa := range available {
		if !slices.Contains(kernels.Compiled(), isa) {
			fmt.Println(isa, "is not in this binary")
		}
	}
	// Output:
	// avx2 <nil>
	// generic
}

// Views share the elements of their matrix.
func ExampleMatrix() {
	m := kernels.NewMatrix(3, 4)
	for i := range m.Rows {
		for j := range m.Row(i) {
			m.Row(i)[j] = float32(10*i + j)
		}
	}
	corner := m.Slice(1, 3).Columns(2, 4)
	fmt.Println(corner.Rows, corner.Cols, corner.Row(0), corner.Row(1))
	corner.Row(0)[0] = 99
	fmt.Println(m.Row(1))
	// Output:
	// 2 2 [12 13] [22 23]
	// [10 11 99 13]
}

func ExampleMatrix64() {
	m := kernels.NewMatrix64(2, 3)
	m.Columns(1, 2).Slice(1, 2).Row(0)[0] = 7
	fmt.Println(m.Row(0), m.Row(1))
	// Output: [0 0 0] [0 7 0]
}

// Settings are checked before hours of training; moments are those of the rule.
func ExampleOptimizer() {
	o := kernels.Optimizer{Rule: kernels.Adam, Rate: 1e-3, Momentum: 0.9, Decay: 0.999}
	fmt.Println(o.Validate())
	o.Epsilon = 1e-8
	m := o.NewMoments(5)
	fmt.Println(o.Validate(), len(m.Mean), len(m.Square), len(m.Velocity))
	// Output:
	// kernels: epsilon 0: want a positive number
	// <nil> 5 5 0
}

// A cap for comparisons, and one thread: the environment is not read.
func ExampleOption() {
	e, err := kernels.New(kernels.WithMaxISA(kernels.Generic), kernels.WithThreads(3))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(e.ISA(), e.Threads())
	e.Close()
	_, err = kernels.New(kernels.WithThreads(-1))
	fmt.Println(err)
	// Output:
	// generic 3
	// kernels: -1 threads: want 0 (all) to 65536
}

// The engine of the whole process has a thread for each of GOMAXPROCS.
func ExampleEngine() {
	e, err := kernels.New(kernels.WithThreads(2))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer e.Close() // or when it is garbage
	peak := e.PeakFMA(1000)
	fmt.Println(e.Threads(), slices.Contains(kernels.Available(), e.ISA()), peak > 0 || e.ISA() == kernels.Generic)
	// Output: 2 true true
}

// How a product would be computed, and why it is slower than another of its size.
func ExamplePlan() {
	e := kernels.Default().Serial()
	x, w, d := kernels.Matrix{Rows: 50, Cols: 30, Stride: 30}, kernels.Packed{Rows: 31, Cols: 16}, kernels.Packed{Rows: 50, Cols: 16}
	for _, plan := range []kernels.Plan{e.PlanAffine(x, w), e.PlanGradient(x, d)} {
		fmt.Println(plan.String() != "", plan.Slow() == "" || e.ISA() == kernels.Generic)
	}
	// Output:
	// true true
	// true true
}

// How a map is computed: its rows, divided by threads or not, its inputs in place or in columns.
func ExampleEngine_PlanAffine() {
	x, w := kernels.Matrix{Cols: 30, Stride: 30}, kernels.Packed{Rows: 31, Cols: 16}
	fmt.Println(kernels.Default().PlanAffine(x, w))
	// Output: nothing to multiply
}

func ExampleEngine_PlanGradient() {
	x, d := kernels.Matrix{Rows: 50, Cols: 30, Stride: 30}, kernels.Packed{Rows: 50}
	fmt.Println(kernels.Default().PlanGradient(x, d))
	// Output: nothing to multiply
}

func ExampleEngine_PlanGemm64() {
	a := kernels.Matrix64{Rows: 4, Cols: 4, Stride: 4}
	fmt.Println(kernels.Default().PlanGemm64(false, false, 0, a, a, 1, a))
	// Output: nothing to multiply
}
