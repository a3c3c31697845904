// Package health finds out that training goes wrong, also while all numbers are finite.
package health

import (
	"errors"
	"fmt"
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

// tooLarge is a mean square of examples from which on sums of products may be beyond float32, whatever the network.
const tooLarge = 1e30

// Name is the name of a map in the order f1, g1, f2, g2, ...
func Name(i int) string { return fmt.Sprintf("%c%d", "fg"[i%2], i/2+1) }

// Rule judges the mean loss of a map with so many outputs. values are those of the last
// minibatch.
type Rule func(name func(i int) string, i int, loss float64, outputs int, values Values) error

// Minibatch judges the mean loss of map i on a minibatch.
func Minibatch(name func(i int) string, i int, loss float64, outputs int, values Values) error {
	return judge(name, i, loss/float64(outputs), mostOnMinibatch, values)
}

// Epoch judges its mean loss on an epoch.
func Epoch(name func(i int) string, i int, loss float64, outputs int, values Values) error {
	return judge(name, i, loss/float64(outputs), mostOnEpoch, values)
}

func judge(name func(i int) string, i int, loss, most float64, values Values) error {
	if loss <= most {
		return nil
	}
	// The data are looked at only now: they may be large themselves, or at fault.
	rows, err := values()
	if err != nil {
		return err
	}
	if err := finite(rows); err != nil {
		return err
	}
	switch square := scale(rows); {
	case loss <= most*square:
		return nil
	case loss-loss != 0 && square > tooLarge:
		return fmt.Errorf("model: the examples of a minibatch have a mean square of %.2g, too large to be computed with in float32: scale them, all by one number", square)
	}
	return &DivergedError{Map: name(i), Loss: loss} // NaN too
}
