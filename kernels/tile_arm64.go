//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

// assembled tells whether there is assembly for the instruction set.
func (i ISA) assembled() bool { return i == NEON }

func tiles(_ ISA, t *asm.Tile) { asm.Tile6x16NEON(t) }
