// Package measure times several ways to do the same work side by side.
//
// A processor's speed changes from second to second, with its temperature, its
// neighbours and what else runs on it. Figures that were taken one after the
// other compare those moments as much as the programs. So all candidates take
// turns, a short repetition each, and what is compared are repetitions of one
// round.
package measure

import "time"

// Clock tells the time that has passed since some moment.
type Clock func() time.Duration

// Monotonic is the clock of the machine.
func Monotonic() Clock {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// Candidate is one way to do a piece of work.
type Candidate struct {
	// Run does the work that many times. The first call may prepare something
	// and take longer.
	Run func(times int)

	// Before, if set, precedes each call and is not timed: what puts the machine into
	// the state that the work is to find.
	Before func()

	// Rest, if set, follows each repetition and is not timed: what has to be
	// quiet before another candidate's turn.
	Rest func()

	// Guess, if set, tells about how long one call takes. It is asked before
	// the first call, so that a hopeless one is never made.
	Guess func() time.Duration
}

// Options are the settings of a measurement.
type Options struct {
	Clock      Clock
	Rounds     int           // turns of each candidate
	Repetition time.Duration // about what a turn takes, without Before
	TooSlow    time.Duration // a candidate whose single call takes longer is skipped
	Progress   func(round int)
}

// slowRounds is the number of turns of candidates whose single call takes much
// longer than a repetition should.
const (
	slowRounds = 5
	slowFactor = 4
)

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

// repetition times that many calls of a candidate.
func repetition(c Candidate, calls int, clock Clock) (t time.Duration) {
	if c.Before == nil {
		start := clock()
		c.Run(calls)
		t = clock() - start
	} else {
		for range calls {
			c.Before()
			start := clock()
			c.Run(1)
			t += clock() - start
		}
	}
	if c.Rest != nil {
		c.Rest()
	}
	return t
}
