package view

// Scale computes c *= factor; 0 clears even NaN, 1 touches nothing.
func Scale[T Float](c Matrix[T], factor T) {
	if factor == 1 {
		return
	}
	for i := range c.Rows {
		row := c.Row(i)
		if factor == 0 {
			Clear(row)
			continue
		}
		for j := range row {
			row[j] *= factor
		}
	}
}

// Clear writes zeros. Like a call of assembly, the runtime's loop cannot be interrupted: it gets
// some elements at a time.
func Clear[T Float](x []T) {
	const some = 1 << 16
	for ; len(x) > some; x = x[some:] {
		clear(x[:some])
	}
	clear(x)
}
