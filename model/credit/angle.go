package credit

import (
	"math"

	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/linalg"
)

// Angle compares, for one map, the change that a rule asks for with the gradient of the
// loss, which is what back-propagation asks for on the same minibatch. Both are before the
// optimiser, over weights and biases.
type Angle struct {
	// Cosine is that of the angle between the two: 1 if they point the same way, 0 if
	// they have nothing to do with each other. It is NaN if one of them is 0.
	Cosine float64
	// Ratio is the norm of the rule's over that of the gradient.
	Ratio float64
}

// Degrees is the angle, from 0 to 180.
func (a Angle) Degrees() float64 { return stat.Degrees(a.Cosine) }

// Angles compares the learner's rule with back-propagation on a minibatch, map by map from
// f_1 up. It changes nothing: the next step is what it would have been. It takes longer than a
// step and allocates memory.
func (l *Learner) Angles(examples feedforward.Examples, numbers []int) ([]Angle, error) {
	if err := l.assign(examples, numbers); err != nil {
		return nil, err
	}
	rule := l.gradients()
	exact := newBackprop(l.pass)
	l.pass.engine.Relay(len(numbers), exact.stages(), func(_, stage, lo, hi int) { exact.stage(stage, lo, hi) })
	angles := make([]Angle, len(rule))
	for i, g := range l.gradients() {
		angles[i] = angleBetween(rule[i].Data, g.Data)
	}
	return angles, nil
}

// gradients are what the present deltas ask of the network's maps.
func (l *Learner) gradients() []kernels.Packed {
	var all []kernels.Packed
	for i, layer := range l.pass.layers {
		g := kernels.NewPacked(layer.Weights.Rows, layer.Weights.Cols)
		l.pass.engine.Gradient(g, l.pass.h[i], layer.delta)
		all = append(all, g)
	}
	return all
}

// angleBetween compares a with b. The sums are in double precision, in the order of the
// slices.
func angleBetween(a, b []float32) Angle {
	normA, normB := math.Sqrt(linalg.Dot(a, a)), math.Sqrt(linalg.Dot(b, b))
	cosine := linalg.Dot(a, b) / (normA * normB)
	return Angle{Cosine: max(-1, min(1, cosine)), Ratio: normA / normB}
}
