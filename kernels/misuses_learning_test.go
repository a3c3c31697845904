package kernels

import "math/bits"

// usesOfMaps are of maps from K = 7 inputs to N = 20 outputs, for B = 5 examples.
func usesOfMaps() map[string]use {
	const b, n, k = 5, 20, 7
	x, w, d, wt, loss := full(b, k), fullPacked(k+1, n), fullPacked(b, n), fullPacked(n+1, k), full(b, Panel)
	const input, weights = "the input of an affine map", "the weights of an affine map|want 5 x 21"
	back := []string{"delta of ", "weights of "}
	return map[string]use{
		"Affine": {args: []any{full(b, n), Softplus, x, w}, names: []string{"the result of Affine", "activation", input, weights}, into: []int{0}},
		"AffineRelax": {args: []any{full(b, n), Softplus, x, w, full(b, n), full(b, n), float32(1)},
			names: []string{"the states of AffineRelax", "activation", input, weights, "the target of AffineRelax", "the prediction of AffineRelax"},
			into:  []int{0}, same: [][2]int{{0, 4}, {0, 5}},
			call: func(e *Engine, a []any) {
				e.AffineRelax(a[0].(Matrix), a[1].(Activation), a[2].(Matrix), a[3].(Packed), Relaxation{Delta: 1, Alpha: a[6].(float32), A: a[4].(Matrix), G: a[5].(Matrix)})
			}},
		"AffineDelta": {args: []any{d, loss, Softplus, x, w, full(b, n), float32(1)},
			names: []string{"the delta of AffineDelta", "the loss of AffineDelta", "activation", input, weights, "the target of AffineDelta"}, into: []int{0, 1}},
		"AffineDeltaRows": {args: []any{fullPacked(b+3, n), 2, loss, Softplus, x, w, full(b, n), float32(1)},
			names: []string{"the delta of AffineDelta", "the delta of AffineDelta", "the loss of AffineDelta", "activation", input, weights, "the target of AffineDelta"}, into: []int{0, 2}},
		"AffineBackward": {args: []any{full(b, k), d, w}, names: append([]string{"the result of AffineBackward"}, back...), into: []int{0}},
		"AffineBackwardDelta": {args: []any{fullPacked(b, k), Tanh, full(b, k), d, w},
			names: append([]string{"the result of AffineBackwardDelta", "activation", "the values of AffineBackwardDelta"}, back...), into: []int{0}},
		"AffineBackwardDeltaRows": {args: []any{fullPacked(b, k), 2, Tanh, full(3, k), d, wt},
			names: []string{"the result of AffineBackwardDeltaRows", "the values of AffineBackwardDeltaRows", "activation", "AffineBackwardDeltaRows", "AffineBackwardDeltaRows", "AffineBackwardDeltaRows"}, into: []int{0}},
		"SlopeDeltaRows": {args: []any{fullPacked(b, n), 2, Tanh, full(3, n), full(3, n)},
			names: []string{"SlopeDeltaRows", "SlopeDeltaRows", "activation", "SlopeDeltaRows", "the gradient of SlopeDeltaRows"}, into: []int{0}},
		"TransposeWeights":       {args: []any{wt, w}, names: []string{"the result of TransposeWeights", "TransposeWeights"}, into: []int{0}},
		"TransposeWeightsPanels": {args: []any{wt, w, 0, 2}, names: []string{"the result of TransposeWeights", "TransposeWeights", "", "panels 0 to"}, into: []int{0}},
	}
}

func usesOfGradients() map[string]use {
	const b, n, k = 5, 20, 7
	w, d, wt := fullPacked(k+1, n), fullPacked(b, n), fullPacked(n+1, k)
	size := len(w.Data)
	columns := map[int]func(e *Engine) any{4: func(e *Engine) any { return e.NewColumns(b, k) }}
	descent := func(a []any) Descent {
		o := Optimizer{Rule: RMSProp, Rate: 1, Epsilon: 1}
		moments := Moments{a[1].([]float32), a[2].([]float32), a[3].([]float32)}
		return Descent{Optimizer: o, Step: 1, Weights: a[0].(Packed), Moments: moments, Transposed: a[6].(Packed)}
	}
	names := []string{"weights|gradient of 8 x 21", "moments", "moments", "moments", "input of a gradient", "delta of a gradient|a delta of", "TransposeWeights", "panels", "panels"}
	return map[string]use{
		"Gradient": {args: []any{fullPacked(k+1, n), full(b, k), d}, names: []string{"the result of Gradient|gradient of 8 x 21", "input of a gradient", "delta of a gradient|a delta of"}, into: []int{0}},
		"GradientStep": {args: []any{w, ones[float32](size), ones[float32](size), ones[float32](size), full(b, k), d, wt}, names: names[:7], into: []int{0, 1, 2, 3, 6},
			call: func(e *Engine, a []any) { e.GradientStep(descent(a), a[4].(Matrix), a[5].(Packed)) }},
		"GradientStepPanels": {args: []any{w, ones[float32](size), ones[float32](size), ones[float32](size), Columns{}, d, wt, 0, 2}, names: names, into: []int{0, 1, 2, 3, 6}, also: columns,
			call: func(e *Engine, a []any) {
				e.GradientStepPanels(descent(a), a[4].(Columns), a[5].(Packed), a[7].(int), a[8].(int))
			}},
		"Update": {args: []any{1, ones[float32](70), ones[float32](70), ones[float32](70), ones[float32](70), ones[float32](70)},
			names: []string{"", "parameters", "gradients", "moments", "moments", "moments"}, into: []int{1, 3, 4, 5},
			call: func(e *Engine, a []any) {
				e.Update(Optimizer{Rule: RMSProp, Rate: 1, Epsilon: 1}, a[0].(int), a[1].([]float32), a[2].([]float32), Moments{a[3].([]float32), a[4].([]float32), a[5].([]float32)})
			}},
		"NewColumns": {args: []any{3, 4}, names: []string{"NewColumns", "NewColumns"}},
		"LayOut": {args: []any{Columns{}, 2, full(3, k)}, names: []string{"laid out matrix", "from row", "matrix to lay out"},
			also: map[int]func(e *Engine) any{0: func(e *Engine) any { return e.NewColumns(b, k) }}},
	}
}

func usesOfNoise() map[string]use {
	row := "row" // of 2^32 at most
	if bits.UintSize == 32 {
		row = "" // any but a negative one
	}
	return map[string]use{
		"AddGaussian": {args: []any{full(3, 70), full(3, 70), float32(1), Noise{}, 0},
			names: []string{"the result of AddGaussian", "the source of AddGaussian", "", "", row}, into: []int{0}, same: [][2]int{{0, 1}}},
		"BernoulliMean": {args: []any{full(3, 70), full(3, 70), 10, Noise{}, 0},
			names: []string{"the result of BernoulliMean", "the probabilities of BernoulliMean", "draws", "", row}, into: []int{0}, same: [][2]int{{0, 1}}},
	}
}
