package mpi

import (
	"fmt"
	"io"
	"time"
)

// profile is what a job spends in gathers and between them. A step of training
// has two large ones, of examples and of weights.
type profile struct {
	left    time.Time // the last gather, or when the profile began
	gathers []Gathers
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
	at.Times++
	at.Own = own
	at.Before += came.Sub(p.left)
	at.Waited += began.Sub(came)
	at.Passed += now.Sub(began)
	p.left = now
	return err
}

// of is what is known of the gathers of so many bytes.
func (p *profile) of(bytes int) *Gathers {
	for i := range p.gathers {
		if p.gathers[i].Bytes == bytes {
			return &p.gathers[i]
		}
	}
	p.gathers = append(p.gathers, Gathers{Bytes: bytes})
	return &p.gathers[len(p.gathers)-1]
}

// write writes a row for each size of gather.
func (p *profile) write(w io.Writer) {
	fmt.Fprintf(w, "\n%8s %12s %12s %12s %12s %12s\n", "gathers", "bytes", "own bytes", "between us", "waiting us", "gather us")
	for _, at := range p.gathers {
		fmt.Fprintf(w, "%8d %12d %12d %12.1f %12.1f %12.1f\n", at.Times, at.Bytes, at.Own, at.Mean(at.Before), at.Mean(at.Waited), at.Mean(at.Passed))
	}
}
