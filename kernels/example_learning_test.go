package kernels_test

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
)

// line is a minibatch of four examples of y = 2 x - 1.
func line() (x, y kernels.Matrix) {
	x = kernels.Matrix{Rows: 4, Cols: 1, Stride: 1, Data: []float32{-1, 0, 1, 2}}
	y = kernels.Matrix{Rows: 4, Cols: 1, Stride: 1, Data: []float32{-3, -1, 1, 3}}
	return x, y
}

// A step of inference moves the states of a layer towards what the layer below asks for.
// With Alpha = 0 no layer is above.
func ExampleEngine_AffineRelax() {
	x := kernels.Matrix{Rows: 1, Cols: 1, Stride: 1, Data: []float32{1}}
	w := kernels.NewPacked(1+1, 2)
	w.Pack(1, kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{2, 4}})
	h := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{0, 10}}
	target := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{3, 3}}
	kernels.Default().AffineRelax(h, kernels.Identity, x, w, kernels.Relaxation{Delta: 0.5, A: target})
	fmt.Println(h.Row(0)) // h + 0.5 (target - x W)
	// Output: [0.5 9.5]
}

// The loss of a layer, and the gradient of its weights and biases.
func ExampleEngine_Gradient() {
	e := kernels.Default()
	x, y := line()
	w := kernels.NewPacked(1+1, 1) // zero weights: the prediction is 0
	delta, loss := kernels.NewPacked(4, 1), kernels.NewMatrix(4, kernels.Panel)
	e.AffineDelta(delta, loss, kernels.Identity, x, w, y, 1)
	gradient := kernels.NewPacked(1+1, 1)
	e.Gradient(gradient, x, delta)
	fmt.Println("loss", kernels.SumLoss(loss))
	fmt.Println("bias", gradient.Data[gradient.Index(0, 0)], "weight", gradient.Data[gradient.Index(1, 0)])
	// Output:
	// loss 20
	// bias 0 weight -10
}

// The delta of a layer becomes that of the layer below it: back through the weights, then
// through the activation, whose slope follows from what it returned.
func ExampleEngine_AffineBackwardDelta() {
	h := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{0.5, 0.75}} // sigmoids
	w := kernels.NewPacked(1+2, 1)
	w.Pack(1, kernels.Matrix{Rows: 2, Cols: 1, Stride: 1, Data: []float32{3, -2}})
	d, below := kernels.NewPacked(1, 1), kernels.NewPacked(1, 2)
	d.Data[0] = 4
	kernels.Default().AffineBackwardDelta(below, kernels.Sigmoid, h, d, w)
	fmt.Println(below.Data[:2]) // 4*3 * 0.5*0.5 and 4*-2 * 0.75*0.25
	// Output: [3 -1.5]
}

// Threads of the caller's carry rows of their own. The weights are transposed once for all.
func ExampleEngine_AffineBackwardDeltaRows() {
	e := kernels.Default()
	h := kernels.Matrix{Rows: 2, Cols: 1, Stride: 1, Data: []float32{1, 0}} // of ReLU
	w, wt := kernels.NewPacked(1+1, 1), kernels.NewPacked(1+1, 1)
	w.Pack(1, kernels.Matrix{Rows: 1, Cols: 1, Stride: 1, Data: []float32{3}})
	e.TransposeWeights(wt, w)
	d, below := kernels.NewPacked(2, 1), kernels.NewPacked(2, 1)
	d.Pack(0, kernels.Matrix{Rows: 2, Cols: 1, Stride: 1, Data: []float32{5, 7}})
	for row := range 2 {
		e.AffineBackwardDeltaRows(below, row, kernels.ReLU, h.Slice(row, row+1), d, wt)
	}
	fmt.Println(below.Data[below.Index(0, 0)], below.Data[below.Index(1, 0)])
	// Output: 15 0
}

// A layer is trained: its gradient and the optimiser's step are one pass over the weights.
func ExampleEngine_GradientStep() {
	e := kernels.Default()
	x, y := line()
	sgd := kernels.Optimizer{Rule: kernels.SGD, Rate: 0.1, Momentum: 0.5}
	w := kernels.NewPacked(1+1, 1)
	delta, loss := kernels.NewPacked(4, 1), kernels.NewMatrix(4, kernels.Panel)
	moments := sgd.NewMoments(len(w.Data))
	for step := 1; step <= 100; step++ {
		clear(loss.Data)
		e.AffineDelta(delta, loss, kernels.Identity, x, w, y, 0.5)
		e.GradientStep(kernels.Descent{Optimizer: sgd, Step: step, Weights: w, Moments: moments}, x, delta)
	}
	fmt.Printf("y = %.3f x %+.3f\n", w.Data[w.Index(1, 0)], w.Data[w.Index(0, 0)])
	// Output: y = 2.000 x -1.000
}

// Threads of the caller's divide the weights: the minibatch is laid out once for all of them.
func ExampleEngine_GradientStepPanels() {
	e := kernels.Default()
	x, y := line()
	sgd := kernels.Optimizer{Rule: kernels.SGD, Rate: 0.1}
	w := kernels.NewPacked(1+1, 1)
	delta, loss := kernels.NewPacked(4, 1), kernels.NewMatrix(4, kernels.Panel)
	e.AffineDelta(delta, loss, kernels.Identity, x, w, y, 1)
	columns := e.NewColumns(x.Rows, x.Cols)
	e.LayOut(columns, 0, x)
	step := kernels.Descent{Optimizer: sgd, Step: 1, Weights: w, Moments: sgd.NewMoments(len(w.Data))}
	e.GradientStepPanels(step, columns, delta, 0, delta.Panels())
	fmt.Println(w.Data[w.Index(1, 0)])
	// Output: 1
}

// Adam, for parameters that are not those of an affine map: the minimum of (p-3)^2.
func ExampleEngine_Update() {
	e := kernels.Default()
	adam := kernels.Optimizer{Rule: kernels.Adam, Rate: 0.1, Momentum: 0.9, Decay: 0.999, Epsilon: 1e-8}
	p, gradient := []float32{0}, []float32{0}
	moments := adam.NewMoments(len(p))
	for step := 1; step <= 300; step++ {
		gradient[0] = 2 * (p[0] - 3)
		e.Update(adam, step, p, gradient, moments)
	}
	fmt.Printf("%.2f\n", p)
	// Output: [3.00]
}

// The top of a classifier: from logits to the delta of the last map and the loss.
func ExampleEngine_CrossEntropy() {
	e := kernels.Default()
	z := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{1000, 1000}}
	t := kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{1, 0}}
	d, loss, p := kernels.NewPacked(1, 2), make([]float32, 1), kernels.NewMatrix(1, 2)
	e.Softmax(p, z)
	e.CrossEntropy(d, loss, z, t, 1)
	fmt.Println(p.Row(0), d.Data[:2], loss) // the loss is log 2
	// Output: [0.5 0.5] [-0.5 0.5] [0.6931472]
}

func ExampleEngine_Softmax() {
	x := kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{0, 0, 1000, 0}}
	kernels.Default().Softmax(x, x)
	fmt.Println(x.Row(0), x.Row(1))
	// Output: [0.5 0.5] [1 0]
}
