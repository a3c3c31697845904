package mpi

import (
	"fmt"
	"io"
	"time"
)

// Profile measures what a job spends in gathers and between them. A step of
// training has two large ones, of examples and of weights.
type Profile struct {
	left  time.Time // the last gather
	parts []part    // of a gather, by its size
}

// part is what is known of the gathers of one size.
type part struct {
	bytes, own             int // in all, and of them from this rank
	times                  int
	before, waited, passed time.Duration
}

// gather gathers, and measures it unless p is nil.
func (p *Profile) gather(g *Group, data []byte, bounds []int) error {
	if p == nil {
		return g.gather(data, bounds)
	}
	came := time.Now()
	// What the slowest rank takes longer is no communication.
	if err := g.library.meet(); err != nil {
		return err
	}
	began := time.Now()
	err := g.gather(data, bounds)
	now := time.Now()
	at := p.of(len(data))
	at.times++
	at.own = bounds[g.rank+1] - bounds[g.rank]
	if !p.left.IsZero() {
		at.before += came.Sub(p.left)
	}
	at.waited += began.Sub(came)
	at.passed += now.Sub(began)
	p.left = now
	return err
}

// of is the part for gathers of so many bytes.
func (p *Profile) of(bytes int) *part {
	for i := range p.parts {
		if p.parts[i].bytes == bytes {
			return &p.parts[i]
		}
	}
	p.parts = append(p.parts, part{bytes: bytes})
	return &p.parts[len(p.parts)-1]
}

// Measure begins to measure. All ranks do so after the same gather.
func (g *Group) Measure() {
	if g.profile == nil {
		g.profile = &Profile{}
	}
}

// WriteProfile writes what this rank has measured, if it has: a row for each size
// of gather, with the mean times in microseconds. between is from the end of the
// gather before, waiting until the last rank came.
func (g *Group) WriteProfile(w io.Writer) {
	if g.profile == nil {
		return
	}
	fmt.Fprintf(w, "\n%8s %12s %12s %12s %12s %12s\n", "gathers", "bytes", "own bytes", "between us", "waiting us", "gather us")
	for _, p := range g.profile.parts {
		fmt.Fprintf(w, "%8d %12d %12d %12.0f %12.0f %12.1f\n", p.times, p.bytes, p.own, p.mean(p.before), p.mean(p.waited), p.mean(p.passed))
	}
}

// mean is the mean of a sum, in microseconds.
func (p part) mean(sum time.Duration) float64 {
	return float64(sum.Nanoseconds()) / 1e3 / float64(p.times)
}
