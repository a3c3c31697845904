package measure

import (
	"math"
	"slices"
)

// Rate is a rate over several repetitions, in units of work for each
// nanosecond.
type Rate struct{ Median, Min, Max float64 }

// median sorts x. Of an even number it is the mean of the two in the middle,
// of none NaN.
func median(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	slices.Sort(x)
	half := len(x) / 2
	if len(x)%2 == 1 {
		return x[half]
	}
	return (x[half-1] + x[half]) / 2
}
