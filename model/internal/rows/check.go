package rows

import (
	"fmt"
	"math"
)

// Set is what [Check] asks of examples, as model.Data.
type Set interface {
	Len() int
	Dim() int
}

// most is how many examples, or numbers of one, there may be: an order of examples and one example can be in
// memory, also where that has 32 bits.
const most = min(math.MaxInt32, math.MaxInt/64)

// Check says what is wrong with sets of examples, whatever they are for: there are none to ask, or they say
// that they are fewer than none, or more than an order of them can be in memory.
func Check(all ...Set) error {
	for _, data := range all {
		if err := check(data); err != nil {
			return err
		}
	}
	return nil
}

func check(data Set) error {
	switch {
	case data == nil:
		return fmt.Errorf("model: no data: want examples, which may be none")
	case data.Len() < 0 || data.Len() > most:
		return fmt.Errorf("model: the data have %d examples: want 0 to %d", data.Len(), most)
	case data.Dim() < 0 || data.Dim() > most:
		return fmt.Errorf("model: the data have examples of %d numbers: want 0 to %d", data.Dim(), most)
	}
	return nil
}
