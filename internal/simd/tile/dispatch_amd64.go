//go:build !purego

package tile

import (
	"github.com/targetprop/targetprop/asm"
	"github.com/targetprop/targetprop/asm/f32"
	"github.com/targetprop/targetprop/asm/f64"
	"github.com/targetprop/targetprop/internal/simd/isa"
)

// The elements of a type in a cache line.
const (
	panel32 = 16
	panel64 = 8
)

// run32 picks the micro-kernel for float32.
func run32(i isa.ISA, t *asm.Tile) {
	switch i {
	case isa.AVX512:
		switch {
		case t.N <= panel32/2:
			f32.Tile16x8AVX512(t)
		case t.N <= panel32:
			f32.Tile16x16AVX512(t)
		case t.N < 2*panel32:
			f32.TileMasked14x32AVX512(t)
		case t.N == 2*panel32 && t.RS == 4:
			f32.TileColumns14x32AVX512(t)
		case t.N == 2*panel32:
			f32.Tile14x32AVX512(t)
		case t.N < 4*panel32:
			f32.Tile9x40AVX512(t)
		case t.M > 1:
			f32.Tile6x64AVX512(t)
		default:
			f32.Tile1x64AVX512(t)
		}
	case isa.AVX2:
		switch {
		case t.N <= panel32/2:
			f32.Tile13x8AVX2(t)
		case t.N >= 4*panel32:
			f32.Tile1x64AVX2(t)
		case t.RS == 4 || t.KS != 4: // a single row has any KS
			f32.TileColumns6x16AVX2(t)
		default:
			f32.Tile6x16AVX2(t)
		}
	}
}

// run64 picks the micro-kernel for float64.
func run64(i isa.ISA, t *asm.Tile) {
	switch i {
	case isa.AVX512:
		switch {
		case t.N <= panel64/2:
			f64.Tile16x4AVX512(t)
		case t.N <= panel64:
			f64.Tile16x8AVX512(t)
		case t.N < 2*panel64:
			f64.TileMasked14x16AVX512(t)
		case t.N == 2*panel64 && t.RS == 8:
			f64.TileColumns14x16AVX512(t)
		case t.N == 2*panel64:
			f64.Tile14x16AVX512(t)
		case t.N < 4*panel64:
			f64.Tile9x20AVX512(t)
		case t.M > 1:
			f64.Tile6x32AVX512(t)
		default:
			f64.Tile1x32AVX512(t)
		}
	case isa.AVX2:
		switch {
		case t.N <= panel64/2:
			f64.Tile13x4AVX2(t)
		case t.N >= 4*panel64:
			f64.Tile1x32AVX2(t)
		case t.RS == 8 || t.KS != 8: // a single row has any KS
			f64.TileColumns6x8AVX2(t)
		default:
			f64.Tile6x8AVX2(t)
		}
	}
}
