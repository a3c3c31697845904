package kernels

import "fmt"

// maxDraws is the most draws of BernoulliMean: four for each value of the upper
// half of the counter's last word.
const maxDraws = 4 << 16

// BernoulliMean writes the mean of draws independent Bernoulli numbers, each 1
// with the probability that p gives for its element: spike counts over a window.
// Row i draws the numbers of row firstRow+i of n.
func (e *Engine) BernoulliMean(dst, p Matrix, draws int, n Noise, firstRow int) {
	p.checkData("the probabilities of BernoulliMean")
	dst.check("the result of BernoulliMean", p.Rows, p.Cols)
	if draws < 1 || draws > maxDraws {
		panic(fmt.Sprintf("kernels: mean of %d draws: want 1 to %d", draws, maxDraws))
	}
	if e.pool == nil || p.Rows*p.Cols < parallelLength {
		bernoulliRows(e.isa, dst, p, draws, n, firstRow, 0, p.Rows)
		return
	}
	e.Split(p.Rows, func(lo, hi int) { bernoulliRows(e.isa, dst, p, draws, n, firstRow, lo, hi) })
}

func bernoulliRows(isa ISA, dst, p Matrix, draws int, n Noise, firstRow, lo, hi int) {
	keys := n.roundKeys()
	if p.Cols == 0 {
		return
	}
	for i := lo; i < hi; i++ {
		sum := dst.Row(i)
		clear(sum)
		for first := 0; first < draws; first += 4 {
			at := drawAt{row: uint32(firstRow + i), step: n.Step, stream: uint32(n.Stream) | uint32(first/4)<<16}
			var use [4]float32 // which of the four words of a counter are draws
			for w := range min(4, draws-first) {
				use[w] = 1
			}
			divisor := float32(1)
			if first+4 >= draws {
				divisor = float32(draws)
			}
			bernoulli(isa, sum, p.Row(i), use, divisor, at, &keys)
		}
	}
}

// bernoulliGeneric defines dst = (dst + number of draws in use below p)/divisor.
func bernoulliGeneric(dst, p []float32, use [4]float32, divisor float32, at drawAt, keys *roundKeys) {
	key := [2]uint32{keys[0], keys[1]}
	for j, p := range p {
		sum := dst[j]
		for w, word := range philox4x32([4]uint32{uint32(j), at.row, at.step, at.stream}, key) {
			if p > uniform32(word) {
				sum += use[w]
			}
		}
		dst[j] = sum / divisor
	}
}
