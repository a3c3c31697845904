package pack

import (
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Block copies rows x cols elements. There is at least one row.
func Block[T view.Float](set isa.ISA, rows, cols int, src, dst view.Block[T]) {
	panel := view.Panel[T]()
	j := 0
	for ; j+isa.PackPanels*panel <= cols; j += isa.PackPanels * panel {
		Lines(set, rows, src.Data[j:], src.Stride, dst.Data[j:], panel, dst.Stride)
	}
	if j == cols {
		return
	}
	src.Data, dst.Data = src.Data[j:], dst.Data[j:]
	narrow(rows, cols-j, src, dst)
}
