package threads

import "testing"

func TestEach(t *testing.T) {
	for _, threads := range poolsOf {
		p := newPool(t, threads)
		for _, n := range []int{-1, 0, 1, 2, 100} {
			c := make(coverage, max(n, 0))
			p.Each(n, func(i int) { c.add(i, i+1) })
			c.check(t, 1, "%d threads, Each of %d", threads, n)
		}
	}
}
