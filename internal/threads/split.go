package threads

// Split divides 0..n-1 into one range for each thread and calls fn for all of
// them at the same time. Ranges differ by one in length at most; none is empty.
// It returns when all are done. On one thread fn is called once.
func (p *Pool) Split(n int, fn func(lo, hi int)) {
	if n < 1 {
		return
	}
	if !p.begin() {
		fn(0, n)
		return
	}
	p.run(job{share: (*Pool).splitShare, n: n, part: fn})
}

// splitShare is one thread's share of Split.
func (p *Pool) splitShare(thread int) {
	if lo, hi := p.own(thread); lo < hi {
		p.job.part(lo, hi)
	}
}
