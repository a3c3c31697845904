package experiment

import (
	"encoding/json"
	"math"
)

// Number is a number that may be none: null in JSON.
type Number float64

// MarshalJSON writes null for what is not finite.
func (n Number) MarshalJSON() ([]byte, error) {
	if n-n != 0 {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

// UnmarshalJSON reads null as NaN.
func (n *Number) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = Number(math.NaN())
		return nil
	}
	return json.Unmarshal(text, (*float64)(n))
}

// Numbers converts a slice.
func Numbers(x []float64) []Number {
	y := make([]Number, len(x))
	for i, v := range x {
		y[i] = Number(v)
	}
	return y
}

// Floats converts a slice back.
func Floats(x []Number) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}
