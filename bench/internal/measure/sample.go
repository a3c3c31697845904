package measure

import "time"

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
