package measure

import "time"

// Clock tells the time that has passed since some moment.
type Clock func() time.Duration

// Monotonic is the clock of the machine.
func Monotonic() Clock {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}
