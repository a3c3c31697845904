package mpi

import "time"

// Gathers are what a rank has measured of all gathers of one size.
type Gathers struct {
	Bytes, Own int // in a gather, and of them from this rank
	Times      int
	// Before is the time since other gathers in all of them; Waited that until the
	// last rank came; Passed that of the gathers themselves.
	Before, Waited, Passed time.Duration
}

// Mean is the mean of one of the sums, in microseconds.
func (g Gathers) Mean(sum time.Duration) float64 {
	return float64(sum.Nanoseconds()) / 1e3 / float64(g.Times)
}
