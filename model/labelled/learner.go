package labelled

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// learner is a map in training: its input, corrupted, and its target.
type learner struct {
	name    string // of its tensors in files
	weights kernels.Packed
	moments kernels.Moments

	columns kernels.Columns // the input, laid out for the gradient
	delta   kernels.Packed
	loss    kernels.Matrix
	sum     float64 // of the loss over the minibatch
}

func newLearner(name string, m model.Map, optimizer kernels.Optimizer) learner {
	return learner{name: name, weights: m.Weights, moments: optimizer.NewMoments(len(m.Weights.Data))}
}

// resize makes the buffers for minibatches of b examples.
func (l *learner) resize(e *kernels.Engine, b int) {
	l.columns = e.NewColumns(b, l.weights.Rows-1)
	l.delta = kernels.NewPacked(b, l.weights.Cols)
	l.loss = kernels.NewMatrix(b, kernels.Panel)
}

// compare computes, for the examples from first on, the delta and the loss of the
// map's squared error, which it sums over units. scale is 2/examples.
func (l *learner) compare(e *kernels.Engine, act kernels.Activation, first int, input, target kernels.Matrix, scale float32) {
	e.LayOut(l.columns, first, input)
	loss := l.loss.Slice(first, first+input.Rows)
	clear(loss.Data[:loss.Rows*loss.Stride])
	e.AffineDeltaRows(l.delta, first, loss, act, input, l.weights, target, scale)
}

// compareLabels is compare for g_y and its cross-entropy -log p(y|h). It leaves
// p(y|h) - y in probabilities, which hold p(y|h). scale is 1/examples.
func (l *learner) compareLabels(e *kernels.Engine, first int, input, probabilities kernels.Matrix, s *states, scale float32) {
	e.LayOut(l.columns, first, input)
	loss := l.loss.Slice(first, first+input.Rows)
	clear(loss.Data[:loss.Rows*loss.Stride])
	for i := range probabilities.Rows {
		p, y := probabilities.Row(i), s.Y.Row(i)
		for j := range p {
			if y[j] == 1 {
				// A probability that underflows counts as the least normal number.
				loss.Row(i)[0] = max(p[j], 0x1p-126)
				e.Log(loss.Row(i)[:1], loss.Row(i)[:1])
				loss.Row(i)[0] = -loss.Row(i)[0]
			}
			p[j] = float32(scale * (p[j] - y[j]))
		}
	}
	l.delta.Pack(first, probabilities)
}

// forget takes the examples from first on without a label out of the delta and
// the loss.
func (l *learner) forget(first int, known kernels.Matrix) {
	for i := range known.Rows {
		if known.Row(i)[0] == 1 {
			continue
		}
		clear(l.loss.Row(first + i))
		for j := 0; j < l.delta.Cols; j += kernels.Panel {
			at := l.delta.Index(first+i, j)
			clear(l.delta.Data[at : at+kernels.Panel])
		}
	}
}
