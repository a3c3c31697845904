package labelled

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/internal/schedule"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// Trainer trains a network by TRAIN of Algorithm 2 with labels, one minibatch at
// a time. A step starts at the means of the corrupted x, with y missing. INFERENCE
// moves the states with x clean and y given. Then every map takes a step on an
// error of its own, all from the same old parameters:
//
//	map  input                         target
//	f_l  h[l-1] at the start           h[l] after INFERENCE
//	g_l  h[l] after INFERENCE, noisy   h[l-1] after INFERENCE; x
//	f_y  y                             h[M] after INFERENCE
//	g_y  h[M] at the start             y, by cross-entropy
//
// So what leads from x to y learns on states that have not seen y.
type Trainer struct {
	Network  *Network
	Settings Training
	checked  Training // they are these, or looked at again: see schedule.Recheck

	engine, serial *kernels.Engine
	data           Data
	schedule       *schedule.Schedule
	learners       []learner // f_1, g_1, f_2, g_2, ..., f_y, g_y
	losses         []float64 // of each learner, summed over the examples of this epoch
	labels         int       // examples of this epoch whose label was given
	best           *best.Epoch

	examples []int // of this step's minibatch
	given    []int // their labels, as they were when the step began
	states   *states
	first    []kernels.Matrix // the states at the start; first[0] is x, corrupted
	noisy    []kernels.Matrix // h[l], corrupted for g_l; noisy[0] is not used
	coins    kernels.Matrix   // B x 2: the probability that a label is missing; 1 if it is
	shares   []share          // of each thread, which it cuts out anew for each stage
	panels   []panelRange

	values       health.Values // of the minibatch
	inferStage   func(worker, stage, lo, hi int)
	updatePanels func(i int)
}

// share is a thread's part of a minibatch.
type share struct {
	states
	first, noisy []kernels.Matrix
}

// panelRange is a piece of work of a step's second phase: some of a map's panels.
type panelRange struct{ learner, lo, hi int }

// panelsAtATime is the size of such a piece: as many panels as the widest tile
// of a gradient has.
const panelsAtATime = 2

// NewTrainer prepares to train n on data.
func NewTrainer(n *Network, data Data, settings Training, e *kernels.Engine) (*Trainer, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	checked, err := n.checkData(data)
	if err != nil {
		return nil, err
	}
	order, err := schedule.New(checked.Len(), settings.Batch, settings.Epochs, settings.Seed)
	if err != nil {
		return nil, err
	}
	if err := order.CheckMemory(n.Config.layers(), true, settings.Optimizer, 1); err != nil {
		return nil, err
	}
	settings.Batch = order.Batch()
	t := &Trainer{Network: n, Settings: settings, checked: settings, engine: e, serial: e.Serial(), data: data, schedule: order.For(n, data)}
	for i, m := range n.Images.Maps() {
		t.learners = append(t.learners, newLearner(tensors.MapName(i), m, settings.Optimizer))
	}
	t.learners = append(t.learners,
		newLearner(encoderName, n.Encoder, settings.Optimizer), newLearner(decoderName, n.Decoder, settings.Optimizer))
	t.losses = make([]float64, len(t.learners))
	for i, l := range t.learners {
		for lo := 0; lo < l.weights.Panels(); lo += panelsAtATime {
			t.panels = append(t.panels, panelRange{i, lo, min(lo+panelsAtATime, l.weights.Panels())})
		}
	}
	t.shares = make([]share, e.Threads())
	t.resize(settings.Batch)
	// Made once: a step allocates nothing.
	t.inferStage, t.updatePanels = t.inferOrCompare, t.update
	t.values = func() ([]health.Row, error) { return health.Of(t.states.H[0], t.examples)() }
	return t, nil
}

