package measure

import (
	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/linalg"
)

// products multiply examples by points, in parts of their numbers: each part is the weights of an affine map, the results of
// which are added.
type products []kernels.Packed

// A product is a chain of float32, of which each addition is off by 2^-24 of the sum so far at most: up about as often as
// down, but many times the same way where all terms are alike, as of images of one grey each. So many numbers are
// multiplied in parts, which are added in float64. Fewer are one chain, as they always were: their figures stay the same.
const (
	numbersInOne  = 4096
	numbersInPart = 1024
	chainError    = numbersInOne * 0x1p-24 // by what products are off at most, of the sum of their terms' sizes
)

// newProducts takes the points from the rows of m. All biases are 0.
func newProducts(m kernels.Matrix) products {
	some := m.Cols
	if some > numbersInOne {
		some = numbersInPart
	}
	var p products
	for lo := 0; ; lo += some {
		part := m.Columns(lo, min(lo+some, m.Cols))
		weights := kernels.NewPacked(1+part.Cols, part.Rows)
		weights.PackTransposed(1, part)
		if p = append(p, weights); lo+some >= m.Cols {
			return p
		}
	}
}

// lessLengths makes the bias of each part minus half of the squared length of a point in it, and returns the squared lengths.
// So each part is as that of a smaller image, and sums pass through 0, near which they are off by less.
func (p products) lessLengths(m kernels.Matrix) []float64 {
	lengths, bias, lo := make([]float64, m.Rows), kernels.NewMatrix(1, m.Rows), 0
	for _, weights := range p {
		part := m.Columns(lo, lo+weights.Rows-1)
		for i := range part.Rows {
			length := linalg.Dot(part.Row(i), part.Row(i))
			bias.Row(0)[i] = float32(-0.5 * length)
			lengths[i] += length
		}
		weights.Pack(0, bias)
		lo += part.Cols
	}
	return lengths
}

// room is for the products of some examples, and for their sums if there are several parts.
func (p products) room(examples int) (results kernels.Matrix, sums kernels.Matrix64) {
	if len(p) > 1 {
		sums = kernels.NewMatrix64(examples, p[0].Cols)
	}
	return kernels.NewMatrix(examples, p[0].Cols), sums
}

// of sets dst to the products of the rows of x with all points.
func (p products) of(e *kernels.Engine, dst kernels.Matrix, sums kernels.Matrix64, x kernels.Matrix) {
	lo := 0
	for k, weights := range p {
		hi := lo + weights.Rows - 1
		e.Affine(dst, kernels.Identity, x.Columns(lo, hi), weights)
		if len(p) > 1 {
			e.Each(dst.Rows, func(i int) { add(sums.Row(i), dst.Row(i), k == 0, k == len(p)-1) })
		}
		lo = hi
	}
}

// add adds the results of a part to sums. The first part begins them, and after the last they are the results.
func add(sums []float64, results []float32, first, last bool) {
	switch {
	case first:
		for j, z := range results {
			sums[j] = float64(z)
		}
	case last:
		for j, z := range results {
			results[j] = float32(sums[j] + float64(z))
		}
	default:
		for j, z := range results {
			sums[j] += float64(z)
		}
	}
}

// bytesOfProducts is how many bytes the products with so many points take.
func bytesOfProducts(points, numbers int) float64 {
	return memory.Rows(float64(view.RoundUp(points, kernels.Panel)), numbers)
}

// bytesOfRoom is how many bytes the room for some examples takes.
func bytesOfRoom(examples, points, numbers int) float64 {
	bytes := memory.Rows(float64(examples), points)
	if numbers > numbersInOne {
		bytes *= 3 // a float64 takes as much as two float32
	}
	return bytes
}
