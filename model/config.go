package model

import (
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
)

// Config is the structure of a network.
type Config struct {
	// Sizes are the numbers of units from h[0] to h[M]; at least two layers.
	Sizes []int
	// Encoders[l-1] is the activation of f_l, Decoders[l-1] that of g_l.
	Encoders, Decoders []kernels.Activation
}

// DefaultConfig is the paper's kind of network on the given sizes, from the
// visible layer up: softplus units, but a sigmoid top and sigmoid pixels.
// Section 8 has 784, 1000 and 100.
func DefaultConfig(sizes ...int) Config {
	c := Config{Sizes: sizes}
	for l := 1; l < len(sizes); l++ {
		up, down := kernels.Softplus, kernels.Softplus
		if l == len(sizes)-1 {
			up = kernels.Sigmoid
		}
		if l == 1 {
			down = kernels.Sigmoid
		}
		c.Encoders = append(c.Encoders, up)
		c.Decoders = append(c.Decoders, down)
	}
	return c
}

// maxUnits and maxParameters keep a mistyped layer size from asking for all of
// memory. Training takes 16 bytes for each parameter, a checkpoint as much again.
const (
	maxUnits      = 1 << 20
	maxParameters = 1 << 28
)

// maxLatents is how many layers have streams of random numbers of their own.
const maxLatents = random.Layers

// Validate says what is wrong with the configuration, if anything is.
func (c Config) Validate() error {
	if len(c.Sizes) < 2 {
		return fmt.Errorf("model: %d layers: want the visible and at least one latent layer", len(c.Sizes))
	}
	if latents := len(c.Sizes) - 1; latents > maxLatents {
		return fmt.Errorf("model: %d latent layers: want at most %d", latents, maxLatents)
	}
	for l, n := range c.Sizes {
		if n < 1 || n > maxUnits {
			return fmt.Errorf("model: layer %d has %d units: want 1 to %d", l, n, maxUnits)
		}
	}
	total := int64(0)
	for l := 1; l < len(c.Sizes); l++ {
		if total += 2 * int64(c.Sizes[l-1]) * int64(c.Sizes[l]); total > maxParameters {
			return fmt.Errorf("model: a network of %d or more weights: want at most %d", total, maxParameters)
		}
	}
	maps := len(c.Sizes) - 1
	if len(c.Encoders) != maps || len(c.Decoders) != maps {
		return fmt.Errorf("model: %d encoder and %d decoder activations for %d pairs of maps", len(c.Encoders), len(c.Decoders), maps)
	}
	for i, act := range slices.Concat(c.Encoders, c.Decoders) {
		if _, err := kernels.ParseActivation(act.String()); err != nil {
			return fmt.Errorf("model: %s %d has the unknown activation %v", [...]string{"encoder", "decoder"}[i/maps], i%maps+1, act)
		}
	}
	return nil
}

// Latents is M, the number of latent layers.
func (c Config) Latents() int { return len(c.Sizes) - 1 }