// resize makes the buffers for minibatches of b examples.
func (t *Trainer) resize(b int) {
	t.states, t.first, t.noisy = t.Network.newStates(b), nil, nil
	for _, size := range t.Network.Config.Sizes {
		t.first = append(t.first, kernels.NewMatrix(b, size))
		t.noisy = append(t.noisy, kernels.NewMatrix(b, size))
	}
	t.coins = kernels.NewMatrix(b, 2)
	for i := range t.learners {
		t.learners[i].resize(t.engine, b)
	}
}

// StepsPerEpoch is the number of minibatches in an epoch. The last may be
// smaller than the others.
func (t *Trainer) StepsPerEpoch() int { return t.schedule.StepsPerEpoch() }

// Position is the number of epochs done and of minibatches done in the next.
func (t *Trainer) Position() (epoch, step int) { return t.schedule.Position() }

// Done tells whether all epochs are, or those until Patience ended.
func (t *Trainer) Done() bool {
	return t.schedule.Done(t.Settings.Epochs) || t.best.Stops(t.Settings.Patience)
}

// Step trains on the next minibatch and returns its size. It fails with
// [model.ErrDiverged] before such a minibatch touches the weights.
func (t *Trainer) Step() (int, error) {
	if err := schedule.Recheck(t.schedule, t.Network, t.Settings, &t.checked, t.Settings.Epochs, Training.follows); err != nil {
		return 0, err
	}
	if _, step := t.Position(); step == 0 {
		clear(t.losses)
		t.labels = 0
	}
	t.examples = t.schedule.Minibatch()
	b := len(t.examples)
	if b != t.states.H[0].Rows {
		t.resize(b)
	}
	var err error
	if t.given, err = t.Network.fetch(t.given[:0], t.data, t.examples); err != nil {
		return 0, err
	}
	t.engine.Relay(b, 1+t.Settings.Inference.Iterations+len(t.learners), t.inferStage)
	for i := range t.learners {
		t.learners[i].sum = kernels.SumLoss(t.learners[i].loss)
		if err := t.judge(health.Minibatch, i, t.learners[i].sum/float64(b)); err != nil {
			return 0, err
		}
	}
	for i := range t.learners { // a step that fails leaves no trace
		t.losses[i] += t.learners[i].sum
	}
	for i := range b {
		t.labels += int(t.states.Known.Row(i)[0])
	}
	t.engine.Each(len(t.panels), t.updatePanels)
	t.schedule.Advance()
	return b, nil
}

// inferOrCompare is a stage of a step's first phase, for the examples lo to hi-1
// of the minibatch: the start, the iterations of INFERENCE, then one for each
// map.
func (t *Trainer) inferOrCompare(worker, stage, lo, hi int) {
	s := &t.shares[worker]
	t.states.slice(&s.states, lo, hi)
	s.first, s.noisy = cut(s.first, t.first, lo, hi), cut(s.noisy, t.noisy, lo, hi)
	switch iterations := t.Settings.Inference.Iterations; {
	case stage == 0:
		t.start(s, lo, hi)
	case stage <= iterations:
		t.Network.sweep(t.serial, &s.states, t.Settings.Inference)
	default:
		t.compare(stage-iterations-1, s, lo)
	}
}

// start reads the examples, draws which labels are missing, and sets the states
// to the means of the corrupted images.
func (t *Trainer) start(s *share, lo, hi int) {
	coins := t.coins.Slice(lo, hi)
	chance, missing := coins.Columns(0, 1), coins.Columns(1, 2)
	for i := range coins.Rows {
		chance.Row(i)[0] = float32(t.Settings.MissingRate)
	}
	t.serial.BernoulliMean(missing, chance, 1, t.noise(random.Label), lo)
	for i, example := range t.examples[lo:hi] {
		t.data.Read(example, s.H[0].Row(i))
		label := t.given[lo+i]
		if missing.Row(i)[0] == 1 {
			label = Missing
		}
		s.give(i, label)
	}
	t.Settings.Corruption.Up(t.serial, s.first[0], s.H[0], t.noise(random.CorruptUp), lo)
	t.Network.start(t.serial, s.first)
	for l := 1; l < len(s.H); l++ {
		rows.Copy(s.H[l], 0, s.first[l])
	}
}

