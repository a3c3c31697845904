package trial

// Candidate is one of a library's ways to compute a product.
type Candidate struct {
	Name string
	Gemm func(m, n, k int, a, b, c []float32) // c = a b
}

// Tuner computes a product with the fastest of several candidates. At the first use of a
// shape it tries them all.
type Tuner struct {
	candidates []Candidate
	best       map[shape]int

	// The choice for the last shape, so that a repeated product costs one comparison.
	last     shape
	lastBest int
}

type shape struct{ m, n, k int }

// NewTuner makes a tuner that has chosen nothing yet.
func NewTuner(candidates ...Candidate) *Tuner {
	return &Tuner{candidates: candidates, best: map[shape]int{}}
}

// Reset forgets all choices.
func (t *Tuner) Reset() {
	clear(t.best)
	t.last = shape{}
}

// Sgemm computes c = a b.
func (t *Tuner) Sgemm(m, n, k int, a, b, c []float32) {
	t.candidates[t.Choose(m, n, k, a, b, c)].Gemm(m, n, k, a, b, c)
}

// Kernel returns the name of the choice for a shape, "" if it has not been used.
func (t *Tuner) Kernel(m, n, k int) string {
	if i, ok := t.best[shape{m, n, k}]; ok {
		return t.candidates[i].Name
	}
	return ""
}

// Choose returns the index of the candidate for a shape, computing c = a b if it needs to
// find it.
func (t *Tuner) Choose(m, n, k int, a, b, c []float32) int {
	s := shape{m, n, k}
	if s == t.last {
		return t.lastBest
	}
	i, ok := t.best[s]
	if !ok {
		i = Fastest(len(t.candidates), func(i int) { t.candidates[i].Gemm(m, n, k, a, b, c) })
		t.best[s] = i
	}
	t.last, t.lastBest = s, i
	return i
}
