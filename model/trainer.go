package model

import (
	"cmp"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/ranks"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/internal/schedule"
)

// Trainer trains a network by TRAIN of Algorithm 2, one minibatch at a time. A
// step has two phases. In the first, each thread infers the states of its share
// of the minibatch, and finds the delta of each map on them. In the second, each
// thread updates its share of the weights; all maps step from the same old
// parameters.
//
// The processes of the network's [Group] divide the minibatch in the first phase
// and the weights in the second. After each phase a gather brings together what
// they made. The first step takes memory in common for that, if the group is a
// [Sharer], and the last gives it back: between them the weights are in it, and
// their slices are others than before and after.
type Trainer struct {
	Network  *Network
	Settings Training
	checked  Training // they are these, or looked at again: see schedule.Recheck
	network  *Network // that Network is to be

	engine, serial *kernels.Engine
	data           Data
	schedule       *schedule.Schedule
	learners       []learner
	losses         []float64         // of each learner, summed over the examples of this epoch
	optimizer      kernels.Optimizer // with the rate of this step
	best           *best.Epoch       // so far; nil before an epoch was judged

	group   ranks.Group
	rank    int
	panels  ranks.Panels   // that each process updates
	replica *ranks.Replica // this process's

	examples []int           // of this step's minibatch
	lo, hi   int             // this process's share of them
	space    ranks.Common    // for as many as a minibatch has
	made     *ranks.Examples // in the first phase, in that space; nil before the first step
	states   *States         // of the share
	shares   []States        // of each thread, which it cuts out anew for each stage

	values                  health.Values
	inferStage              func(worker, stage, lo, hi int)
	check, ended            func() error // what is wrong with a step before it begins; the error of a context that ended in it: see train
	placeRows, updatePanels func(i int)
}

// NewTrainer prepares to train n on data. It fails if there is not the memory for it.
func NewTrainer(n *Network, data Data, settings Training, e *kernels.Engine) (*Trainer, error) {
	fixed, err := n.fix(data)
	if err := cmp.Or(settings.Validate(), err); err != nil {
		return nil, err
	}
	order, err := schedule.New(fixed.Len(), settings.Batch, settings.Epochs, settings.Seed)
	if err != nil {
		return nil, err
	}
	if err := order.CheckMemory(n.Config.Sizes, true, settings.Optimizer, n.group().Size()); err != nil {
		return nil, err
	}
	settings.Batch = order.Batch()
	t := &Trainer{Network: n, Settings: settings, checked: settings, network: n, engine: e, serial: e.Serial(), data: data, schedule: order.For(n, data)}
	for l := range n.Encoders {
		t.learners = append(t.learners,
			learner{Map: &n.Encoders[l], input: l, target: l + 1, stream: random.CorruptUp + uint16(l)},
			learner{Map: &n.Decoders[l], input: l + 1, target: l, stream: random.CorruptDown + uint16(l)})
	}
	t.losses, t.shares = make([]float64, len(t.learners)), make([]States, e.Threads())
	for i, l := range t.learners {
		t.learners[i].moments = settings.Optimizer.NewMoments(len(l.Weights.Data))
	}
	t.divide()
	// Made once: a step allocates nothing.
	t.inferStage, t.placeRows, t.updatePanels = t.inferOrCompare, t.place, t.update
	t.check = func() error { return t.Settings.recheck(t.schedule, t.Network, &t.checked) }
	t.ended = func() error { return nil }
	t.values = func() ([]health.Row, error) { return t.inferred().Values() }
	return t, nil
}

// divide divides the panels among the processes of the network's group.
func (t *Trainer) divide() {
	t.group = t.Network.group()
	t.rank = t.group.Rank()
	t.panels = ranks.DividePanels(t.group, t.packed())
	for i := range t.learners {
		t.learners[i].lo, t.learners[i].hi = t.panels.Of(i)
	}
	var weights, means, squares, velocities []*[]float32
	for i := range t.learners {
		l := &t.learners[i]
		weights, means = append(weights, &l.Weights.Data), append(means, &l.moments.Mean)
		squares, velocities = append(squares, &l.moments.Square), append(velocities, &l.moments.Velocity)
	}
	t.replica = ranks.NewReplica(t.group, t.panels.Bounds, weights, means, squares, velocities)
}

