package view

// Scale computes c *= factor; 0 clears even NaN, 1 touches nothing.
func Scale[T Float](c Matrix[T], factor T) {
	if factor == 1 {
		return
	}
	for i := range c.Rows {
		row := c.Row(i)
		if factor == 0 {
			clear(row)
			continue
		}
		for j := range row {
			row[j] *= factor
		}
	}
}
