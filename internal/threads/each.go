package threads

// Each calls fn for each of 0..n-1. Threads take the next number as they become
// free. It returns when all are done.
func (p *Pool) Each(n int, fn func(i int)) {
	if n < 1 {
		return
	}
	if !p.begin() {
		for i := range n {
			fn(i)
		}
		return
	}
	p.next.Store(0)
	p.run(job{share: (*Pool).eachShare, n: n, item: fn})
}

// eachShare is one thread's share of Each.
func (p *Pool) eachShare(int) {
	for {
		i := p.next.Add(1) - 1
		if i >= uint64(p.job.n) {
			return
		}
		p.job.item(int(i))
	}
}
