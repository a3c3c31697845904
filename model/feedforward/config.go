package feedforward

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
)

// Config is the structure of a network.
type Config struct {
	// Sizes are the numbers of units from h[0] to h[M]; at least two layers.
	Sizes []int
	// Hidden[l-1] is the activation of h[l], for l = 1..M-1.
	Hidden []kernels.Activation
	Top    Top
}

// DefaultConfig has tanh units below the top.
func DefaultConfig(top Top, sizes ...int) Config {
	c := Config{Sizes: sizes, Top: top}
	for range len(sizes) - 2 {
		c.Hidden = append(c.Hidden, kernels.Tanh)
	}
	return c
}

// maxUnits and maxParameters keep a mistyped layer size from asking for all of
// memory. Training takes 12 to 16 bytes for each parameter, a checkpoint as much
// again.
const (
	maxUnits      = 1 << 20
	maxParameters = 1 << 28
)

// Validate says what is wrong with the configuration, if anything is.
func (c Config) Validate() error {
	if len(c.Sizes) < 2 {
		return fmt.Errorf("feedforward: %d layers: want the input and the top at least", len(c.Sizes))
	}
	if maps := len(c.Sizes) - 1; maps > random.Layers {
		return fmt.Errorf("feedforward: %d layers above the input: want at most %d", maps, random.Layers)
	}
	for l, n := range c.Sizes {
		if n < 1 || n > maxUnits {
			return fmt.Errorf("feedforward: layer %d has %d units: want 1 to %d", l, n, maxUnits)
		}
	}
	total := int64(0)
	for l := 1; l < len(c.Sizes); l++ {
		if total += int64(c.Sizes[l-1]) * int64(c.Sizes[l]); total > maxParameters {
			return fmt.Errorf("feedforward: a network of %d or more weights: want at most %d", total, maxParameters)
		}
	}
	if len(c.Hidden) != len(c.Sizes)-2 {
		return fmt.Errorf("feedforward: %d activations for %d hidden layers", len(c.Hidden), len(c.Sizes)-2)
	}
	for l, act := range c.Hidden {
		if _, err := kernels.ParseActivation(act.String()); err != nil {
			return fmt.Errorf("feedforward: layer %d: %w", l+1, err)
		}
	}
	if !tops.Valid(c.Top) {
		return fmt.Errorf("feedforward: unknown top %v", c.Top)
	}
	if c.Top == Softmax && c.Sizes[len(c.Sizes)-1] < 2 {
		return fmt.Errorf("feedforward: softmax over 1 class: want 2 or more, or a logistic top")
	}
	return nil
}

// Maps is M, the number of maps.
func (c Config) Maps() int { return len(c.Sizes) - 1 }

// activation is that of map l, from 1.
func (c Config) activation(l int) kernels.Activation {
	if l < c.Maps() {
		return c.Hidden[l-1]
	}
	return c.Top.activation()
}

// Inputs is the number of inputs.
func (c Config) Inputs() int { return c.units(0) }

// Outputs is the number of outputs.
func (c Config) Outputs() int { return c.units(len(c.Sizes) - 1) }

// units is the number of those of layer l.
func (c Config) units(l int) int {
	if len(c.Sizes) == 0 {
		panic("feedforward: a configuration without layers")
	}
	return c.Sizes[l]
}
