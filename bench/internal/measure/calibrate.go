package measure

import (
	"fmt"
	"time"
)

// plan is when a candidate runs, and how often in a turn.
type plan struct {
	calls int  // 0: not at all
	every int  // takes part in every so many rounds
	warm  bool // a call that is not timed begins each turn
}

// takesPart tells whether the candidate has a turn in a round.
func (p plan) takesPart(round int) bool { return p.calls > 0 && round%p.every == 0 }

// A candidate whose single call takes slowFactor repetitions and more has
// slowRounds turns. From verySlow repetitions on it has every other of those.
const (
	slowRounds = 5
	slowFactor = 4
	verySlow   = 40
)

// hopeless times the limit is what not even a second try is made for.
const hopeless = 20

// calibrate finds how many calls fill a repetition. If the candidate is too
// slow it returns no plan and the reason.
func calibrate(c Candidate, o Options) (plan, string) {
	if c.Guess != nil {
		if t := c.Guess(); t > o.TooSlow*3/2 {
			return plan{}, fmt.Sprintf("skipped: a call would take about %s", roughly(t))
		}
	}
	t := repetition(c, 1, o.Clock)
	// The first call may prepare something, such as a library's kernels for a shape. Where
	// it alone fills a repetition, or would be too slow, a second call says what one takes.
	// In between it is very slow either way.
	fills, tooSlow := t > o.Repetition/2 && t <= verySlow*o.Repetition, t > o.TooSlow && t <= hopeless*o.TooSlow
	if fills || tooSlow {
		t = repetition(c, 1, o.Clock)
	}
	if t > o.TooSlow {
		return plan{}, fmt.Sprintf("skipped: a call takes %s", roughly(t))
	}
	calls := 1
	for t < o.Repetition/2 {
		// Grow slowly enough that a first, cold call does not mislead.
		calls *= min(10, int(o.Repetition/max(t, 1))+1)
		t = repetition(c, calls, o.Clock)
	}
	perCall := t / time.Duration(calls)
	p := plan{calls: max(1, int(o.Repetition/max(perCall, 1))), every: 1, warm: true}
	if perCall > slowFactor*o.Repetition {
		p.every, p.warm = max(1, o.Rounds/slowRounds), false
	}
	if perCall > verySlow*o.Repetition {
		p.every *= 2
	}
	return p, ""
}

// roughly rounds a time to two digits.
func roughly(t time.Duration) string {
	unit := time.Duration(1)
	for t >= 100*unit {
		unit *= 10
	}
	return t.Round(unit).String()
}
