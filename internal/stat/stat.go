// Package stat has the statistics of float64 numbers that results are stated
// in. Products are rounded before they are added, so that all architectures
// agree.
package stat

import "math"

// MeanError is the mean of x and its standard error.
func MeanError(x []float64) (mean, stdErr float64) {
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	var square float64
	for _, v := range x {
		square += float64((v - mean) * (v - mean))
	}
	n := float64(len(x))
	return mean, math.Sqrt(square / (n - 1) / n)
}

// MeanDeviation is the mean and the standard deviation of a sample.
func MeanDeviation(x []float64) (mean, deviation float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		deviation += (v - mean) * (v - mean) / float64(len(x)-1)
	}
	return mean, math.Sqrt(deviation)
}

// Apart tells whether a difference of two numbers is more than 2 standard errors of both.
// If no error is known, as where all values are the same, nothing is.
func Apart(difference, stdErr, other float64) bool {
	of := math.Sqrt(float64(stdErr*stdErr) + float64(other*other))
	return of > 0 && difference > 2*of
}

// Quantile is the quantile q, from 0 to 1, of sorted numbers. It interpolates
// linearly between them: the first is quantile 0 and the last quantile 1
// (Hyndman and Fan 1996, type 7).
func Quantile(sorted []float64, q float64) float64 {
	at := float64(q * float64(len(sorted)-1))
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	part := at - float64(i)
	return float64(sorted[i]*(1-part)) + float64(sorted[i+1]*part)
}
