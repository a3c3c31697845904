// Package encode finds the states of examples in the layers of a model, and what the
// model makes of the examples.
package encode

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
)

// Encoder makes arrays of examples, a row for each.
type Encoder struct {
	Arrays []Array
	// Top is the name of the layer that says most.
	Top string

	// encode makes a minibatch of all arrays of that of the first, the examples.
	encode func(e *kernels.Engine, arrays []kernels.Matrix)
}

// Array is one of the arrays.
type Array struct {
	Name    string
	Columns int
	image   bool // a row is one, or another example
}

// Names of the arrays that are no hidden layers.
const (
	inputs          = "x"
	reconstructions = "reconstructions"
	probabilities   = "probabilities"
	rewards         = "rewards"
)

// newEncoder has x and the hidden layers of a network of these sizes, from x up.
func newEncoder(sizes []int) Encoder {
	c := Encoder{Arrays: []Array{{inputs, sizes[0], true}}}
	for l, size := range sizes[1:] {
		c.Top = fmt.Sprintf("h%d", l+1)
		c.Arrays = append(c.Arrays, Array{c.Top, size, false})
	}
	return c
}

// Names are those of the arrays.
func (c Encoder) Names() []string {
	var names []string
	for _, a := range c.Arrays {
		names = append(names, a.Name)
	}
	return names
}

// Columns are the numbers of an example in all arrays.
func (c Encoder) Columns() int {
	total := 0
	for _, a := range c.Arrays {
		total += a.Columns
	}
	return total
}

// chunk is how many examples are encoded at a time: an interruption waits for them.
const chunk = 500

// Encode makes the arrays of the examples. It calls progress with the number of examples
// done, and fails if some number is not finite.
func (c Encoder) Encode(ctx context.Context, e *kernels.Engine, examples dataset.Images, shape data.Shape, progress func(done int)) ([]picture.Array, error) {
	held := 0.0
	for _, a := range c.Arrays {
		held += memory.Rows(float64(examples.Len()), a.Columns)
	}
	if err := memory.Check(fmt.Sprintf("to hold the arrays of %d examples", examples.Len()), held); err != nil {
		return nil, err
	}
	var arrays []picture.Array
	for _, a := range c.Arrays {
		made := picture.Array{Name: a.Name, Rows: kernels.NewMatrix(examples.Len(), a.Columns), Shape: []int{a.Columns}}
		if a.image {
			made.Shape = shape.Sizes()
		}
		arrays = append(arrays, made)
	}
	for first := 0; first < examples.Len(); first += chunk {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		end := min(first+chunk, examples.Len())
		var some []kernels.Matrix
		for _, a := range arrays {
			some = append(some, a.Rows.Slice(first, end))
		}
		for i := range end - first {
			examples.Read(first+i, some[0].Row(i))
		}
		c.encode(e, some)
		for i, m := range some {
			if !data.Finite(m) {
				return nil, fmt.Errorf("its %s are not all finite numbers: the model has diverged", arrays[i].Name)
			}
		}
		progress(end)
	}
	return arrays, nil
}