// packed are the weights of all learners.
func (t *Trainer) packed() []kernels.Packed {
	var all []kernels.Packed
	for i := range t.learners {
		all = append(all, t.learners[i].Weights)
	}
	return all
}

// prepare makes what a minibatch of b examples needs, unless it is there.
func (t *Trainer) prepare(b int) error {
	if t.made != nil && b == t.made.Rows[t.group.Size()] {
		return nil
	}
	t.made = ranks.NewExamples(b, t.group.Size(), t.packed())
	if t.space.Data == nil {
		var err error
		if t.space, err = ranks.NewCommon(t.group, t.made.Numbers(t.Settings.Batch)); err != nil {
			return err
		}
	}
	t.made.Use(t.space.Data, t.rank)
	t.resize(b)
	return nil
}

// resize makes the buffers for minibatches of b examples.
func (t *Trainer) resize(b int) {
	t.lo, t.hi = t.made.Rows[t.rank], t.made.Rows[t.rank+1]
	t.states = t.network.NewStates(t.hi - t.lo)
	for i := range t.learners {
		l := &t.learners[i]
		l.corrupted, l.ownDelta, l.ownLoss = t.made.Input(t.rank, i), t.made.Delta(t.rank, i), t.made.Loss(t.rank, i)
		l.delta, l.loss = l.ownDelta, l.ownLoss
		if l.hi > 0 {
			l.columns = t.engine.NewColumns(b, l.Inputs())
		}
		if t.group.Size() > 1 {
			l.loss = kernels.NewMatrix(b, kernels.Panel)
			if l.hi > 0 {
				l.delta = kernels.NewPacked(b, l.Outputs())
			}
		}
	}
}

// part gives back the memory in common when all epochs are done. More take it again.
func (t *Trainer) part() error {
	err := t.replica.Part()
	if t.space.Shared() {
		t.space.Free()
		t.made = nil
	}
	return err
}

// Position is the number of epochs done and of minibatches done in the next.
func (t *Trainer) Position() (epoch, step int) { return t.schedule.Position() }

// Done tells whether all epochs are, or those until Patience ended.
func (t *Trainer) Done() bool {
	return t.schedule.Done(t.Settings.Epochs) || t.best.Stops(t.Settings.Patience)
}

// Step trains on the next minibatch and returns its size. It fails with
// [ErrDiverged] before a minibatch touches the weights on which a loss is not finite, or
// far larger than the data's values could make it. A value of the data that is not finite
// is another error.
func (t *Trainer) Step() (int, error) {
	t.schedule.Check()
	if err := t.replica.Join(t.check); err != nil {
		return 0, err
	}
	t.examples = t.schedule.Minibatch()
	b := len(t.examples)
	if err := t.prepare(b); err != nil {
		return 0, err
	}
	if err := ranks.Together(t.group, t.firstPhase, t.gatherExamples); err != nil {
		return 0, err
	}
	for i := range t.learners {
		t.learners[i].sum = kernels.SumLoss(t.learners[i].loss)
		if err := t.judge(health.Minibatch, i, t.learners[i].sum/float64(b)); err != nil {
			return 0, err
		}
	}
	if _, step := t.Position(); step == 0 { // a step that fails leaves no trace
		clear(t.losses)
	}
	for i := range t.learners {
		t.losses[i] += t.learners[i].sum
	}
	t.optimizer = t.Settings.Optimizer
	t.optimizer.Rate = t.Settings.Rates.At(t.optimizer.Rate, t.schedule.Step(), t.Settings.Epochs*t.schedule.StepsPerEpoch())
	t.engine.Each(len(t.panels.Own), t.updatePanels)
	if err := t.replica.GatherWeights(); err != nil {
		return 0, err
	}
	t.schedule.Advance()
	if t.Done() {
		return b, t.part()
	}
	return b, nil
}

