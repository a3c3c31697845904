package health

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Values tells what the examples of a minibatch are. It is asked when a loss is large.
type Values func() ([]Row, error)

// Row is what is known of the values of an example.
type Row struct {
	Number int     // of the example
	Square float64 // their mean square
	Bad    int     // the first that is not finite, or -1
	Value  float32 // that one
}

// Of is the rows of data, the examples of the given numbers.
func Of(data kernels.Matrix, numbers []int) Values {
	return func() ([]Row, error) {
		rows := make([]Row, data.Rows)
		for i := range rows {
			rows[i] = rowOf(data.Row(i), numbers[i])
		}
		return rows, nil
	}
}

func rowOf(values []float32, number int) Row {
	r, sum := Row{Number: number, Bad: -1}, 0.0
	for j, x := range values {
		if x-x != 0 && r.Bad < 0 {
			r.Bad, r.Value = j, x
		}
		sum += float64(x) * float64(x)
	}
	r.Square = sum / float64(max(1, len(values)))
	return r
}

// scale is the mean square of all values, or 1 if that is less, by which losses may be
// larger than those of values from 0 to 1.
func scale(rows []Row) float64 {
	sum := 0.0
	for _, r := range rows {
		sum += r.Square
	}
	return max(1, sum/float64(max(1, len(rows))))
}

// Finite fails if a value of the data is not finite: no rate helps then. numbers are those
// of the examples in the rows.
func Finite(data kernels.Matrix, numbers []int) error {
	rows, err := Of(data, numbers)()
	if err != nil {
		return err
	}
	return finite(rows)
}

func finite(all []Row) error {
	for _, r := range all {
		if r.Bad >= 0 {
			return rows.NotFinite(r.Number, r.Bad, r.Value)
		}
	}
	return nil
}
