package feedforward

import (
	"errors"
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/linalg"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Network is a feed-forward network.
type Network struct {
	Config Config
	// Maps[l-1] is f_l: h[l-1] -> h[l]. The last has the activation of the units
	// before softmax, if there is one.
	Maps []model.Map
}

// New makes a network with semi-orthonormal weights, which it draws from the
// seed, and zero biases.
func New(config Config, seed uint64, e *kernels.Engine) (*Network, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	if err := linalg.CheckMemory(config.Sizes, false, e); err != nil {
		return nil, err
	}
	n, err := NewZero(config)
	if err != nil {
		return nil, err
	}
	serial := e.Serial()
	e.Each(len(n.Maps), func(i int) {
		linalg.Orthonormal(serial, n.Maps[i].Weights, kernels.Noise{Seed: seed, Stream: random.Weights, Step: uint32(i)})
	})
	return n, nil
}

// NewZero makes a network whose parameters are all 0.
func NewZero(config Config) (*Network, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	weights, _ := memory.Weights(config.Sizes, false)
	if err := memory.Check(fmt.Sprintf("feedforward: a network of layers of %v units", config.Sizes), weights); err != nil {
		return nil, err
	}
	n := &Network{Config: config}
	for l := 1; l < len(config.Sizes); l++ {
		n.Maps = append(n.Maps, model.Map{Activation: config.activation(l), Weights: kernels.NewPacked(config.Sizes[l-1]+1, config.Sizes[l])})
	}
	return n, nil
}

// Validate says what is wrong with the network, if anything is: it is nil, or has a structure that
// none can have, or maps that are not of it. It looks at no weight.
func (n *Network) Validate() error {
	if n == nil {
		return errors.New("feedforward: the network is nil")
	}
	if err := n.Config.Validate(); err != nil {
		return err
	}
	if len(n.Maps) != n.Config.Maps() {
		return fmt.Errorf("feedforward: a network of %d maps: its sizes want %d; New makes them", len(n.Maps), n.Config.Maps())
	}
	var weights []kernels.Packed
	for l, m := range n.Maps {
		if err := m.Check(n.Config.Sizes[l], n.Config.Sizes[l+1]); err != nil {
			return fmt.Errorf("feedforward: map %d: %w", l+1, err)
		}
		if act := n.Config.activation(l + 1); m.Activation != act {
			return fmt.Errorf("feedforward: map %d: it has the activation %v, and the configuration has %v", l+1, m.Activation, act)
		}
		weights = append(weights, m.Weights)
	}
	return rows.CheckApart(weights)
}

// mustBe panics if there is no network.
func (n *Network) mustBe() {
	if n == nil {
		panic("feedforward: the network is nil")
	}
}

// Copy is a network of the same parameters in memory of its own.
func (n *Network) Copy() *Network {
	n.mustBe()
	c := &Network{Config: n.Config}
	for _, m := range n.Maps {
		w := kernels.NewPacked(m.Weights.Rows, m.Weights.Cols)
		copy(w.Data, m.Weights.Data)
		c.Maps = append(c.Maps, model.Map{Activation: m.Activation, Weights: w})
	}
	return c
}

// Parameters is the number of weights and biases.
func (n *Network) Parameters() int {
	n.mustBe()
	total := 0
	for _, m := range n.Maps {
		total += m.Weights.Rows * m.Weights.Cols
	}
	return total
}

// Forward writes dst = s(src W_l + b_l), for l = 1..M. dst has the rows of src. With
// l = M it is without softmax: see [Network.Finish].
func (n *Network) Forward(e *kernels.Engine, dst kernels.Matrix, l int, src kernels.Matrix) {
	n.mustBe()
	if l < 1 || l > len(n.Maps) {
		panic(fmt.Sprintf("feedforward: map %d of %d", l, len(n.Maps)))
	}
	f := n.Maps[l-1]
	e.Affine(dst, f.Activation, src, f.Weights)
}
