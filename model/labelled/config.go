package labelled

import (
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Config is the structure of a network.
type Config struct {
	model.Config
	// Classes is the number of values of y, 2 to 256.
	Classes int
}

// DefaultConfig is a network on the given sizes, from the visible layer up. Its
// hidden units are tanh, which INFERENCE cannot drive off to large values, its
// pixels sigmoid.
func DefaultConfig(classes int, sizes ...int) Config {
	c := Config{Config: model.DefaultConfig(sizes...), Classes: classes}
	for l := range c.Encoders {
		c.Encoders[l] = kernels.Tanh
		if l > 0 {
			c.Decoders[l] = kernels.Tanh
		}
	}
	return c
}

// maxClasses is how many values a label of one byte has.
const maxClasses = 256

// Validate says what is wrong with the configuration, if anything is.
func (c Config) Validate() error {
	if c.Classes < 2 || c.Classes > maxClasses {
		return fmt.Errorf("labelled: %d classes: want 2 to %d", c.Classes, maxClasses)
	}
	return c.Config.Validate()
}

// layers are the sizes of all layers, with the labels behind the top.
func (c Config) layers() []int { return append(slices.Clone(c.Sizes), c.Classes) }

// top is the number of units of h[M].
func (c Config) top() int { return c.Sizes[c.Latents()] }
