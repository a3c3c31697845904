package linalg

import (
	"math"

	"github.com/targetprop/targetprop/kernels"
)

// Orthonormal fills the weights below row 0, the bias, with a random
// semi-orthonormal matrix: all its singular values are 1. It draws Gaussian
// vectors along the longer side and orthonormalises them. So the matrix is
// uniformly distributed.
//
// The Gram-Schmidt process takes a panel of vectors at a time. First it removes
// what lies along the vectors of earlier panels, with two products; then it
// works within the panel. Done twice, it is orthonormal to rounding (Giraud et
// al. 2005).
func Orthonormal(e *kernels.Engine, w kernels.Packed, noise kernels.Noise) {
	inputs, outputs := w.Rows-1, w.Cols
	vectors := kernels.NewMatrix(min(inputs, outputs), max(inputs, outputs))
	e.AddGaussian(vectors, vectors, 1, noise, 0)
	var r room
	for lo := 0; lo < vectors.Rows; lo += kernels.Panel {
		hi := min(lo+kernels.Panel, vectors.Rows)
		r.fit(hi-lo, vectors)
		for range 2 {
			if lo > 0 {
				r.project(e, vectors.Slice(lo, hi), vectors.Slice(0, lo))
			}
			for i := lo; i < hi; i++ {
				v := vectors.Row(i)
				for j := lo; j < i; j++ {
					subtract(v, vectors.Row(j), Dot(v, vectors.Row(j)))
				}
				normalise(v)
			}
		}
	}
	if inputs <= outputs {
		w.Pack(1, vectors)
	} else {
		w.PackTransposed(1, vectors)
	}
}

// room is what project needs for a panel of vectors. Made anew for each it would be a multiple of the weights, which stays
// until the collector comes.
type room struct {
	columns kernels.Packed // the panel, transposed, behind a bias of 0
	along   kernels.Matrix
	packed  []float32      // along, packed
	part    kernels.Packed // behind the column sums
}

// fit makes it for so many vectors at a time, of all these, unless it is there.
func (r *room) fit(count int, all kernels.Matrix) {
	if r.along.Cols != count {
		r.columns, r.part = kernels.NewPacked(all.Cols+1, count), kernels.NewPacked(all.Cols+1, count)
		r.along, r.packed = kernels.NewMatrix(all.Rows, count), kernels.NewPacked(all.Rows, count).Data
	}
}

// project removes from the rows of v what lies along the rows of done, which
// are orthonormal: v -= (v done^T) done.
func (r *room) project(e *kernels.Engine, v, done kernels.Matrix) {
	r.columns.PackTransposed(1, v)
	along := r.along.Slice(0, done.Rows)
	e.Affine(along, kernels.Identity, done, r.columns)
	packed := kernels.Packed{Rows: done.Rows, Cols: v.Rows, Data: r.packed[:done.Rows*kernels.Panel]}
	packed.Pack(0, along)
	e.Gradient(r.part, done, packed)
	for i := range v.Rows {
		row := v.Row(i)
		for j := range row {
			row[j] -= r.part.Data[r.part.Index(1+j, i)]
		}
	}
}

// The conversions below keep compilers from fusing the products, so that all
// architectures agree.

func subtract(v, u []float32, along float64) {
	for i, x := range u {
		v[i] -= float32(along * float64(x))
	}
}

func normalise(v []float32) {
	scale := 1 / math.Sqrt(Dot(v, v))
	for i, x := range v {
		v[i] = float32(scale * float64(x))
	}
}
