// Package rows goes over the rows of matrices, one example a row.
package rows

import "github.com/targetprop/targetprop/kernels"

// Of is a matrix over data, whose rows follow each other without gaps.
func Of(n, cols int, data []float32) kernels.Matrix {
	return kernels.Matrix{Rows: n, Cols: cols, Data: data, Stride: cols}
}

// Copy copies src to the rows of dst from first on.
func Copy(dst kernels.Matrix, first int, src kernels.Matrix) {
	for i := range src.Rows {
		copy(dst.Row(first+i), src.Row(i))
	}
}

// A Reader has examples, as model.Data does.
type Reader interface {
	Read(i int, dst []float32)
}

// Fetch makes examples of data ready to be read, if it is a model.Fetcher: it then fails where Read would panic.
func Fetch(data any, examples []int) error {
	if f, ok := data.(interface{ Fetch(examples []int) error }); ok {
		return f.Fetch(examples)
	}
	return nil
}

// FetchRange is Fetch of the examples lo to hi-1.
func FetchRange(data any, lo, hi int) error {
	f, ok := data.(interface{ Fetch(examples []int) error })
	if !ok {
		return nil
	}
	examples := make([]int, hi-lo)
	for i := range examples {
		examples[i] = lo + i
	}
	return f.Fetch(examples)
}

// Read reads the examples from first on to the rows of m. It fails if a value is not finite.
func Read(m kernels.Matrix, data Reader, first int) error {
	for i := range m.Rows {
		data.Read(first+i, m.Row(i))
		if err := CheckExample(first+i, m.Row(i)); err != nil {
			return err
		}
	}
	return nil
}

// Load is [FetchRange], and then [Read].
func Load(m kernels.Matrix, data Reader, first int) error {
	if err := FetchRange(data, first, first+m.Rows); err != nil {
		return err
	}
	return Read(m, data, first)
}
