package measure

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// cloud is n points of dim numbers round a place on the diagonal.
func cloud(n, dim int, place float32, seed uint64) kernels.Matrix {
	m := random.Uniform(n, dim, seed)
	for i := range n {
		for j := range m.Row(i) {
			m.Row(i)[j] += place
		}
	}
	return m
}

func stack(parts ...kernels.Matrix) kernels.Matrix {
	count := 0
	for _, p := range parts {
		count += p.Rows
	}
	m := kernels.NewMatrix(count, parts[0].Cols)
	count = 0
	for _, p := range parts {
		rows.Copy(m, count, p)
		count += p.Rows
	}
	return m
}
