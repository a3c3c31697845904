package rows

import (
	"fmt"
	"math"
	"reflect"

	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
)

// Set is what [Check] asks of examples, as model.Data.
type Set interface {
	Len() int
	Dim() int
}

// checker is a set that can say more of what is wrong with it: that it was put together from parts that
// do not fit, or of which one is missing. Nothing else of it is asked before.
type checker interface{ Check() error }

// most is how many examples, or numbers of one, there may be: an order of examples and one example can be in
// memory, also where that has 32 bits.
const most = min(math.MaxInt32, math.MaxInt/64)

// Check says what is wrong with sets of examples, whatever they are for: there are none to ask, or they say
// that they are fewer than none, or more than an order of them can be in memory.
func Check(all ...Set) error {
	for _, data := range all {
		if _, _, err := check(data); err != nil {
			return err
		}
	}
	return nil
}

// check is also how many examples there are, of how many numbers.
func check(data Set) (n, dim int, err error) {
	if v := reflect.ValueOf(data); data == nil || v.Kind() == reflect.Pointer && v.IsNil() {
		return 0, 0, fmt.Errorf("model: no data: want examples, which may be none")
	}
	if c, ok := data.(checker); ok {
		if err := c.Check(); err != nil {
			return 0, 0, err
		}
	}
	n, dim = data.Len(), data.Dim()
	switch {
	case n < 0 || n > most:
		return 0, 0, fmt.Errorf("model: the data have %d examples: want 0 to %d", n, most)
	case dim < 0 || dim > most:
		return 0, 0, fmt.Errorf("model: the data have examples of %d numbers: want 0 to %d", dim, most)
	}
	return n, dim, nil
}

// CheckMatrix says what is wrong with a matrix of examples, if anything is.
func CheckMatrix(m kernels.Matrix) error {
	if v := view.Matrix[float32](m); !v.Holds() {
		return fmt.Errorf("model: a matrix of %d x %d numbers, %d from row to row, in %d: want none negative, and all of them there", m.Rows, m.Cols, m.Stride, len(m.Data))
	}
	return nil
}

// CheckApart fails if the weights of two maps are in the same memory: threads update maps at the same time. They are all
// there; what lies behind them is not used.
func CheckApart(weights []kernels.Packed) error {
	for i, w := range weights {
		for j, v := range weights[:i] {
			if !view.Apart(w.Data[:w.Rows*w.Panels()*kernels.Panel], v.Data[:v.Rows*v.Panels()*kernels.Panel]) {
				return fmt.Errorf("model: maps %d and %d of the network have weights in the same memory", j+1, i+1)
			}
		}
	}
	return nil
}
