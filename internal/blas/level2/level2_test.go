package level2

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/threads"
	"github.com/targetprop/targetprop/internal/view"
)

// TestGonum compares with gonum, within the error of the sums.
func TestGonum(t *testing.T) {
	t.Run("float32", testGonum[float32])
	t.Run("float64", testGonum[float64])
}

func testGonum[T view.Float](t *testing.T) {
	pool := threads.New(3)
	defer pool.Close()
	for name, r := range routines[T]() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(23, 1))
			for range 400 {
				p := problem(rng, r, sizes[rng.IntN(len(sizes))], sizes[rng.IntN(len(sizes))])
				u := united(p)
				want, bound := mapped(u, func(x T) float64 { return float64(x) }), mapped(u, func(x T) float64 { return math.Abs(float64(x)) })
				r.gonum(&want)
				r.gonum(&bound)
				for iName, i := range contract.ISAs() {
					got := copied(p)
					r.ours(pool, i, &got)
					if !gapsLeft(got.x, p.incX) || !gapsLeft(got.y, p.incY) {
						t.Fatalf("%s, %+v: writes between the elements", iName, header(p))
					}
					got = united(got)
					for s, slice := range got.slices() {
						for j, x := range slice {
							w, most := want.slices()[s][j], bound.slices()[s][j]*float64(p.m+p.n+4)
							if r.solves {
								most = 64 * float64(p.n+1) * largest(want.x)
							}
							if d := math.Abs(float64(x) - w); !(d <= most*epsilon[T]()) && !(x != x && w != w) {
								t.Fatalf("%s, %+v: slice %d[%d] is %v, gonum's %v", iName, header(p), s, j, x, w)
							}
						}
					}
				}
			}
		})
	}
}

// header is p without its numbers.
func header[T view.Float](p args[T]) args[T] {
	p.a, p.x, p.y = nil, nil, nil
	return p
}

func largest(x []float64) float64 {
	m := 0.0
	for _, e := range x {
		if a := math.Abs(e); a > m {
			m = a
		}
	}
	return m
}

// TestSpecials: NaN and infinities reach the same results as gonum's.
func TestSpecials(t *testing.T) {
	var all = []float64{math.NaN(), math.Inf(1), math.Inf(-1)}
	for name, r := range routines[float64]() {
		rng := rand.New(rand.NewPCG(23, 2))
		for range 200 {
			n := 1 + rng.IntN(40)
			p := problem(rng, r, n, n)
			if p.alpha == 0 {
				p.alpha = 1
			}
			for _, slice := range p.slices() {
				if rng.IntN(2) == 0 {
					slice[rng.IntN(len(slice))] = all[rng.IntN(len(all))]
				}
			}
			want := united(p)
			r.gonum(&want)
			for iName, i := range contract.ISAs() {
				got := copied(p)
				r.ours(nil, i, &got)
				got = united(got)
				for s, slice := range got.slices() {
					for j, x := range slice {
						w := want.slices()[s][j]
						if class(x) != class(w) {
							t.Fatalf("%s, %s, %+v: slice %d[%d] is %v, gonum's %v", name, iName, header(p), s, j, x, w)
						}
					}
				}
			}
		}
	}
}

// class tells infinities and NaN apart.
func class(x float64) float64 {
	switch {
	case x != x:
		return 2
	case math.IsInf(x, 0):
		return math.Copysign(1, x)
	default:
		return 0
	}
}

// TestSameBits: instruction sets and numbers of threads, and a vector with an increment and
// one without, make no difference.
func TestSameBits(t *testing.T) {
	t.Run("float32", testSameBits[float32])
	t.Run("float64", testSameBits[float64])
}

func testSameBits[T view.Float](t *testing.T) {
	var pools []*threads.Pool
	for _, n := range []int{1, 2, 7} {
		pools = append(pools, threads.New(n))
		defer pools[len(pools)-1].Close()
	}
	for name, r := range routines[T]() {
		rng := rand.New(rand.NewPCG(23, 3))
		for number := range 12 {
			n := []int{37, 150, 530}[number%3]
			p := problem(rng, r, n+rng.IntN(20), n)
			if n == 530 && number > 3 && testing.Short() {
				continue
			}
			want := united(p)
			r.ours(nil, isa.Generic, &want)
			for iName, i := range contract.ISAs() {
				for _, pool := range pools {
					got := copied(p)
					r.ours(pool, i, &got)
					got = united(got)
					for s, slice := range got.slices() {
						for j, x := range slice {
							if !contract.SameBits(x, want.slices()[s][j]) {
								t.Fatalf("%s, %s, %d threads, %+v: slice %d[%d] is %v, want %v", name, iName, pool.Threads(), header(p), s, j, x, want.slices()[s][j])
							}
						}
					}
				}
			}
		}
	}
}

// TestZeros: with beta = 0 y's old content does not matter, and with alpha = 0 nothing else.
func TestZeros(t *testing.T) {
	nan := math.NaN()
	for name, i := range contract.ISAs() {
		for _, trans := range []bool{false, true} {
			y := []float64{nan, nan}
			Gemv(nil, i, trans, 2, 2, 1, []float64{1, 2, 3, 4}, 2, []float64{1, 1}, 1, 0, y, -1)
			if y[0] != y[0] || y[1] != y[1] {
				t.Errorf("%s: beta = 0 leaves %v", name, y)
			}
			if Gemv(nil, i, trans, 2, 2, 0, []float64{nan, nan, nan, nan}, 2, []float64{1, 1}, 1, 2, y, 1); y[0] != y[0] {
				t.Errorf("%s: alpha = 0 reads the matrix: %v", name, y)
			}
		}
		y := []float64{nan}
		if Symv(nil, i, true, 1, 2, []float64{3}, 1, []float64{1}, 1, 0, y, 1); y[0] != 6 {
			t.Errorf("%s: symv with beta = 0 leaves %v", name, y)
		}
		a := []float64{1}
		if Ger(nil, i, 1, 1, 0, []float64{nan}, 1, []float64{1}, 1, a, 1); a[0] != 1 {
			t.Errorf("%s: ger with alpha = 0 changes the matrix", name)
		}
	}
}

// TestAllocations: a call after the first allocates nothing.
func TestAllocations(t *testing.T) {
	if race.Enabled {
		t.Skip("under the race detector sync.Pool forgets")
	}
	t.Run("float32", allocations[float32])
	t.Run("float64", allocations[float64])
}

func allocations[T view.Float](t *testing.T) {
	pool := threads.New(2)
	defer pool.Close()
	rng := rand.New(rand.NewPCG(23, 6))
	i := isa.Best(isa.AVX512)
	for name, r := range routines[T]() {
		for _, n := range []int{5, 60, 530} {
			for range 3 {
				p := problem(rng, r, n, n)
				if count := testing.AllocsPerRun(20, func() { r.ours(pool, i, &p) }); count != 0 {
					t.Errorf("%s of %d: %v allocations, %+v", name, n, count, header(p))
				}
			}
		}
	}
}
