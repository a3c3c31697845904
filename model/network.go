package model

import (
	"errors"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/linalg"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/ranks"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Map is an affine map and an activation. Row 0 of the weights is the bias.
type Map struct {
	Activation kernels.Activation
	Weights    kernels.Packed
}

// Inputs is the number of inputs.
func (m Map) Inputs() int { return m.Weights.Rows - 1 }

// Outputs is the number of outputs.
func (m Map) Outputs() int { return m.Weights.Cols }

// Prior is the diagonal Gaussian p(h[M]).
type Prior struct {
	Mean, Std []float32
}

// ErrNoPrior is returned when a network without a prior is asked for what needs
// one.
var ErrNoPrior = errors.New("model: the network has no prior yet: train it to the end, or call EstimatePrior")

// ErrDiverged is returned when training went wrong: a loss, or a number to save, is not
// finite or far too large, or a layer is the same for all examples.
var ErrDiverged = health.ErrDiverged

// DivergedError is an [ErrDiverged] that says which map or layer went wrong.
type DivergedError = health.DivergedError

// Network is a deep generative model. Several goroutines may use it at once, with one engine or
// more, but not while one of them trains it.
type Network struct {
	Config Config
	// Encoders[l-1] is f_l: h[l-1] -> h[l], Decoders[l-1] is g_l: h[l] -> h[l-1].
	Encoders, Decoders []Map
	// Prior is p(h[M]). It is empty until EstimatePrior sets it after training.
	Prior Prior
	// Group is the processes that train and use the network together; nil is this
	// one alone. It is no part of the model, and no file has it.
	Group Group
}

// New makes a network with semi-orthonormal weights, which it draws from the
// seed, and zero biases. It fails if there is not the memory for it.
func New(config Config, seed uint64, e *kernels.Engine) (*Network, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	if err := linalg.CheckMemory(config.Sizes, true, e); err != nil {
		return nil, err
	}
	n := newZero(config)
	maps := n.Maps()
	serial := e.Serial()
	e.Each(len(maps), func(i int) {
		linalg.Orthonormal(serial, maps[i].Weights, kernels.Noise{Seed: seed, Stream: random.Weights, Step: uint32(i)})
	})
	return n, nil
}

// newZero makes a network whose parameters are all 0.
func newZero(config Config) *Network {
	n := &Network{Config: config}
	for l := 1; l < len(config.Sizes); l++ {
		below, above := config.Sizes[l-1], config.Sizes[l]
		n.Encoders = append(n.Encoders, Map{config.Encoders[l-1], kernels.NewPacked(below+1, above)})
		n.Decoders = append(n.Decoders, Map{config.Decoders[l-1], kernels.NewPacked(above+1, below)})
	}
	return n
}

// Validate says what is wrong with the network, if anything is: it is nil, or has a structure that
// none can have, or maps or a prior that are not of it. Whatever learns or computes with examples
// fails with this error first. It looks at no weight.
func (n *Network) Validate() error {
	if n == nil {
		return errNil
	}
	if err := n.Config.Validate(); err != nil {
		return err
	}
	if err := ranks.Check(n.group()); err != nil {
		return err
	}
	if pairs := n.Config.Latents(); len(n.Encoders) != pairs || len(n.Decoders) != pairs {
		return fmt.Errorf("model: a network of %d encoder and %d decoder maps: its sizes want %d of each; New makes them", len(n.Encoders), len(n.Decoders), pairs)
	}
	for l := range n.Encoders {
		below, above := n.Config.Sizes[l], n.Config.Sizes[l+1]
		if err := n.Encoders[l].checkOf(below, above, n.Config.Encoders[l]); err != nil {
			return fmt.Errorf("model: encoder %d: %w", l+1, err)
		}
		if err := n.Decoders[l].checkOf(above, below, n.Config.Decoders[l]); err != nil {
			return fmt.Errorf("model: decoder %d: %w", l+1, err)
		}
	}
	var weights []kernels.Packed
	for _, m := range n.Maps() {
		weights = append(weights, m.Weights)
	}
	if err := rows.CheckApart(weights); err != nil {
		return err
	}
	top := n.Config.Sizes[n.Config.Latents()]
	if mean, std := len(n.Prior.Mean), len(n.Prior.Std); mean != std || mean != 0 && mean != top {
		return fmt.Errorf("model: a prior of %d means and %d standard deviations for a top layer of %d units", mean, std, top)
	}
	return n.Prior.Check()
}

// Check fails if a mean or a standard deviation cannot be, or there are not as many of each.
func (p Prior) Check() error {
	if len(p.Mean) != len(p.Std) {
		return fmt.Errorf("the prior has %d means and %d standard deviations: want as many", len(p.Mean), len(p.Std))
	}
	for i, mean := range p.Mean {
		if std := p.Std[i]; mean-mean != 0 || !(std >= 0 && std <= math.MaxFloat32) {
			return fmt.Errorf("the prior: unit %d has mean %v and standard deviation %v: %w", i, mean, std, ErrDiverged)
		}
	}
	return nil
}

// Check says what is wrong with a map from so many units to so many, if anything is.
func (m Map) Check(inputs, outputs int) error {
	if _, err := kernels.ParseActivation(m.Activation.String()); err != nil {
		return fmt.Errorf("the unknown activation %v", m.Activation)
	}
	w := m.Weights
	if w.Rows != inputs+1 || w.Cols != outputs || len(w.Data) < w.Rows*((w.Cols+kernels.Panel-1)/kernels.Panel)*kernels.Panel {
		return fmt.Errorf("%d x %d weights in %d elements: want %d x %d, and their panels", w.Rows, w.Cols, len(w.Data), inputs+1, outputs)
	}
	return nil
}

// checkOf is Check, also of the activation: a file has that of the configuration.
func (m Map) checkOf(inputs, outputs int, act kernels.Activation) error {
	if err := m.Check(inputs, outputs); err != nil {
		return err
	}
	if m.Activation != act {
		return fmt.Errorf("it has the activation %v, and the configuration has %v", m.Activation, act)
	}
	return nil
}

// mustBe panics if there is no network.
func (n *Network) mustBe() {
	if n == nil {
		panic(errNil.Error())
	}
}

// errNil is of no network.
var errNil = errors.New("model: the network is nil")

// Maps are all maps: f_1, g_1, f_2, g_2, ...
func (n *Network) Maps() []Map {
	n.mustBe()
	if len(n.Encoders) != len(n.Decoders) {
		panic(fmt.Sprintf("model: a network of %d encoder and %d decoder maps", len(n.Encoders), len(n.Decoders)))
	}
	var maps []Map
	for l := range n.Encoders {
		maps = append(maps, n.Encoders[l], n.Decoders[l])
	}
	return maps
}

// Parameters is the number of weights and biases.
func (n *Network) Parameters() int {
	total := 0
	for _, m := range n.Maps() {
		total += m.Weights.Rows * m.Weights.Cols
	}
	return total
}

// Encode writes dst = f_l(src), for l = 1..M.
func (n *Network) Encode(e *kernels.Engine, dst kernels.Matrix, l int, src kernels.Matrix) {
	n.mustBe()
	checkLayer(l, n.Encoders)
	f := n.Encoders[l-1]
	e.Affine(dst, f.Activation, src, f.Weights)
}

// Decode writes dst = g_l(src), for l = 1..M.
func (n *Network) Decode(e *kernels.Engine, dst kernels.Matrix, l int, src kernels.Matrix) {
	n.mustBe()
	checkLayer(l, n.Decoders)
	g := n.Decoders[l-1]
	e.Affine(dst, g.Activation, src, g.Weights)
}

// checkLayer panics if there is no map l.
func checkLayer(l int, maps []Map) {
	if l < 1 || l > len(maps) {
		panic(fmt.Sprintf("model: map %d of %d", l, len(maps)))
	}
}

// group is the network's group, of one if it has none.
func (n *Network) group() ranks.Group {
	if n.Group == nil {
		return ranks.Alone{}
	}
	return n.Group
}

// all looks in each process of the group at what may be wrong in one alone, before any begins: all have an error then, and none
// waits for one that has left. Without a network, or in a group that can not be, there is nobody to tell.
func (n *Network) all(check func() error) error {
	if n == nil {
		return errNil
	}
	if err := ranks.Check(n.group()); err != nil {
		return err
	}
	return ranks.All(n.group(), ErrDiverged, check)
}

// learner is a map in training. It learns to predict layer target from layer
// input, which it sees corrupted.
type learner struct {
	*Map
	moments       kernels.Moments
	input, target int
	stream        uint16 // of the corruption

	lo, hi int // the panels that this process updates; hi is 0 if there are none

	// Of this process's share of the minibatch:
	corrupted kernels.Matrix
	ownDelta  kernels.Packed
	ownLoss   kernels.Matrix

	// Of the whole minibatch:
	columns kernels.Columns // corrupted, laid out for the gradient; a plain copy where that does not help
	delta   kernels.Packed
	loss    kernels.Matrix
	sum     float64 // of the loss
}

// isEncoder tells whether the map leads up.
func (l *learner) isEncoder() bool { return l.input < l.target }
