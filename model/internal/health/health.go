// Package health finds out that training goes wrong, also while all numbers are finite.
package health

import (
	"errors"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// ErrDiverged is returned when training went wrong.
var ErrDiverged = errors.New("model: training diverged; try a lower learning rate")

// DivergedError is an [ErrDiverged] that says where.
type DivergedError struct {
	Map  string  // f1, g1, ...; or the layer h1, ... if it is dead
	Loss float64 // mean squared error a unit; NaN or infinite if it is not finite any more
	Dead bool    // the layer is the same for all examples
}

func (e *DivergedError) Error() string { return "model: training diverged: " + e.Detail() }

// Detail says what is wrong, without advice.
func (e *DivergedError) Detail() string {
	switch {
	case e.Dead:
		return fmt.Sprintf("the units of layer %s are the same for all images", e.Map)
	case e.Loss-e.Loss != 0:
		return fmt.Sprintf("the loss of %s is not a finite number any more", e.Map)
	}
	return fmt.Sprintf("the loss of %s has grown to %.3g a unit", e.Map, e.Loss)
}

// Is tells that this is an ErrDiverged.
func (e *DivergedError) Is(target error) bool { return target == ErrDiverged }

// The largest mean squared errors of a unit, where values are of size 1, beyond which
// training is taken for diverged: on a minibatch, which may be an odd one, and on an
// epoch. Networks that learn stay below 1, the first minibatch of one that knows nothing
// included.
const (
	mostOnMinibatch = 100
	mostOnEpoch     = 10
)

// Name is the name of a map in the order f1, g1, f2, g2, ...
func Name(i int) string { return fmt.Sprintf("%c%d", "fg"[i%2], i/2+1) }

// Rule judges the mean loss of a map with so many outputs. data are those of the last
// minibatch, the examples of the given numbers.
type Rule func(name func(i int) string, i int, loss float64, outputs int, data kernels.Matrix, numbers []int) error

// Minibatch judges the mean loss of map i on a minibatch.
func Minibatch(name func(i int) string, i int, loss float64, outputs int, data kernels.Matrix, numbers []int) error {
	return judge(name, i, loss/float64(outputs), mostOnMinibatch, data, numbers)
}

// Epoch judges its mean loss on an epoch.
func Epoch(name func(i int) string, i int, loss float64, outputs int, data kernels.Matrix, numbers []int) error {
	return judge(name, i, loss/float64(outputs), mostOnEpoch, data, numbers)
}

func judge(name func(i int) string, i int, loss, most float64, data kernels.Matrix, numbers []int) error {
	if loss <= most {
		return nil
	}
	// The data are looked at only now: they may be large themselves, or at fault.
	if err := Finite(data, numbers); err != nil {
		return err
	}
	if loss <= most*Scale(data) {
		return nil
	}
	return &DivergedError{Map: name(i), Loss: loss} // NaN too
}

// Scale is the mean square of data, or 1 if that is less, by which losses may be larger
// than those of values from 0 to 1.
func Scale(data kernels.Matrix) float64 {
	sum := 0.0
	for i := range data.Rows {
		for _, x := range data.Row(i) {
			sum += float64(x) * float64(x)
		}
	}
	return max(1, sum/float64(max(1, data.Rows*data.Cols)))
}

// Finite fails if a value of the data is not finite: no rate helps then. numbers are those
// of the examples in the rows.
func Finite(data kernels.Matrix, numbers []int) error {
	for i := range data.Rows {
		for j, x := range data.Row(i) {
			if x-x != 0 {
				return fmt.Errorf("model: example %d of the data: value %d is %v, want a finite number", numbers[i], j, x)
			}
		}
	}
	return nil
}

// Constant tells whether every column has the same value in all rows, as far as noise
// leaves anything to be seen. Of fewer than two rows it knows nothing.
func Constant(m kernels.Matrix) bool {
	const spread = 1e-4
	if m.Rows < 2 {
		return false
	}
	for j := range m.Cols {
		lo, hi := math.Inf(1), math.Inf(-1)
		for i := range m.Rows {
			x := float64(m.Row(i)[j])
			lo, hi = min(lo, x), max(hi, x)
		}
		if !(hi-lo <= spread*max(1, math.Abs(hi), math.Abs(lo))) {
			return false
		}
	}
	return true
}

// Layers fails if a layer above the data is dead: it is the same for examples that
// differ. layers are states from the data up.
func Layers(layers []kernels.Matrix) error {
	if Constant(layers[0]) {
		return nil
	}
	for l := 1; l < len(layers); l++ {
		if Constant(layers[l]) {
			return &DivergedError{Map: fmt.Sprintf("h%d", l), Dead: true}
		}
	}
	return nil
}
