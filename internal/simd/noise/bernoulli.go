package noise

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// MaxDraws is the most draws of [BernoulliMean]: four for each value of the upper half
// of the counter's last word.
const MaxDraws = 4 << 16

// BernoulliMean writes the mean of draws (1 to [MaxDraws]) independent Bernoulli
// numbers, each 1 with the probability that p gives for its element, for rows lo to
// hi-1. Row i draws the numbers of row firstRow+i of n.
func BernoulliMean(i isa.ISA, dst, p view.Matrix[float32], draws int, n Noise, firstRow, lo, hi int) {
	keys := n.roundKeys()
	if p.Cols == 0 {
		return
	}
	for row := lo; row < hi; row++ {
		sum := dst.Row(row)
		clear(sum)
		for first := 0; first < draws; first += 4 {
			at := place{row: uint32(firstRow + row), step: n.Step, stream: uint32(n.Stream) | uint32(first/4)<<16}
			var use [4]float32 // which of the four words of a counter are draws
			for w := range min(4, draws-first) {
				use[w] = 1
			}
			divisor := float32(1)
			if first+4 >= draws {
				divisor = float32(draws)
			}
			addDraws(i, sum, p.Row(row), use, divisor, at, &keys)
		}
	}
}

// addDraws adds the draws of one counter for each element of a row, all in one call.
func addDraws(i isa.ISA, dst, p []float32, use [4]float32, divisor float32, at place, keys *roundKeys) {
	if !bernoulli(i, len(p), &dst[0], &p[0], use[0], use[1], use[2], use[3], divisor, at.row, at.step, at.stream, &keys[0]) {
		defineBernoulli(dst, p, use, divisor, at, keys)
	}
}

// defineBernoulli defines dst = (dst + number of draws in use below p)/divisor.
func defineBernoulli(dst, p []float32, use [4]float32, divisor float32, at place, keys *roundKeys) {
	for j, p := range p {
		sum := dst[j]
		for w, word := range at.words(uint32(j), keys) {
			if p > Uniform(word) {
				sum += use[w]
			}
		}
		dst[j] = sum / divisor
	}
}
