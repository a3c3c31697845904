package threads

// leastHandedOver is the fewest numbers that Relay hands over between stages: 8.
// With fewer rows a tile takes as long to load the weights as to multiply by them.
const leastHandedOver = 8

// Relay calls fn for each of stages 0..stages-1 on ranges lo..hi-1 that cover
// 0..n-1. Every number goes through the stages in order, each a call of its own.
// Threads share the numbers out. A thread that has no more takes half of
// another's between two stages of that one's, down to 8 numbers. So all are busy
// until few numbers are left, though one thread's core is slower or has other
// work. worker, below Threads, is a number that no other call of fn in this Relay
// has at the same time.
//
// It is for chains of products on the rows of a minibatch, of which a thread
// wants many at a time. Where the work is independent and small, Each is simpler.
func (p *Pool) Relay(n, stages int, fn func(worker, stage, lo, hi int)) {
	if n < 1 {
		return
	}
	if !p.begin() {
		for stage := range stages {
			fn(0, stage, 0, n)
		}
		return
	}
	p.legs.open = p.threads
	p.run(job{share: (*Pool).relayShare, n: n, stages: stages, stage: fn})
}

// relayShare is one thread's share of Relay.
func (p *Pool) relayShare(thread int) {
	l := p.ownLeg(thread)
	for more := true; more; l, more = p.legs.take() {
		for ; l.stage < p.job.stages && l.lo < l.hi; l.stage++ {
			if !p.legs.offer(&l, leastHandedOver) {
				return
			}
			p.job.stage(thread, l.stage, l.lo, l.hi)
		}
	}
}
