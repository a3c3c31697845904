package rows

import (
	"fmt"
	"math"
)

// Finite tells whether all numbers are finite, without a branch for each. The exponent of those that
// are not is all ones, so that one more in its last place carries into the place of the sign.
func Finite(x []float32) bool {
	const sign, one = 1 << 31, 1 << 23
	var a, b, c, d uint32
	for ; len(x) >= 4; x = x[4:] {
		a |= math.Float32bits(x[0])&^sign + one
		b |= math.Float32bits(x[1])&^sign + one
		c |= math.Float32bits(x[2])&^sign + one
		d |= math.Float32bits(x[3])&^sign + one
	}
	for _, v := range x {
		a |= math.Float32bits(v)&^sign + one
	}
	return (a|b|c|d)&sign == 0
}

// CheckExample fails if a value of the example of that number is not finite.
func CheckExample(number int, values []float32) error {
	if Finite(values) {
		return nil
	}
	for j, x := range values {
		if x-x != 0 {
			return NotFinite(number, j, x)
		}
	}
	return nil
}

// NotFinite is the error for a value of an example.
func NotFinite(number, value int, x float32) error {
	return fmt.Errorf("model: example %d of the data: value %d is %v, want a finite number", number, value, x)
}
