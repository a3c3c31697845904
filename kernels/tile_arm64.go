//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm"

func tiles(_ ISA, t *asm.Tile) { asm.Tile6x16NEON(t) }
