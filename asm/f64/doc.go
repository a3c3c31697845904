// Package f64 holds the generated assembly kernels for float64. It has no stable
// interface: use package kernels, which checks arguments and chooses the instruction
// set.
package f64

import "github.com/targetprop/targetprop/asm"

// Tile is the argument of the micro-kernels.
type Tile = asm.Tile
