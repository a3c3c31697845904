package rows

import "fmt"

// Data is model.Data.
type Data interface {
	Set
	Reader
}

// Fixed are examples that are as many, of as many numbers, as they were when somebody began to go over them. What is made
// for each of them is of that size, and they are asked once for each piece of work whether that is still so.
type Fixed struct {
	Data
	n, dim int
}

// Fix fixes examples, or says what is wrong with them, as [Check] does: also if they became more or fewer since.
func Fix(data Data) (Fixed, error) {
	n, dim, err := check(data)
	if err != nil {
		return Fixed{}, err
	}
	if err := Check(data); err != nil {
		return Fixed{}, err
	}
	return Fixed{data, n, dim}, SameLen(data, n)
}

// Len is how many there were.
func (f Fixed) Len() int { return f.n }

// Dim is how many numbers they had.
func (f Fixed) Dim() int { return f.dim }

// Fetch is that of the examples. It fails if they are more or fewer now.
func (f Fixed) Fetch(examples []int) error {
	if err := SameLen(f.Data, f.n); err != nil {
		return err
	}
	return Fetch(f.Data, examples)
}

// SameLen fails if a set that had n examples has more or fewer now, or can not have had so many.
func SameLen(data interface{ Len() int }, n int) error {
	if now := data.Len(); now != n || n < 0 || n > most {
		return fmt.Errorf("model: a data set's Len changed from %d to %d: want one that stays as it is while it is used", n, now)
	}
	return nil
}
