package kernels

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/simd/noise"
	"github.com/targetprop/targetprop/internal/view"
)

// Noise names a sequence of random numbers. A number depends on the noise, the
// row and the column of the element it is for, and on nothing else: it is made
// by the counter-based generator Philox4x32-10 from the counter (column, row,
// Step, Stream) and the key Seed.
type Noise struct {
	Seed   uint64
	Stream uint16 // one for each use within a step
	Step   uint32
}

// AddGaussian writes dst = src + std*z with independent standard normal z (Box
// and Muller's method on 31-bit uniform numbers; it reaches 6.55 standard
// deviations). Row i draws the numbers of row firstRow+i of n. dst may be src.
func (e *Engine) AddGaussian(dst, src Matrix, std float32, n Noise, firstRow int) {
	src.checkData("the source of AddGaussian")
	dst.check("the result of AddGaussian", src.Rows, src.Cols)
	if e.pool == nil || src.Rows*src.Cols < parallelLength {
		addGaussian(e.isa, dst, src, std, n, firstRow, 0, src.Rows)
		return
	}
	e.Split(src.Rows, func(lo, hi int) { addGaussian(e.isa, dst, src, std, n, firstRow, lo, hi) })
}

func addGaussian(i ISA, dst, src Matrix, std float32, n Noise, firstRow, lo, hi int) {
	noise.AddGaussian(isa.ISA(i), view.Matrix[float32](dst), view.Matrix[float32](src), std, noise.Noise(n), firstRow, lo, hi)
}

// BernoulliMean writes the mean of draws independent Bernoulli numbers, each 1
// with the probability that p gives for its element: spike counts over a window.
// Row i draws the numbers of row firstRow+i of n.
func (e *Engine) BernoulliMean(dst, p Matrix, draws int, n Noise, firstRow int) {
	p.checkData("the probabilities of BernoulliMean")
	dst.check("the result of BernoulliMean", p.Rows, p.Cols)
	if draws < 1 || draws > noise.MaxDraws {
		panic(fmt.Sprintf("kernels: mean of %d draws: want 1 to %d", draws, noise.MaxDraws))
	}
	if e.pool == nil || p.Rows*p.Cols < parallelLength {
		bernoulliMean(e.isa, dst, p, draws, n, firstRow, 0, p.Rows)
		return
	}
	e.Split(p.Rows, func(lo, hi int) { bernoulliMean(e.isa, dst, p, draws, n, firstRow, lo, hi) })
}

func bernoulliMean(i ISA, dst, p Matrix, draws int, n Noise, firstRow, lo, hi int) {
	noise.BernoulliMean(isa.ISA(i), view.Matrix[float32](dst), view.Matrix[float32](p), draws, noise.Noise(n), firstRow, lo, hi)
}
