package threads

import "math/bits"

// first is the first number of a thread's range. It is n*thread/threads, without
// overflow.
func (p *Pool) first(thread int) int {
	hi, lo := bits.Mul64(uint64(p.job.n), uint64(thread))
	quotient, _ := bits.Div64(hi, lo, uint64(p.threads))
	return int(quotient)
}

// own is a thread's range. It may be empty.
func (p *Pool) own(thread int) (lo, hi int) { return p.first(thread), p.first(thread + 1) }

// ownLeg is what a thread begins with.
func (p *Pool) ownLeg(thread int) leg {
	lo, hi := p.own(thread)
	return leg{lo: lo, hi: hi}
}
