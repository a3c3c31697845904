package noise

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Block is the number of elements for which one vector of counters suffices: 16
// counters of four words.
const Block = 64

// AddGaussian writes dst = src + std*z with independent standard normal z for rows lo
// to hi-1. Row i draws the numbers of row firstRow+i of n. dst may be src.
func AddGaussian(i isa.ISA, dst, src view.Matrix[float32], std float32, n Noise, firstRow, lo, hi int) {
	keys := n.roundKeys()
	for row := lo; row < hi; row++ {
		at := place{row: uint32(firstRow + row), step: n.Step, stream: uint32(n.Stream)}
		addGaussian(i, dst.Row(row), src.Row(row), std, at, &keys)
	}
}

// addGaussian is for one row: whole blocks, as many as a call may last, and the rest of
// the row in a block of its own.
func addGaussian(i isa.ISA, dst, src []float32, std float32, at place, keys *roundKeys) {
	blocks := len(src) / Block
	for first := 0; first < blocks; first += isa.CallElements / Block {
		some := min(isa.CallElements/Block, blocks-first)
		addBlocks(i, some, dst[first*Block:], src[first*Block:], std, at, uint32(first), keys)
	}
	if done := blocks * Block; done < len(src) {
		var buffer [Block]float32
		copy(buffer[:], src[done:])
		addBlocks(i, 1, buffer[:], buffer[:], std, at, uint32(blocks), keys)
		copy(dst[done:], buffer[:])
	}
}

// addBlocks is for whole blocks, the first of which is number first of its row.
func addBlocks(i isa.ISA, blocks int, dst, src []float32, std float32, at place, first uint32, keys *roundKeys) {
	if !gaussian(i, blocks, &dst[0], &src[0], std, first, at.row, at.step, at.stream, &keys[0]) {
		defineGaussian(blocks, dst, src, std, at, first, keys)
	}
}

// defineGaussian defines the noise of whole blocks.
func defineGaussian(blocks int, dst, src []float32, std float32, at place, first uint32, keys *roundKeys) {
	for b := range blocks {
		for lane := range 16 {
			words := at.words((first+uint32(b))*16+uint32(lane), keys)
			i := b*Block + lane
			z0, z1 := BoxMuller(words[0], words[1])
			z2, z3 := BoxMuller(words[2], words[3])
			for w, z := range [...]float32{z0, z1, z2, z3} {
				dst[i+16*w] = float32(std*z) + src[i+16*w]
			}
		}
	}
}
