package measure

import "slices"

// Series is what was measured of one candidate.
type Series struct {
	Samples []Sample
	Skipped string // the reason, if there are no samples
}

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
