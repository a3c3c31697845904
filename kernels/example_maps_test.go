package kernels_test

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
)

// The loss of a layer, and its gradient with respect to the pre-activations.
func ExampleEngine_AffineDelta() {
	x, y := line()
	w := kernels.NewPacked(1+1, 1)
	w.Data[w.Index(1, 0)] = 2 // the prediction is 2 x, the target 2 x - 1
	delta, loss := kernels.NewPacked(4, 1), kernels.NewMatrix(4, kernels.Panel)
	kernels.Default().AffineDelta(delta, loss, kernels.Identity, x, w, y, 0.5)
	for i := range x.Rows {
		fmt.Print(delta.Data[delta.Index(i, 0)], " ")
	}
	fmt.Println("loss", kernels.SumLoss(loss))
	// Output: 0.5 0.5 0.5 0.5 loss 4
}

// Two halves of a minibatch, by threads of the caller's: each writes its rows of the delta.
func ExampleEngine_AffineDeltaRows() {
	e := kernels.Default()
	x, y := line()
	w := kernels.NewPacked(1+1, 1)
	delta, loss := kernels.NewPacked(4, 1), kernels.NewMatrix(4, kernels.Panel)
	for _, half := range [][2]int{{0, 2}, {2, 4}} {
		lo, hi := half[0], half[1]
		e.AffineDeltaRows(delta, lo, loss.Slice(lo, hi), kernels.Identity, x.Slice(lo, hi), w, y.Slice(lo, hi), 1)
	}
	fmt.Println(delta.Data[delta.Index(0, 0)], delta.Data[delta.Index(3, 0)], kernels.SumLoss(loss))
	// Output: 3 -3 20
}

// What AffineDelta leaves is lanes of a row, which SumLoss adds up, and then the rows.
func ExampleSumLoss() {
	loss := kernels.NewMatrix(2, kernels.Panel)
	loss.Row(0)[0], loss.Row(0)[15], loss.Row(1)[3] = 1, 2, 4
	fmt.Println(kernels.SumLoss(loss))
	// Output: 7
}

// A gradient with respect to a map's results becomes one with respect to its inputs.
func ExampleEngine_AffineBackward() {
	w := kernels.NewPacked(1+2, 2)
	w.Pack(1, kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{1, 2, 3, 4}})
	d, dx := kernels.NewPacked(1, 2), kernels.NewMatrix(1, 2)
	d.Pack(0, kernels.Matrix{Rows: 1, Cols: 2, Stride: 2, Data: []float32{10, 1}})
	kernels.Default().AffineBackward(dx, d, w)
	fmt.Println(dx.Row(0))
	// Output: [12 34]
}

// A gradient with respect to a layer's states becomes one with respect to what went into its
// activation, packed for the gradient of the weights.
func ExampleEngine_SlopeDeltaRows() {
	states := kernels.Matrix{Rows: 1, Cols: 3, Stride: 3, Data: []float32{0.5, 0.25, 1}} // sigmoids
	gradient := kernels.Matrix{Rows: 1, Cols: 3, Stride: 3, Data: []float32{4, 16, 1}}
	delta := kernels.NewPacked(2, 3)
	kernels.Default().SlopeDeltaRows(delta, 1, kernels.Sigmoid, states, gradient)
	row := kernels.NewMatrix(1, 3)
	delta.Unpack(1, row)
	fmt.Println(row.Row(0))
	// Output: [1 3 0]
}

// The weights of the map back: no bias, and the transpose.
func ExampleEngine_TransposeWeights() {
	w, back := kernels.NewPacked(1+1, 2), kernels.NewPacked(1+2, 1)
	w.Pack(0, kernels.Matrix{Rows: 2, Cols: 2, Stride: 2, Data: []float32{7, 8, 3, 4}})
	kernels.Default().TransposeWeights(back, w)
	fmt.Println(back.Data[back.Index(0, 0)], back.Data[back.Index(1, 0)], back.Data[back.Index(2, 0)])
	// Output: 0 3 4
}

// Each panel of 16 columns by the thread that has just updated it.
func ExampleEngine_TransposeWeightsPanels() {
	e := kernels.Default()
	w, back := kernels.NewPacked(1+1, 40), kernels.NewPacked(1+40, 1)
	for j := range w.Cols {
		w.Data[w.Index(1, j)] = float32(j)
	}
	e.Each(w.Panels(), func(i int) { e.TransposeWeightsPanels(back, w, i, i+1) })
	fmt.Println(back.Data[back.Index(1+39, 0)])
	// Output: 39
}

// A minibatch that is laid out part by part, as it comes, for the gradient of a map.
func ExampleEngine_LayOut() {
	e := kernels.Default()
	x, _ := line()
	columns := e.NewColumns(4, 1)
	e.LayOut(columns, 2, x.Slice(2, 4))
	e.LayOut(columns, 0, x.Slice(0, 2))
	delta, w := kernels.NewPacked(4, 1), kernels.NewPacked(1+1, 1)
	delta.Pack(0, x)
	sgd := kernels.Optimizer{Rule: kernels.SGD, Rate: 1}
	step := kernels.Descent{Optimizer: sgd, Step: 1, Weights: w, Moments: sgd.NewMoments(len(w.Data))}
	e.GradientStepPanels(step, columns, delta, 0, 1)
	fmt.Println(w.Data[w.Index(0, 0)], w.Data[w.Index(1, 0)]) // minus the sum, and the sum of squares
	// Output: -2 -6
}

// Zeros until they are laid out.
func ExampleEngine_NewColumns() {
	columns := kernels.Default().NewColumns(100, 784)
	fmt.Println(columns.Rows, columns.Cols)
	// Output: 100 784
}
