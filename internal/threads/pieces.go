package threads

import "github.com/targetprop/targetprop/internal/view"

// Pieces calls fn(lo, hi, end) for ranges lo..hi-1 that cover 0..n-1, of the
// given size at most. size is 1 or more. Threads share the numbers out, and each
// goes through its own in order, to end for now. A thread that has no more takes
// half of another's. If size is enough for n divided by the threads, each has one
// piece and nothing is handed over. On one thread fn is called once, with all
// numbers, whatever the size.
func (p *Pool) Pieces(n, size int, fn func(lo, hi, end int)) {
	if n < 1 {
		return
	}
	if !p.begin() {
		fn(0, n, n)
		return
	}
	if (n-1)/p.threads < size {
		p.run(job{share: (*Pool).pieceShare, n: n, piece: fn})
		return
	}
	p.legs.open = p.threads
	p.run(job{share: (*Pool).piecesShare, n: n, size: size, piece: fn})
}

// pieceShare is one thread's share of Pieces if it is one piece.
func (p *Pool) pieceShare(thread int) {
	if lo, hi := p.own(thread); lo < hi {
		p.job.piece(lo, hi, hi)
	}
}

// piecesShare is one thread's share of Pieces if it is several.
func (p *Pool) piecesShare(thread int) {
	l := p.ownLeg(thread)
	for more := true; more; l, more = p.legs.take() {
		for l.lo < l.hi {
			if !p.legs.offer(&l, (p.job.size+1)/2) {
				return
			}
			hi := l.lo + view.Evenly(l.hi-l.lo, p.job.size)
			p.job.piece(l.lo, hi, l.hi)
			l.lo = hi
		}
	}
}
