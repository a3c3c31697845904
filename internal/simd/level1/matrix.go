package level1

import "github.com/targetprop/targetprop/internal/view"

// Matrix is what [Rotate] multiplies pairs by.
type Matrix[T view.Float] struct{ XX, XY, YX, YY T }
