package noise

import (
	"sync"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// MaxDraws is the most draws of [BernoulliMean]: four for each value of the upper half
// of the counter's last word.
const MaxDraws = 4 << 16

// piece is the elements that a call of assembly draws for: 20 microseconds or so.
const piece = 1 << 12

// copies are of probabilities that the draws are written over.
var copies = sync.Pool{New: func() any { return new([piece]float32) }}

// BernoulliMean writes the mean of draws (1 to [MaxDraws]) independent Bernoulli
// numbers, each 1 with the probability that p gives for its element, for rows lo to
// hi-1; NaN where p is not finite. Row i draws the numbers of row firstRow+i of n. dst may be p.
func BernoulliMean(i isa.ISA, dst, p view.Matrix[float32], draws int, n Noise, firstRow, lo, hi int) {
	keys := n.roundKeys()
	if p.Cols == 0 || lo >= hi {
		return
	}
	same := &dst.Data[0] == &p.Data[0]
	for row := lo; row < hi; row++ {
		sums, probabilities := dst.Row(row), p.Row(row)
		for first := 0; first < len(sums); first += piece {
			some := min(piece, len(sums)-first)
			at := place{row: uint32(firstRow + row), step: n.Step, stream: uint32(n.Stream)}
			meanOfDraws(i, sums[first:][:some], probabilities[first:][:some], same, draws, at, uint32(first), &keys)
		}
	}
}

// meanOfDraws is for one piece of a row, from column first on.
func meanOfDraws(i isa.ISA, sum, p []float32, same bool, draws int, at place, first uint32, keys *roundKeys) {
	if same {
		kept := copies.Get().(*[piece]float32)
		defer copies.Put(kept)
		p = kept[:copy(kept[:], p)]
	}
	clear(sum)
	stream := at.stream
	for draw := 0; draw < draws; draw += 4 {
		at.stream = stream | uint32(draw/4)<<16
		var use [4]float32 // which of the four words of a counter are draws
		for w := range min(4, draws-draw) {
			use[w] = 1
		}
		divisor := float32(1)
		if draw+4 >= draws {
			divisor = float32(draws)
		}
		addDraws(i, sum, p, use, divisor, at, first, keys)
	}
}

// addDraws adds the draws of one counter for each element, the first of which is in column
// first.
func addDraws(i isa.ISA, dst, p []float32, use [4]float32, divisor float32, at place, first uint32, keys *roundKeys) {
	if !bernoulli(i, len(p), &dst[0], &p[0], use[0], use[1], use[2], use[3], divisor, first, at.row, at.step, at.stream, &keys[0]) {
		defineBernoulli(dst, p, use, divisor, at, first, keys)
	}
}

// defineBernoulli defines dst = (dst + number of draws in use below p + p-p)/divisor.
func defineBernoulli(dst, p []float32, use [4]float32, divisor float32, at place, first uint32, keys *roundKeys) {
	for j, p := range p {
		sum := dst[j]
		for w, word := range at.words(first+uint32(j), keys) {
			if p > Uniform(word) {
				sum += use[w]
			}
		}
		dst[j] = (sum + (p - p)) / divisor // p-p is 0, or NaN
	}
}
