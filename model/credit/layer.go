package credit

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// layer is a map in training: its parameters, and what a step needs to change them.
type layer struct {
	model.Map
	name      string // in checkpoints
	optimizer kernels.Optimizer
	moments   kernels.Moments

	transposed kernels.Packed // the weights of the map back, if the rule has use for them

	columns kernels.Columns // of the input, laid out for the gradient
	delta   kernels.Packed  // of the pre-activations
	loss    kernels.Matrix  // of a map with a loss of its own, as AffineDelta leaves it
}

// newLayer begins with zero moments.
func newLayer(name string, m model.Map, o kernels.Optimizer) *layer {
	return &layer{Map: m, name: name, optimizer: o, moments: o.NewMoments(len(m.Weights.Data))}
}

// resize makes the buffers for minibatches of b examples.
func (l *layer) resize(e *kernels.Engine, b int) {
	l.columns = e.NewColumns(b, l.Inputs())
	l.delta = kernels.NewPacked(b, l.Outputs())
	l.loss = kernels.NewMatrix(b, kernels.Panel)
}

// descend takes the optimiser's step number, from 1, for the panels lo to hi-1. The
// rate is multiplied by scale.
func (l *layer) descend(e *kernels.Engine, number int, scale float32, lo, hi int) {
	o := l.optimizer
	o.Rate = max(o.Rate*scale, math.SmallestNonzeroFloat32) // one of 0 is refused
	e.GradientStepPanels(kernels.Descent{
		Optimizer: o, Step: number, Weights: l.Weights, Moments: l.moments, Transposed: l.transposed,
	}, l.columns, l.delta, lo, hi)
}

// layerName is the name of map i of a network, from 0.
func layerName(i int) string { return fmt.Sprintf("layer.%d", i+1) }
