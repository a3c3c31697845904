package plan

// BatchPiece is how many of n products a thread takes at a time. work is the multiply-adds
// of all of them. 0 says that threads do not share the list: each product is computed after
// the other, and divided if it is large enough.
//
// Threads are not woken for less than a million multiply-adds, as for one product. Few large
// products are divided each, so that no thread waits for the last one. Pieces of a quarter
// million multiply-adds take ten times what a thread needs to ask for the next.
func BatchPiece(threads, n int, work int64) int {
	const least, piece, few = 1 << 20, 1 << 18, 4
	if threads == 1 || work < least || n < few*threads && work/int64(n) >= least {
		return 0
	}
	return int(max(1, piece/(work/int64(n)+1)))
}
