//go:build !purego

package tile

import (
	"github.com/targetprop/targetprop/asm"
	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/internal/simd/isa"
)

// run32 runs the micro-kernel.
func run32(_ isa.ISA, t *asm.Tile) { f32.Tile6x16NEON(t) }
