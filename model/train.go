package model

import (
	"errors"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// Training are the settings of TRAIN in Algorithm 2.
type Training struct {
	Epochs    int
	Batch     int
	Seed      uint64
	Inference Inference
	Optimizer kernels.Optimizer
	// UpNoise is the standard deviation of the Gaussian noise on the inputs of
	// the encoder maps; DownNoise on those of the decoder maps, unless the
	// layer they come from is sigmoid: then the input is the mean of Draws
	// Bernoulli numbers, as of spikes.
	UpNoise, DownNoise float32
	Draws              int
}

// DefaultTraining are the settings of the authors' experiment.
func DefaultTraining() Training {
	return Training{
		Epochs:    20,
		Batch:     100,
		Seed:      1,
		Inference: TrainInference(),
		Optimizer: kernels.Optimizer{Rule: kernels.RMSProp, Rate: 1e-5, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4},
		UpNoise:   0.5,
		DownNoise: 0.3,
		Draws:     3,
	}
}

// maxBatch keeps a mistyped batch size from asking for all of memory, maxEpochs
// the number of steps from overflowing.
const (
	maxBatch  = 1 << 20
	maxEpochs = 1 << 20
)

// Validate says what is wrong with the settings, if anything is.
func (t Training) Validate() error {
	switch {
	case t.Epochs < 0 || t.Epochs > maxEpochs:
		return fmt.Errorf("model: %d epochs: want 0 to %d", t.Epochs, maxEpochs)
	case t.Batch < 1 || t.Batch > maxBatch:
		return fmt.Errorf("model: batches of %d: want 1 to %d examples", t.Batch, maxBatch)
	case !(t.UpNoise >= 0 && t.UpNoise <= 1e3) || !(t.DownNoise >= 0 && t.DownNoise <= 1e3):
		return fmt.Errorf("model: noise of standard deviation %v upwards and %v downwards: want 0 to 1000", t.UpNoise, t.DownNoise)
	case t.Draws < 1 || t.Draws > 1<<16:
		return fmt.Errorf("model: mean of %d Bernoulli draws: want 1 to %d", t.Draws, 1<<16)
	}
	if err := t.Inference.Validate(); err != nil {
		return err
	}
	return t.Optimizer.Validate()
}

// Trainer trains a network, one minibatch at a time. A step has two phases: the
// threads infer the states of their share of the minibatch and the delta of
// each map on it, and then, all maps from the same old parameters, update a
// share of the weights.
type Trainer struct {
	Network  *Network
	Settings Training

	engine, serial *kernels.Engine
	data           Data
	order          []int // of the examples in this epoch
	step           int   // minibatches done
	losses         []float64

	learners []learner
	batch    int // examples in this step's minibatch
	states   *States
	shares   []States // of each thread, which it cuts out anew for each stage
	panels   []panelRange

	inferStage   func(worker, stage, lo, hi int)
	updatePanels func(i int)
}

// learner is a map in training: it learns to predict layer target from a
// corrupted layer input.
type learner struct {
	*Map
	moments       kernels.Moments
	input, target int
	noise         float32 // standard deviation, unless
	draws         int     // Bernoulli draws, if not 0
	stream        uint16

	corrupted kernels.Matrix
	columns   kernels.Columns // the same, laid out for the gradient; a plain copy where that does not help
	delta     kernels.Packed
	loss      kernels.Matrix
}

// panelRange is a piece of work of the second phase.
type panelRange struct{ learner, lo, hi int }

// NewTrainer prepares to train n on data.
func NewTrainer(n *Network, data Data, settings Training, e *kernels.Engine) (*Trainer, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	if data.Len() < 1 {
		return nil, fmt.Errorf("model: there are no examples to train on")
	}
	if data.Dim() != n.Config.Sizes[0] {
		return nil, fmt.Errorf("model: examples of %d numbers for a visible layer of %d units", data.Dim(), n.Config.Sizes[0])
	}
	settings.Batch = min(settings.Batch, data.Len())
	t := &Trainer{Network: n, Settings: settings, engine: e, serial: e.Serial(), data: data, order: make([]int, data.Len())}
	for l := range n.Encoders {
		up := learner{Map: &n.Encoders[l], input: l, target: l + 1, noise: settings.UpNoise, stream: streamCorruptUp + uint16(l)}
		down := learner{Map: &n.Decoders[l], input: l + 1, target: l, noise: settings.DownNoise, stream: streamCorruptDown + uint16(l)}
		if n.Config.Encoders[l] == kernels.Sigmoid {
			down.draws = settings.Draws
		}
		t.learners = append(t.learners, up, down)
	}
	t.losses = make([]float64, len(t.learners))
	for i := range t.learners {
		l := &t.learners[i]
		l.moments = settings.Optimizer.NewMoments(len(l.Weights.Data))
		const chunk = 2 // panels, as many as the widest tile of a gradient
		for lo := 0; lo < l.Weights.Panels(); lo += chunk {
			t.panels = append(t.panels, panelRange{i, lo, min(lo+chunk, l.Weights.Panels())})
		}
	}
	t.shares = make([]States, e.Threads())
	t.resize(settings.Batch)
	t.inferStage = t.inferOrCompare
	t.updatePanels = func(i int) {
		p := t.panels[i]
		l := &t.learners[p.learner]
		t.serial.GradientStepPanels(kernels.Descent{
			Optimizer: t.Settings.Optimizer, Step: t.step + 1, Weights: l.Weights, Moments: l.moments,
		}, l.columns, l.delta, p.lo, p.hi)
	}
	shuffle(t.order, settings.Seed, 0)
	return t, nil
}

// resize makes the buffers for minibatches of b examples.
func (t *Trainer) resize(b int) {
	t.batch = b
	t.states = t.Network.NewStates(b)
	for i := range t.learners {
		l := &t.learners[i]
		l.corrupted = kernels.NewMatrix(b, l.Inputs())
		l.columns = t.engine.NewColumns(b, l.Inputs())
		l.delta = kernels.NewPacked(b, l.Outputs())
		l.loss = kernels.NewMatrix(b, kernels.Panel)
	}
}

// StepsPerEpoch is the number of minibatches in an epoch; the last may be short.
func (t *Trainer) StepsPerEpoch() int {
	return (t.data.Len() + t.Settings.Batch - 1) / t.Settings.Batch
}

// Position is the number of epochs done and of minibatches done in the next.
func (t *Trainer) Position() (epoch, step int) {
	return t.step / t.StepsPerEpoch(), t.step % t.StepsPerEpoch()
}

// Done tells whether all epochs are.
func (t *Trainer) Done() bool { return t.step >= t.Settings.Epochs*t.StepsPerEpoch() }

// ErrDiverged is returned when a loss is no longer a finite number.
var ErrDiverged = errors.New("model: training diverged: a loss is not a finite number any more; try a lower learning rate")

// Step trains on the next minibatch and returns its size. It fails with
// [ErrDiverged] before such a minibatch touches the weights.
func (t *Trainer) Step() (int, error) {
	epoch, step := t.Position()
	if step == 0 {
		clear(t.losses)
		shuffle(t.order, t.Settings.Seed, epoch)
	}
	first := step * t.Settings.Batch
	if b := min(t.Settings.Batch, t.data.Len()-first); b != t.batch {
		t.resize(b)
	}
	t.engine.Relay(t.batch, inferStages(t.Settings.Inference)+len(t.learners), t.inferStage)
	for i := range t.learners {
		t.losses[i] += kernels.SumLoss(t.learners[i].loss)
		if math.IsNaN(t.losses[i]) || math.IsInf(t.losses[i], 0) {
			return 0, ErrDiverged
		}
	}
	t.engine.Each(len(t.panels), t.updatePanels)
	t.step++
	return t.batch, nil
}

// inferOrCompare is a stage of the first phase for the examples lo to hi-1 of the
// minibatch: of INFERENCE, or then, for one map after the other, its corrupted input, its
// output and its error.
func (t *Trainer) inferOrCompare(worker, stage, lo, hi int) {
	s := t.states.slice(&t.shares[worker], lo, hi)
	if stage == 0 {
		start := t.step % t.StepsPerEpoch() * t.Settings.Batch
		for i := lo; i < hi; i++ {
			t.data.Read(t.order[start+i], s.H[0].Row(i-lo))
		}
	}
	if infer := inferStages(t.Settings.Inference); stage < infer {
		t.Network.inferStage(t.serial, s, t.Settings.Inference, stage)
	} else {
		t.compare(&t.learners[stage-infer], s, lo, hi)
	}
}

// compare computes the delta and the loss of a map.
func (t *Trainer) compare(l *learner, s *States, lo, hi int) {
	input, corrupted, loss := s.H[l.input], l.corrupted.Slice(lo, hi), l.loss.Slice(lo, hi)
	noise := kernels.Noise{Seed: t.Settings.Seed, Stream: l.stream, Step: uint32(t.step)}
	if l.draws > 0 {
		t.serial.BernoulliMean(corrupted, input, l.draws, noise, lo)
	} else {
		t.serial.AddGaussian(corrupted, input, l.noise, noise, lo)
	}
	t.serial.LayOut(l.columns, lo, corrupted)
	clear(loss.Data[:loss.Rows*loss.Stride])
	scale := 2 / float32(t.batch) // the loss sums over units and averages over the minibatch
	t.serial.AffineDeltaRows(l.delta, lo, loss, l.Activation, corrupted, l.Weights, s.H[l.target], scale)
}

// Losses are the mean squared errors of this epoch so far, summed over units
// and averaged over examples, of the maps in the order of [Network.Maps].
func (t *Trainer) Losses() []float64 {
	examples := t.data.Len()
	if step := t.step % t.StepsPerEpoch(); step != 0 {
		examples = step * t.Settings.Batch
	}
	mean := make([]float64, len(t.losses))
	for i, sum := range t.losses {
		mean[i] = sum / float64(examples)
	}
	return mean
}
