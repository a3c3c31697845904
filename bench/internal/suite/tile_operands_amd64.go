//go:build !purego

package suite

import "github.com/targetprop/targetprop/bench/internal/suite/operands"

// The operands of microKernel.
var (
	floats  = operands.Floats
	aligned = operands.Aligned
	unit    = operands.Unit
)
