package pack

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Transpose copies the transpose of some rows of src, from row skip on:
//
//	dst[p*step+i] = src[(skip+i)*stride+p]   for i < rows and p < cols
//
// Other rows may be read too: as many as are whole panels' columns must be there, skip+rows or
// more.
func Transpose[T view.Float](i isa.ISA, skip, rows, cols int, src []T, stride int, dst []T, step int) {
	const some = isa.CallElements / isa.TransposeRows / (view.Line / 4) * (view.Line / 4)
	for ; cols > some; cols -= some {
		transpose(i, skip, rows, some, src, stride, dst, step)
		src, dst = src[some:], dst[some*step:]
	}
	transpose(i, skip, rows, cols, src, stride, dst, step)
}

// TransposeBlocks copies the transposes of n blocks of as many rows and columns as a panel has.
// Each is in one piece; they begin next elements apart in src, and follow each other in dst.
func TransposeBlocks(i isa.ISA, n int, src []float32, next int, dst []float32) {
	const block = (view.Line / 4) * (view.Line / 4)
	for n > 0 {
		some := min(n, isa.CallElements/block)
		transposeBlocks(i, some, src, next, dst)
		if n -= some; n > 0 {
			src, dst = src[some*next:], dst[some*block:]
		}
	}
}
