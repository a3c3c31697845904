//go:build !purego

package tile

import (
	"github.com/targetprop/targetprop/asm"
	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/asm/f64"
	"github.com/targetprop/targetprop/internal/simd/isa"
)

// run32 runs the micro-kernel for float32.
func run32(_ isa.ISA, t *asm.Tile) { f32.Tile6x16NEON(t) }

// run64 runs the micro-kernel for float64.
func run64(_ isa.ISA, t *asm.Tile) { f64.Tile6x8NEON(t) }
