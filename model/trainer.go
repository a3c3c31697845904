package model

import (
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/schedule"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// Trainer trains a network by TRAIN of Algorithm 2, one minibatch at a time. A
// step has two phases. In the first, each thread infers the states of its share
// of the minibatch, and finds the delta of each map on them. In the second, each
// thread updates its share of the weights; all maps step from the same old
// parameters.
type Trainer struct {
	Network  *Network
	Settings Training

	engine, serial *kernels.Engine
	data           Data
	schedule       *schedule.Schedule
	learners       []learner
	losses         []float64 // of each learner, summed over the examples of this epoch

	examples []int // of this step's minibatch
	states   *States
	shares   []States // of each thread, which it cuts out anew for each stage
	panels   []panelRange

	inferStage   func(worker, stage, lo, hi int)
	updatePanels func(i int)
}

// learner is a map in training. It learns to predict layer target from layer
// input, which it sees corrupted.
type learner struct {
	*Map
	moments       kernels.Moments
	input, target int
	stream        uint16 // of the corruption

	corrupted kernels.Matrix
	columns   kernels.Columns // corrupted, laid out for the gradient; a plain copy where that does not help
	delta     kernels.Packed
	loss      kernels.Matrix
}

// isEncoder tells whether the map leads up.
func (l *learner) isEncoder() bool { return l.input < l.target }

// panelRange is a piece of work of the second phase: some of a map's panels.
type panelRange struct{ learner, lo, hi int }

// panelsAtATime is the size of such a piece: as many panels as the widest tile
// of a gradient has.
const panelsAtATime = 2

// NewTrainer prepares to train n on data.
func NewTrainer(n *Network, data Data, settings Training, e *kernels.Engine) (*Trainer, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	order, err := schedule.New(data.Len(), settings.Batch, settings.Seed)
	if err != nil {
		return nil, err
	}
	if err := n.CheckData(data); err != nil {
		return nil, err
	}
	settings.Batch = order.Batch()
	t := &Trainer{Network: n, Settings: settings, engine: e, serial: e.Serial(), data: data, schedule: order}
	for l := range n.Encoders {
		t.learners = append(t.learners,
			learner{Map: &n.Encoders[l], input: l, target: l + 1, stream: random.CorruptUp + uint16(l)},
			learner{Map: &n.Decoders[l], input: l + 1, target: l, stream: random.CorruptDown + uint16(l)})
	}
	t.losses = make([]float64, len(t.learners))
	for i := range t.learners {
		l := &t.learners[i]
		l.moments = settings.Optimizer.NewMoments(len(l.Weights.Data))
		for lo := 0; lo < l.Weights.Panels(); lo += panelsAtATime {
			t.panels = append(t.panels, panelRange{i, lo, min(lo+panelsAtATime, l.Weights.Panels())})
		}
	}
	t.shares = make([]States, e.Threads())
	t.resize(settings.Batch)
	// Made once: a step allocates nothing.
	t.inferStage, t.updatePanels = t.inferOrCompare, t.update
	return t, nil
}

// resize makes the buffers for minibatches of b examples.
func (t *Trainer) resize(b int) {
	t.states = t.Network.NewStates(b)
	for i := range t.learners {
		l := &t.learners[i]
		l.corrupted = kernels.NewMatrix(b, l.Inputs())
		l.columns = t.engine.NewColumns(b, l.Inputs())
		l.delta = kernels.NewPacked(b, l.Outputs())
		l.loss = kernels.NewMatrix(b, kernels.Panel)
	}
}

// StepsPerEpoch is the number of minibatches in an epoch. The last may be
// smaller than the others.
func (t *Trainer) StepsPerEpoch() int { return t.schedule.StepsPerEpoch() }

// Position is the number of epochs done and of minibatches done in the next.
func (t *Trainer) Position() (epoch, step int) { return t.schedule.Position() }

// Done tells whether all epochs are.
func (t *Trainer) Done() bool { return t.schedule.Done(t.Settings.Epochs) }

// ErrDiverged is returned when a loss is no longer a finite number.
var ErrDiverged = tensors.ErrDiverged

// Step trains on the next minibatch and returns its size. It fails with
// [ErrDiverged] before such a minibatch touches the weights.
func (t *Trainer) Step() (int, error) {
	if _, step := t.Position(); step == 0 {
		clear(t.losses)
	}
	t.examples = t.schedule.Minibatch()
	b := len(t.examples)
	if b != t.states.H[0].Rows {
		t.resize(b)
	}
	t.engine.Relay(b, inferStages(t.Settings.Inference)+len(t.learners), t.inferStage)
	for i := range t.learners {
		t.losses[i] += kernels.SumLoss(t.learners[i].loss)
		if math.IsNaN(t.losses[i]) || math.IsInf(t.losses[i], 0) {
			return 0, ErrDiverged
		}
	}
	t.engine.Each(len(t.panels), t.updatePanels)
	t.schedule.Advance()
	return b, nil
}

// inferOrCompare is a stage of the first phase, for the examples lo to hi-1 of
// the minibatch. The first stages are those of INFERENCE; then each map has one.
func (t *Trainer) inferOrCompare(worker, stage, lo, hi int) {
	s := t.states.slice(&t.shares[worker], lo, hi)
	if stage == 0 {
		for i, example := range t.examples[lo:hi] {
			t.data.Read(example, s.H[0].Row(i))
		}
	}
	if infer := inferStages(t.Settings.Inference); stage < infer {
		t.Network.inferStage(t.serial, s, t.Settings.Inference, stage)
	} else {
		t.compare(&t.learners[stage-infer], s, lo, hi)
	}
}

// compare computes a map's output on its corrupted input, and from it the map's
// delta and loss.
func (t *Trainer) compare(l *learner, s *States, lo, hi int) {
	input, corrupted, loss := s.H[l.input], l.corrupted.Slice(lo, hi), l.loss.Slice(lo, hi)
	noise := kernels.Noise{Seed: t.Settings.Seed, Stream: l.stream, Step: uint32(t.schedule.Step())}
	if l.isEncoder() {
		t.Settings.Corruption().Up(t.serial, corrupted, input, noise, lo)
	} else {
		units := t.Network.Config.Encoders[l.input-1]
		t.Settings.Corruption().Down(t.serial, corrupted, input, units, noise, lo)
	}
	t.serial.LayOut(l.columns, lo, corrupted)
	clear(loss.Data[:loss.Rows*loss.Stride])
	scale := 2 / float32(len(t.examples)) // the loss sums over units and averages over the minibatch
	t.serial.AffineDeltaRows(l.delta, lo, loss, l.Activation, corrupted, l.Weights, s.H[l.target], scale)
}

// update is piece i of the second phase.
func (t *Trainer) update(i int) {
	p := t.panels[i]
	l := &t.learners[p.learner]
	t.serial.GradientStepPanels(kernels.Descent{
		Optimizer: t.Settings.Optimizer, Step: t.schedule.Step() + 1, Weights: l.Weights, Moments: l.moments,
	}, l.columns, l.delta, p.lo, p.hi)
}

// Losses are the mean squared errors of this epoch so far, summed over units
// and averaged over examples, of the maps in the order of [Network.Maps].
func (t *Trainer) Losses() []float64 {
	mean := make([]float64, len(t.losses))
	for i, sum := range t.losses {
		mean[i] = sum / float64(t.schedule.Seen())
	}
	return mean
}
