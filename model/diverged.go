package model

import (
	"github.com/targetprop/targetprop/model/internal/health"
)

// ErrDiverged is returned when training went wrong: a loss, or a number to save, is not
// finite or far too large, or a layer is the same for all examples.
var ErrDiverged = health.ErrDiverged

// DivergedError is an [ErrDiverged] that says which map or layer went wrong.
type DivergedError = health.DivergedError

// Health fails with a [DivergedError] if the losses of the epoch so far are far larger
// than the data's values could make them, or if a layer had the same values for all
// examples of the last minibatch. A network may recover from neither. In a group it looks
// at the examples that this process inferred.
func (t *Trainer) Health() error {
	if t.examples == nil {
		return nil // no step yet
	}
	for i, loss := range t.Losses() {
		if err := t.judge(health.Epoch, i, loss); err != nil {
			return err
		}
	}
	return health.Layers(t.states.H)
}
