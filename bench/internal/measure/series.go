package measure

import (
	"math"
	"slices"
	"time"
)

// Sample is one repetition.
type Sample struct {
	Round int
	Calls int
	Time  time.Duration // of all calls
}

// rate is work for each nanosecond.
func (s Sample) rate(work float64) float64 {
	return work * float64(s.Calls) / float64(max(s.Time, 1))
}

// Series is what was measured of one candidate.
type Series struct {
	Samples []Sample
	Skipped string // the reason, if there are no samples
}

// Rate is a rate over several repetitions, in units of work for each
// nanosecond.
type Rate struct{ Median, Min, Max float64 }

// Rate is the rate at which calls of that much work were done. It is zero
// without samples.
func (s Series) Rate(work float64) Rate {
	if len(s.Samples) == 0 {
		return Rate{}
	}
	rates := make([]float64, len(s.Samples))
	for i, sample := range s.Samples {
		rates[i] = sample.rate(work)
	}
	return Rate{Median: median(rates), Min: slices.Min(rates), Max: slices.Max(rates)}
}

// Ratio is the median, over the rounds in which both ran, of one rate divided
// by another. It is NaN if there is no such round.
func Ratio(a Series, workA float64, b Series, workB float64) float64 {
	var ratios []float64
	for _, x := range a.Samples {
		for _, y := range b.Samples {
			if x.Round == y.Round {
				ratios = append(ratios, x.rate(workA)/y.rate(workB))
			}
		}
	}
	return median(ratios)
}

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
