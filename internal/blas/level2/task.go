package level2

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// kind is what a task does.
type kind uint8

const (
	byRows      kind = iota // Gemv of a matrix as it is
	byColumns               // of a transposed one
	rankOne                 // Ger
	triangleOne             // Syr
	triangleTwo             // Syr2
	symmetric               // Symv
)

// task is work on a matrix, whose parts are elements of the result.
type task[T view.Float] struct {
	kind   kind
	isa    isa.ISA
	upper  bool
	m, n   int
	alpha  T
	a      []T
	stride int
	x, y   []T
}
