package model

import "github.com/targetprop/targetprop/model/internal/health"

// ErrDiverged is returned when training went wrong: a loss, or a number to save, is not
// finite or far too large, or a layer is the same for all examples.
var ErrDiverged = health.ErrDiverged

// DivergedError is an [ErrDiverged] that says which map or layer went wrong.
type DivergedError = health.DivergedError
