//go:build (goexperiment.simd && amd64) || (peers && cgo)

package peers

import "github.com/targetprop/targetprop/bench/internal/trial"

// candidate is one of a library's ways to compute a product.
type candidate struct {
	name string
	gemm Gemm
}

// tuner computes a product with the fastest of several candidates. At the first use of a
// shape it tries them all.
type tuner struct {
	candidates []candidate
	best       map[shape]int

	// The choice for the last shape, so that a repeated product costs one comparison.
	last     shape
	lastBest int
}

type shape struct{ m, n, k int }

func newTuner(candidates ...candidate) *tuner {
	return &tuner{candidates: candidates, best: map[shape]int{}}
}

// reset forgets all choices.
func (t *tuner) reset() {
	clear(t.best)
	t.last = shape{}
}

// sgemm is a Gemm.
func (t *tuner) sgemm(m, n, k int, a, b, c []float32) {
	t.candidates[t.choose(m, n, k, a, b, c)].gemm(m, n, k, a, b, c)
}

// kernel returns the name of the choice for a shape, "" if it has not been used.
func (t *tuner) kernel(m, n, k int) string {
	if i, ok := t.best[shape{m, n, k}]; ok {
		return t.candidates[i].name
	}
	return ""
}

// choose returns the index of the candidate for a shape, computing c = a b if it needs to
// find it.
func (t *tuner) choose(m, n, k int, a, b, c []float32) int {
	s := shape{m, n, k}
	if s == t.last {
		return t.lastBest
	}
	i, ok := t.best[s]
	if !ok {
		i = trial.Fastest(len(t.candidates), func(i int) { t.candidates[i].gemm(m, n, k, a, b, c) })
		t.best[s] = i
	}
	t.last, t.lastBest = s, i
	return i
}
