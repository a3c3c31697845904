package feedforward

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
)

// leastProbability is the smallest normal number. A probability below it counts as
// it in a loss, which so stays finite: 87 nats.
const leastProbability = 0x1p-126

// Loss returns the loss of an example and writes its gradient with respect to the
// last map's pre-activations to delta. y are the outputs of [Network.Finish]. All
// slices are as long as y; those of the caller's keep their contents.
func (n *Network) Loss(e *kernels.Engine, y, target, weight, delta []float32) (loss float64) {
	n.mustBe()
	if len(target) != len(y) || len(weight) != len(y) || len(delta) != len(y) {
		panic(fmt.Sprintf("feedforward: the loss of %d outputs by %d targets, %d weights and %d deltas: want as many of each", len(y), len(target), len(weight), len(delta)))
	}
	if n.Config.Top == Softmax {
		return crossEntropy(e, y, target, weight, delta)
	}
	for j, v := range y {
		err := v - target[j]
		weighted := float32(weight[j] * err)
		loss += float64(weighted) * float64(err)
		delta[j] = float32(2 * weighted)
		if n.Config.Top == Logistic {
			delta[j] *= float32(v * (1 - v))
		}
	}
	return loss
}

// crossEntropy is - sum_j w_j t_j log y_j. Its gradient with respect to logit k is
// y_k sum_j w_j t_j - w_k t_k.
func crossEntropy(e *kernels.Engine, y, target, weight, delta []float32) (loss float64) {
	for j, v := range y {
		delta[j] = max(v, leastProbability)
	}
	e.Log(delta, delta)
	var sum float32
	for j, log := range delta {
		weighted := float32(weight[j] * target[j])
		sum += weighted
		loss -= float64(weighted) * float64(log)
		delta[j] = -weighted
	}
	for j, v := range y {
		delta[j] += float32(sum * v)
	}
	return loss
}
