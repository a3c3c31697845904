package measure

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