// judge judges the mean loss of learner i by one of package health's rules.
func (t *Trainer) judge(rule health.Rule, i int, loss float64) error {
	return rule(health.Name, i, loss, t.learners[i].Outputs(), t.values)
}

// inferred is the minibatch as it was inferred.
func (t *Trainer) inferred() health.Inferred {
	return health.Inferred{Group: t.group, Examples: t.examples, Lo: t.lo, Hi: t.hi, Layers: t.states.H}
}

// firstPhase is all stages of it. It fetches examples in any case: those of other processes may come from this one.
func (t *Trainer) firstPhase() error {
	if err := cmp.Or(rows.Fetch(t.data, t.examples), t.check(), t.ended()); err != nil {
		return err
	}
	t.engine.Relay(t.hi-t.lo, inferStages(t.Settings.Inference)+len(t.learners), t.inferStage)
	return t.ended()
}

// inferOrCompare is a stage of the first phase, for the examples lo to hi-1 of
// this process's share of the minibatch. The first stages are those of INFERENCE;
// then each map has one.
func (t *Trainer) inferOrCompare(worker, stage, lo, hi int) {
	s := t.states.slice(&t.shares[worker], lo, hi)
	if stage == 0 {
		for i, example := range t.examples[t.lo+lo : t.lo+hi] {
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
	input, corrupted, loss := s.H[l.input], l.corrupted.Slice(lo, hi), l.ownLoss.Slice(lo, hi)
	noise := kernels.Noise{Seed: t.Settings.Seed, Stream: l.stream, Step: uint32(t.schedule.Step())}
	if l.isEncoder() {
		t.Settings.Corruption().Up(t.serial, corrupted, input, noise, t.lo+lo)
	} else {
		units := t.Network.Config.Encoders[l.input-1]
		t.Settings.Corruption().Down(t.serial, corrupted, input, units, noise, t.lo+lo)
	}
	if l.hi > 0 {
		t.serial.LayOut(l.columns, t.lo+lo, corrupted)
	}
	clear(loss.Data[:loss.Rows*loss.Stride])
	scale := 2 / float32(len(t.examples)) // the loss sums over units and averages over the minibatch
	t.serial.AffineDeltaRows(l.ownDelta, lo, loss, l.Activation, corrupted, l.Weights, s.H[l.target], scale)
}

// gatherExamples brings together what the processes made in the first phase, and
// puts in place what this one's second phase takes of it. An error in the first phase of any is one in all.
func (t *Trainer) gatherExamples(err error) error {
	if err := t.made.Gather(t.group, err, nil); err != nil || t.group.Size() == 1 {
		return err
	}
	t.engine.Each(len(t.learners)*t.group.Size(), t.placeRows)
	return nil
}

// place is piece i of that: what one process made for one map.
func (t *Trainer) place(i int) {
	m, rank := i/t.group.Size(), i%t.group.Size()
	l, first := &t.learners[m], t.made.Rows[rank]
	rows.Copy(l.loss, first, t.made.Loss(rank, m))
	if l.hi == 0 {
		return
	}
	if rank != t.rank {
		t.serial.LayOut(l.columns, first, t.made.Input(rank, m))
	}
	ranks.CopyPanels(l.delta, first, t.made.Delta(rank, m), l.lo, l.hi)
}

// update is piece i of the second phase.
func (t *Trainer) update(i int) {
	p := t.panels.Own[i]
	l := &t.learners[p.Map]
	t.serial.GradientStepPanels(kernels.Descent{
		Optimizer: t.optimizer, Step: t.schedule.Step() + 1, Weights: l.Weights, Moments: l.moments,
	}, l.columns, l.delta, p.Lo, p.Hi)
}
