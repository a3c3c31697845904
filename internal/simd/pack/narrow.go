package pack

import "github.com/targetprop/targetprop/internal/view"

// narrow copies rows of few elements. The most frequent are those of a tile of 6 rows, which a
// call to move memory would take twice as long to move.
func narrow[T view.Float](rows, cols int, src, dst view.Block[T]) {
	if cols != 6 {
		for i := range rows {
			copy(dst.Data[i*dst.Stride:][:cols], src.Data[i*src.Stride:])
		}
		return
	}
	for i := range rows {
		s, d := src.Data[i*src.Stride:][:6], dst.Data[i*dst.Stride:][:6]
		d[0], d[1], d[2], d[3], d[4], d[5] = s[0], s[1], s[2], s[3], s[4], s[5]
	}
}
