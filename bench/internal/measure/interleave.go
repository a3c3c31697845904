// Package measure times several ways to do the same work side by side.
//
// A processor's speed changes from second to second, with its temperature, its
// neighbours and what else runs on it. Figures that were taken one after the
// other compare those moments as much as the programs. So all candidates take
// turns, a short repetition each, and what is compared are repetitions of one
// round.
package measure

// Interleave measures the candidates and returns a series for each, in their
// order.
func Interleave(candidates []Candidate, o Options) []Series {
	series := make([]Series, len(candidates))
	plans := make([]plan, len(candidates))
	for i, c := range candidates {
		plans[i], series[i].Skipped = calibrate(c, o)
	}
	for round := range o.Rounds {
		if o.Progress != nil {
			o.Progress(round)
		}
		// Each round begins with another candidate, so that none always comes
		// after the same one.
		for turn := range candidates {
			i := (round + turn) % len(candidates)
			if !plans[i].takesPart(round) {
				continue
			}
			if plans[i].warm {
				candidates[i].Run(1) // what the others have pushed out of the cache
			}
			t := repetition(candidates[i], plans[i].calls, o.Clock)
			series[i].Samples = append(series[i].Samples, Sample{Round: round, Calls: plans[i].calls, Time: t})
		}
	}
	return series
}
