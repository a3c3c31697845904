package measure

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Sample is count different random examples of data. If there are fewer, it is
// all of them in a random order. It panics if count is negative, or data cannot be, and as
// data.Read does.
func Sample(data model.Data, count int, seed uint64) kernels.Matrix {
	data, err := rows.Fix(data)
	if err != nil {
		panic(err.Error())
	}
	if count < 0 {
		panic(fmt.Sprintf("model: a sample of %d examples", count))
	}
	return read(data, draw(data, count, seed))
}

// draw are count numbers of examples, all different and at random.
func draw(data model.Data, count int, seed uint64) []int {
	order := make([]int, data.Len())
	random.Shuffle(order, seed, 0)
	return order[:min(count, len(order))]
}

// read are the examples with these numbers.
func read(data model.Data, examples []int) kernels.Matrix {
	m := kernels.NewMatrix(len(examples), data.Dim())
	for i, example := range examples {
		data.Read(example, m.Row(i))
	}
	return m
}

// finite fails if an element is not a finite number: no measure means anything then.
func finite(what string, m kernels.Matrix) error {
	if err := rows.CheckMatrix(m); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	for i := range m.Rows {
		for j, x := range m.Row(i) {
			if x-x != 0 {
				return fmt.Errorf("model: %s: value %d of row %d is %v, want finite numbers", what, j, i, x)
			}
		}
	}
	return nil
}
