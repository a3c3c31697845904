package pack

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Panel fills a panel of k rows from a matrix that is stored transposed: its first width
// columns are rows of src, the others zeros. It may write to all of buffer, which holds
// some lines more than a panel has columns.
func Panel[T view.Float](i isa.ISA, width, k int, src view.Block[T], dst, buffer []T) {
	const leastRows = 32 // with fewer, to copy the rows first costs more than it saves
	panel := view.Panel[T]()
	switch {
	case width == panel:
		Transpose(i, 0, width, k, src.Data, src.Stride, dst, panel)
	case k >= leastRows && (i == isa.AVX512 || i == isa.AVX2):
		narrowPanel(i, width, k, src, dst, buffer)
	default:
		clear(dst[:k*panel])
		Turn(width, k, src.Data, src.Stride, dst, panel)
	}
}

// narrowPanel copies the rows to buffer, and zeros for those that are missing to as many as
// the kernels read, and transposes these.
func narrowPanel[T view.Float](i isa.ISA, width, k int, src view.Block[T], dst, buffer []T) {
	panel := view.Panel[T]()
	most := len(buffer) / panel
	for p := 0; p < k; p += most {
		cols := min(most, k-p)
		for r := range panel {
			row := buffer[r*most:][:cols]
			if r < width {
				copy(row, src.Data[r*src.Stride+p:])
			} else {
				clear(row)
			}
		}
		Transpose(i, 0, panel, cols, buffer, most, dst[p*panel:], panel)
	}
}
