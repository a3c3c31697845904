package mpi

import (
	"fmt"
	"io"
	"time"
)

// profile is what a job spends in gathers and between them. A step of training
// has two large ones, of examples and of weights.
type profile struct {
	left  time.Time // the last gather
	parts []part    // of a gather, by its size
}

// part is what is known of the gathers of one size.
type part struct {
	bytes, own             int // in all, and of them from this rank
	times                  int
	before, waited, passed time.Duration
}

// measure calls gather between two looks at the clock. First all meet: what the
// slowest rank takes longer is no communication.
func (p *profile) measure(bytes, own int, meet, gather func() error) error {
	came := time.Now()
	if err := meet(); err != nil {
		return err
	}
	began := time.Now()
	err := gather()
	now := time.Now()
	at := p.of(bytes)
	at.times++
	at.own = own
	if !p.left.IsZero() {
		at.before += came.Sub(p.left)
	}
	at.waited += began.Sub(came)
	at.passed += now.Sub(began)
	p.left = now
	return err
}

// of is the part for gathers of so many bytes.
func (p *profile) of(bytes int) *part {
	for i := range p.parts {
		if p.parts[i].bytes == bytes {
			return &p.parts[i]
		}
	}
	p.parts = append(p.parts, part{bytes: bytes})
	return &p.parts[len(p.parts)-1]
}

// write writes a row for each size of gather.
func (p *profile) write(w io.Writer) {
	fmt.Fprintf(w, "\n%8s %12s %12s %12s %12s %12s\n", "gathers", "bytes", "own bytes", "between us", "waiting us", "gather us")
	for _, at := range p.parts {
		fmt.Fprintf(w, "%8d %12d %12d %12.1f %12.1f %12.1f\n", at.times, at.bytes, at.own, at.mean(at.before), at.mean(at.waited), at.mean(at.passed))
	}
}

// mean is the mean of a sum, in microseconds.
func (p part) mean(sum time.Duration) float64 {
	return float64(sum.Nanoseconds()) / 1e3 / float64(p.times)
}
