package measure

import "time"

// Options are the settings of a measurement.
type Options struct {
	Clock      Clock
	Rounds     int           // turns of each candidate
	Repetition time.Duration // about what a turn takes, without Before
	TooSlow    time.Duration // a candidate whose single call takes longer is skipped
	Progress   func(round int)
}
