package measure

import "time"

// Candidate is one way to do a piece of work.
type Candidate struct {
	// Run does the work that many times. The first call may prepare something
	// and take longer.
	Run func(times int)

	// Timed, if set, does the work as Run does and returns the time that it took: what
	// another process measured.
	Timed func(times int) time.Duration

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

// repetition times that many calls of a candidate.
func repetition(c Candidate, calls int, clock Clock) (t time.Duration) {
	switch {
	case c.Timed != nil:
		t = c.Timed(calls)
	case c.Before == nil:
		start := clock()
		c.Run(calls)
		t = clock() - start
	default:
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
