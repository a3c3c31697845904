package peers

import (
	"gonum.org/v1/gonum/blas"
)

// Routines is a real BLAS of both types of elements under gonum's interfaces.
type Routines interface {
	blas.Float64
	blas.Float32
}

// BLAS is a peer's routines with one family of its kernels.
type BLAS struct {
	Kernel string // the family; "" if it has but one
	Routines

	// Repeated, if set, is routines that do their work that many times in one call, for
	// peers where calling costs something.
	Repeated func(times int) Routines
}
