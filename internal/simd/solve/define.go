package solve

import (
	"github.com/targetprop/targetprop/internal/simd/fma"
	"github.com/targetprop/targetprop/internal/view"
)

// define defines [Solve] for panels of so many columns.
func define[T view.Float](columns int, back bool, n int, a []T, row, column int, inverse []T, panels int, b []T, stride int, x []T) {
	for p := range panels {
		definePanel(columns, back, n, a, row, column, inverse, b[p*columns:], stride, x)
	}
}

// definePanel is define for one of them.
func definePanel[T view.Float](columns int, back bool, n int, a []T, row, column int, inverse, b []T, stride int, x []T) {
	at := func(i int) int { // the line that is solved after i others
		if back {
			return n - 1 - i
		}
		return i
	}
	for i := range n {
		r := at(i)
		line := x[r*columns:][:columns]
		copy(line, b[r*stride:][:columns])
		for j := range i {
			k := at(j)
			factor := -a[r*row+k*column]
			for c, solved := range x[k*columns:][:columns] {
				line[c] = fma.Of(factor, solved, line[c])
			}
		}
		for c := range line {
			line[c] *= inverse[i]
		}
		copy(b[r*stride:][:columns], line)
	}
}
