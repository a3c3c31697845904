//go:build !purego

package kernels

import "github.com/targetprop/targetprop/asm/f32"

func tiles(_ ISA, t *f32.Tile) { f32.Tile6x16NEON(t) }