// noise is that of this step, for one use.
func (t *Trainer) noise(stream uint16) kernels.Noise {
	return kernels.Noise{Seed: t.Settings.Seed, Stream: stream, Step: uint32(t.schedule.Step())}
}

// compare computes the delta and the loss of learner i on the minibatch's
// examples from lo on.
func (t *Trainer) compare(i int, s *share, lo int) {
	n, l, e := t.Network, &t.learners[i], t.serial
	top, maps := n.Config.Latents(), 2*n.Config.Latents()
	scale := 1 / float32(len(t.examples)) // losses are averages over the minibatch
	switch below := i / 2; {
	case i == maps:
		l.compare(e, n.Encoder.Activation, lo, s.Y, s.H[top], 2*scale)
		l.forget(lo, s.Known)
	case i == maps+1:
		n.decodeLabels(e, s.Decoded, s.first[top])
		l.compareLabels(e, lo, s.first[top], s.Decoded, &s.states, scale)
		l.forget(lo, s.Known)
	case i%2 == 0:
		l.compare(e, n.Config.Encoders[below], lo, s.first[below], s.H[below+1], 2*scale)
	default:
		noisy := s.noisy[below+1]
		t.Settings.Corruption.Down(e, noisy, s.H[below+1], n.Config.Encoders[below], t.noise(random.CorruptDown+uint16(below)), lo)
		l.compare(e, n.Config.Decoders[below], lo, noisy, s.H[below], 2*scale)
	}
}

// update is piece i of a step's second phase.
func (t *Trainer) update(i int) {
	p := t.panels[i]
	l := &t.learners[p.learner]
	optimizer := t.Settings.Optimizer
	optimizer.Rate = t.Settings.rate(t.schedule.Step(), t.Settings.Epochs*t.StepsPerEpoch())
	t.serial.GradientStepPanels(kernels.Descent{
		Optimizer: optimizer, Step: t.schedule.Step() + 1, Weights: l.weights, Moments: l.moments,
	}, l.columns, l.delta, p.lo, p.hi)
}

// Losses are the mean errors of this epoch so far, in the order f_1, g_1, f_2,
// g_2, ..., f_y, g_y: squared errors, summed over units, and for g_y the
// cross-entropy in nats. Those of f_y and g_y are means over the examples whose
// label was given, and 0 if there were none.
func (t *Trainer) Losses() []float64 {
	mean := make([]float64, len(t.losses))
	for i, sum := range t.losses {
		if i < len(t.losses)-2 {
			mean[i] = sum / float64(t.schedule.Seen())
		} else if t.labels > 0 {
			mean[i] = sum / float64(t.labels)
		}
	}
	return mean
}

// judge judges the mean loss of learner i by one of package health's rules.
func (t *Trainer) judge(rule health.Rule, i int, loss float64) error {
	name, outputs := health.Name, t.learners[i].weights.Cols
	switch maps := len(t.learners); i {
	case maps - 2:
		name = func(int) string { return "fy" }
	case maps - 1:
		name, outputs = func(int) string { return "gy" }, 1 // its loss is in nats
	}
	return rule(name, i, loss, outputs, t.values)
}

// Health fails with a [model.DivergedError] if the losses of the epoch so far are far
// larger than the data's values could make them, as those of the last minibatch are, if a layer had the same values for
// all examples of that, or if squares of gradients are too large for the optimiser. A network may recover from none of these.
func (t *Trainer) Health() error {
	if t.examples == nil {
		return nil // no step yet
	}
	for i, loss := range t.Losses() {
		if err := t.judge(health.Epoch, i, loss); err != nil {
			return err
		}
	}
	for _, l := range t.learners {
		if err := health.Squares(l.name, l.moments); err != nil {
			return err
		}
	}
	return health.Layers(len(t.examples), health.Spans(t.states.H))
}
