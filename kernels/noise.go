package kernels

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/noise"
)

// Noise names a sequence of random numbers. A number depends on the noise and on
// the row and the column of its element, and on nothing else. Rows and columns have
// numbers below 2^32. The generator is
// Philox4x32-10 (Salmon et al. 2011). Its key is Seed; its counter is made of the
// column, the row, Step and Stream.
type Noise struct {
	Seed   uint64
	Stream uint16 // one for each use within a step
	Step   uint32
}

// AddGaussian writes dst = src + std*z with independent standard normal z. dst and
// src are of one shape; dst may be src. Row i draws the numbers of row firstRow+i
// of n. The method is Box and Muller's on 31-bit uniform numbers, which reaches
// 6.55 standard deviations.
func (e *Engine) AddGaussian(dst, src Matrix, std float32, n Noise, firstRow int) {
	e.checkNil()
	src.checkData("the source of AddGaussian")
	dst.check("the result of AddGaussian", src.Rows, src.Cols)
	dst.of("the result of AddGaussian").checkApartOrSame(src.of("the source of AddGaussian"))
	if checkNoise(src, firstRow) {
		return
	}
	if !plan.DividesElements(e.Threads(), src.Rows*src.Cols) {
		noise.AddGaussian(e.isa, dst.view(), src.view(), std, noise.Noise(n), firstRow, 0, src.Rows)
		return
	}
	e.Split(src.Rows, func(lo, hi int) {
		noise.AddGaussian(e.isa, dst.view(), src.view(), std, noise.Noise(n), firstRow, lo, hi)
	})
}

// BernoulliMean writes to dst the mean of so many independent draws, each 1 with
// the probability that p gives for its element and else 0: spike counts over a
// window. dst and p are of one shape; dst may be p. Where p is not finite, the mean is
// NaN. draws is 1 to 262,144. Row i draws the numbers of row firstRow+i of n.
func (e *Engine) BernoulliMean(dst, p Matrix, draws int, n Noise, firstRow int) {
	e.checkNil()
	p.checkData("the probabilities of BernoulliMean")
	dst.check("the result of BernoulliMean", p.Rows, p.Cols)
	dst.of("the result of BernoulliMean").checkApartOrSame(p.of("the probabilities of BernoulliMean"))
	if draws < 1 || draws > noise.MaxDraws {
		panic(fmt.Sprintf("kernels: mean of %d draws: want 1 to %d", draws, noise.MaxDraws))
	}
	if checkNoise(p, firstRow) {
		return
	}
	if !plan.DividesElements(e.Threads(), p.Rows*p.Cols) {
		noise.BernoulliMean(e.isa, dst.view(), p.view(), draws, noise.Noise(n), firstRow, 0, p.Rows)
		return
	}
	e.Split(p.Rows, func(lo, hi int) {
		noise.BernoulliMean(e.isa, dst.view(), p.view(), draws, noise.Noise(n), firstRow, lo, hi)
	})
}

// checkNoise panics unless there are numbers for all rows of m, from firstRow on: row and column
// are numbers of 32 bits. It tells whether m is empty.
func checkNoise(m Matrix, firstRow int) (empty bool) {
	const places = 1 << 32
	if m.Rows == 0 || m.Cols == 0 {
		return true
	}
	if firstRow < 0 || uint64(firstRow)+uint64(m.Rows) > places || uint64(m.Cols) > places {
		panic(fmt.Sprintf("kernels: noise for %d x %d elements from row %d on: rows and columns have numbers below %d", m.Rows, m.Cols, firstRow, uint64(places)))
	}
	return false
}
