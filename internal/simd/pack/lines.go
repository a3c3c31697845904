package pack

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Lines copies the first 4 cache lines of each row of src to four panels: the first element
// of line q of row i goes to dst[q*next+i*step]. Rows of src are stride elements apart.
// There is at least one row.
func Lines[T view.Float](i isa.ISA, rows int, src []T, stride int, dst []T, next, step int) {
	const some = isa.CallElements / (isa.PackPanels * view.Line / 4)
	for ; rows > some; rows -= some {
		lines(i, some, src, stride, dst, next, step)
		src, dst = src[some*stride:], dst[some*step:]
	}
	lines(i, rows, src, stride, dst, next, step)
}
