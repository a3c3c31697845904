package health

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
)

// NotFiniteError is an [ErrDiverged] of numbers that are not finite, where it is not to be told whether the network has
// diverged or what it was given was too large.
type NotFiniteError struct{ What string }

func (e *NotFiniteError) Error() string {
	return fmt.Sprintf("model: %s: not all numbers are finite, though those that they are computed from are: either training has diverged, and wants a lower learning rate, or the examples have numbers that are too large for what is computed of them in float32, and are to be scaled", e.What)
}

// Is tells that this is an ErrDiverged.
func (e *NotFiniteError) Is(target error) bool { return target == ErrDiverged }

// Squares fails if what an optimiser remembers of the squares of a map's gradients is beyond float32: its steps
// are 0 then, for good.
func Squares(name string, m kernels.Moments) error {
	for _, x := range m.Square {
		if x-x != 0 {
			return &NotFiniteError{"the squares of the gradients of " + name}
		}
	}
	return nil
}
