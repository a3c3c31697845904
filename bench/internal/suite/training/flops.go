package training

import (
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
)

// StepFlops is the number of floating-point operations in one training step of
// a network, two for each multiply-add of the products of Algorithm 2 and
// none for anything else: activations, noise and
// updates are overhead here. sizes are the layers from the visible one up. With
// P[l] = sizes[l-1]*sizes[l], the multiply-adds of one example are
//
//	start       the P[l] of h[l] = f_l(h[l-1]) for every l, and those of g_l(h[l])
//	            for l > 1, which the first iteration needs
//	iteration   2 P[1]: f_1(g_1(h[1])), since f_1(x) is constant;
//	            3 P[l] for l > 1: f_l(h[l-1]), f_l(g_l(h[l])) with g_l(h[l]) from
//	            before, and g_l of the new h[l]
//	update      4 P[l]: both maps forward, and the gradients of both
//
// The default network, 784-1000-100 with 15 iterations, takes 32.54 million an
// example, 65.1 MFLOP: 1,650 images/s are 107 GFLOP/s.
func StepFlops(sizes []int, batch, iterations int) float64 {
	var sum float64
	for l := 1; l < len(sizes); l++ {
		start, iteration, update := 1, 2, 4
		if l > 1 {
			start, iteration = 2, 3
		}
		p := float64(sizes[l-1]) * float64(sizes[l])
		sum += p * float64(start+iterations*iteration+update)
	}
	return 2 * float64(batch) * sum
}

func stepFlops() float64 {
	d := model.DefaultTraining()
	return StepFlops(cases.DefaultSizes, d.Batch, d.Inference.Iterations)
}

// stepBytes is what a step must move between steps: the parameters and their
// three moments, read and written.
func stepBytes() float64 {
	parameters := 0
	for l := 1; l < len(cases.DefaultSizes); l++ {
		in, out := cases.DefaultSizes[l-1], cases.DefaultSizes[l]
		parameters += (in+1)*out + (out+1)*in
	}
	return operands.FloatBytes(8 * parameters)
}

// ClassifierFlops is the same for a step of a classifier by a rule: of all maps P[l] up and
// for the gradient, and below the top
//
//	back-propagation, feedback alignment   P[l+1]: the delta of layer l
//	direct feedback                        sizes[l] * sizes[M]
//	difference targets                     P[M] for l = M-1; for the others 5 P[l+1]: the
//	                                       inverse map of state and target, both maps and a
//	                                       gradient for the inverse map's own step
func ClassifierFlops(rule credit.Rule, sizes []int, batch int) float64 {
	top := len(sizes) - 1
	sum := 0
	for l := 1; l <= top; l++ {
		sum += 2 * sizes[l-1] * sizes[l]
	}
	for l := 1; l < top; l++ {
		switch next := sizes[l] * sizes[l+1]; {
		case rule == credit.DirectFeedback:
			sum += sizes[l] * sizes[top]
		case rule == credit.DifferenceTargets && l+1 < top:
			sum += 5 * next
		default:
			sum += next
		}
	}
	return 2 * float64(batch) * float64(sum)
}
