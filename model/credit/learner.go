package credit

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// makers make what carries a rule out.
var makers = [...]func(p *pass) assigner{
	Backprop:          newBackprop,
	FeedbackAlignment: newFeedbackAlignment,
	DirectFeedback:    newDirectFeedback,
	DifferenceTargets: newDifferenceTargets,
}

// Learner takes steps of training on minibatches that the caller supplies. A step has
// two phases. In the first, each thread takes its share of the minibatch up through the
// network, compares the outputs with the targets, and finds the delta of each map by the
// rule. In the second, each thread updates its share of the weights; all maps step from
// the same old parameters.
type Learner struct {
	// Network may be read between steps.
	Network *feedforward.Network
	// RateScale is multiplied into the learning rates. It is 1 at first.
	RateScale float32

	pass   *pass
	rule   assigner
	layers []*layer // that learn: the network's, then the rule's own
	panels []panelRange
	losses []float64 // of the last minibatch, as sums: the network's, then of the rule's own maps

	room         int // examples of a minibatch for which there is memory
	findStage    func(worker, stage, lo, hi int)
	updatePanels func(i int)
}

// panelRange is a piece of work of the second phase: some of a map's panels.
type panelRange struct{ layer, lo, hi int }

// panelsAtATime is the size of such a piece: as many panels as the widest tile of a
// gradient has.
const panelsAtATime = 2

// NewLearner prepares to train n. Of the settings it ignores Epochs, Batch, Rates and Patience.
func NewLearner(n *feedforward.Network, settings Training, e *kernels.Engine) (*Learner, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	if err := n.Validate(); err != nil {
		return nil, err
	}
	if err := settings.checkMemory(n.Config.Sizes); err != nil {
		return nil, err
	}
	l := &Learner{Network: n, RateScale: 1, pass: newPass(n, settings, e)}
	l.rule = makers[settings.Rule](l.pass)
	for i, layer := range l.pass.layers {
		layer.transposed = l.rule.transposed(i + 1)
		l.layers = append(l.layers, layer)
	}
	l.layers = append(l.layers, l.rule.own()...)
	for i, layer := range l.layers {
		for lo := 0; lo < layer.Weights.Panels(); lo += panelsAtATime {
			l.panels = append(l.panels, panelRange{i, lo, min(lo+panelsAtATime, layer.Weights.Panels())})
		}
	}
	l.losses = make([]float64, 1+len(l.rule.own()))
	// Made once: a step allocates nothing.
	l.findStage, l.updatePanels = l.find, l.update
	return l, nil
}

// Step trains on a minibatch: the given numbers of the examples. It returns the losses,
// means over the minibatch: the network's, then those of the rule's own maps, which are
// the inverse maps of [DifferenceTargets] from g_2 up. They are valid until the next
// call. Step fails with [model.ErrDiverged] before a minibatch on which a loss is not
// finite touches the weights. It allocates memory only if the number of examples is
// another than in the step before.
func (l *Learner) Step(examples feedforward.Examples, numbers []int) (losses []float64, err error) {
	if err := l.assign(examples, numbers); err != nil {
		return nil, err
	}
	l.pass.engine.Each(len(l.panels), l.updatePanels)
	l.pass.step++
	return l.losses, nil
}

// Steps is the number of steps done.
func (l *Learner) Steps() int {
	l.check()
	return l.pass.step
}

// check panics if NewLearner did not make it.
func (l *Learner) check() {
	if l.pass == nil {
		panic("credit: this Learner is not what NewLearner returns")
	}
}

// assign is the first phase.
func (l *Learner) assign(examples feedforward.Examples, numbers []int) error {
	l.check()
	if !(l.RateScale >= 0 && l.RateScale <= math.MaxFloat32) {
		return fmt.Errorf("credit: learning rates times %v: want a finite number, none negative", l.RateScale)
	}
	if err := rows.Check(examples); err != nil {
		return err
	}
	if err := l.Network.CheckInputs(examples.Dim()); err != nil {
		return err
	}
	if len(numbers) == 0 {
		return fmt.Errorf("credit: a minibatch of no examples")
	}
	for _, i := range numbers {
		if i < 0 || i >= examples.Len() {
			return fmt.Errorf("credit: example %d of %d in a minibatch", i, examples.Len())
		}
	}
	p := l.pass
	if len(numbers) != p.size() {
		if err := l.fits(len(numbers)); err != nil {
			return err
		}
		p.resize(len(numbers))
		for _, own := range l.rule.own() {
			own.resize(p.engine, len(numbers))
		}
		l.rule.fit(len(numbers))
	}
	if err := rows.Fetch(examples, numbers); err != nil {
		return err
	}
	p.examples, p.numbers = examples, numbers
	p.spoilt.Store(false)
	p.engine.Relay(len(numbers), p.stages()+l.rule.stages(), l.findStage)
	return l.addUp()
}

// fits fails if there is not the memory for a minibatch of so many examples. One that it was there for is not looked at again.
func (l *Learner) fits(examples int) error {
	if examples <= l.room {
		return nil
	}
	if err := l.pass.settings.checkMinibatch(l.Network.Config.Sizes, examples); err != nil {
		return err
	}
	l.room = examples
	return nil
}

// find is a stage of the first phase, for the examples lo to hi-1 of the minibatch.
func (l *Learner) find(_, stage, lo, hi int) {
	if up := l.pass.stages(); stage < up {
		l.pass.stage(stage, lo, hi)
	} else {
		l.rule.stage(stage-up, lo, hi)
	}
}

// addUp finds the mean losses. Inputs that are not finite may leave them finite, and a weight not.
func (l *Learner) addUp() error {
	if l.pass.spoilt.Load() {
		return health.Finite(l.pass.h[0], l.pass.numbers) // no rate helps
	}
	clear(l.losses)
	for _, loss := range l.pass.losses {
		l.losses[0] += loss
	}
	for i, own := range l.rule.own() {
		l.losses[1+i] = kernels.SumLoss(own.loss)
	}
	for i := range l.losses {
		l.losses[i] /= float64(l.pass.size())
		if math.IsNaN(l.losses[i]) || math.IsInf(l.losses[i], 0) {
			if err := l.pass.checkTargets(); err != nil {
				return err
			}
			name := "the network"
			if i > 0 {
				name = fmt.Sprintf("inverse map %d", i+1)
			}
			return &model.DivergedError{Map: name, Loss: l.losses[i]}
		}
	}
	return nil
}

// update is piece i of the second phase.
func (l *Learner) update(i int) {
	p := l.panels[i]
	l.layers[p.layer].descend(l.pass.serial, l.pass.step+1, l.RateScale, p.lo, p.hi)
}
