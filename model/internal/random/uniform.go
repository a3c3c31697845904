package random

import "github.com/targetprop/targetprop/kernels"

// Uniform is a rows x cols matrix of independent uniform numbers from 0 to 1.
// Row i depends on the seed and on i, not on rows.
func Uniform(rows, cols int, seed uint64) kernels.Matrix {
	m := kernels.NewMatrix(rows, cols)
	for i := range rows {
		rng := Row(seed, Noise, i)
		row := m.Row(i)
		for j := range row {
			row[j] = rng.Float32()
		}
	}
	return m
}
