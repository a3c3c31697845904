package level1

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas/gonum"

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
	for name, r := range routines[T]() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(23, 1))
			for number := range 300 {
				n := sizes[rng.IntN(len(sizes))]
				if number < len(sizes) {
					n = sizes[number]
				}
				p := problem(rng, r, n, contract.RandomValues[T](rng.Uint64(), false))
				compare(t, r, p, 2*float64(n+4)*epsilon[T]())
			}
		})
	}
}

// compare computes p on each instruction set and compares with gonum.
func compare[T view.Float](t *testing.T, r routine[T], p args[T], relative float64) {
	t.Helper()
	want := united[float64](p)
	bound := absolute(want)
	r.want(&want)
	r.want(&bound)
	for name, i := range contract.ISAs() {
		strides := copied(p)
		r.ours(nil, i, &strides)
		if !gapsLeft(strides.x, p.incX) || !gapsLeft(strides.y, p.incY) {
			t.Fatalf("%s, n = %d, increments %d and %d: writes between the elements", name, p.n, p.incX, p.incY)
		}
		got := united[float64](strides)
		all := append(append([]float64{got.result}, got.x...), got.y...)
		wants := append(append([]float64{want.result}, want.x...), want.y...)
		bounds := append(append([]float64{bound.result}, bound.x...), bound.y...)
		if r.cancels {
			copy(bounds[1+p.n:], bound.x)
		}
		for j, x := range all {
			w := wants[j]
			if d := math.Abs(x - w); !(d <= math.Abs(bounds[j])*relative) && x != w && !(x != x && w != w) {
				t.Fatalf("%s, n = %d, increments %d and %d, c = %v: [%d] is %v, gonum's %v", name, p.n, p.incX, p.incY, p.c, j, x, w)
			}
		}
	}
}

// TestSpecials: NaN and infinities, and numbers whose squares overflow or underflow.
func TestSpecials(t *testing.T) {
	t.Run("float32", testSpecials[float32])
	t.Run("float64", testSpecials[float64])
}

func testSpecials[T view.Float](t *testing.T) {
	big, small := T(0x1p120), T(0x1p-140)
	if view.Size[T]() == 8 {
		b, s := 0x1p1010, 0x1p-1060
		big, small = T(b), T(s)
	}
	nan, inf := T(math.NaN()), T(math.Inf(1))
	for name, r := range routines[T]() {
		if name == "rot" || name == "dot" {
			continue // with numbers whose products overflow, a sum may be NaN in one order only
		}
		rng := rand.New(rand.NewPCG(23, 4))
		for number := range 400 {
			from := [][]T{{1, nan}, {1, inf}, {1, inf, nan, -inf}, {big, -big / 2, 1}, {small, -small / 4}, {0, small}, {0}}[number%7]
			if view.Size[T]() == 4 && name != "nrm2" && name != "iamax" && number%7 == 3 {
				continue // what overflows as float32 does not as gonum's float64
			}
			p := problem(rng, r, sizes[rng.IntN(10+number%16)], func() T { return from[rng.IntN(len(from))] })
			if p.c == 0 && name == "scal" {
				p.c = 1
			}
			compareClose(t, name, r, p)
		}
	}
}

// compareClose compares with gonum in relation to the result; what is an infinity as T is
// one.
func compareClose[T view.Float](t *testing.T, routineName string, r routine[T], p args[T]) {
	t.Helper()
	want := united[float64](p)
	r.want(&want)
	for name, i := range contract.ISAs() {
		strides := copied(p)
		r.ours(nil, i, &strides)
		got := united[float64](strides)
		all := append(append([]float64{got.result}, got.x...), got.y...)
		wants := append(append([]float64{want.result}, want.x...), want.y...)
		for j, x := range all {
			w := wants[j]
			if routineName != "iamax" || j > 0 {
				w = float64(T(w))
			}
			if d := math.Abs(x - w); !(d <= math.Abs(w)*float64(p.n+4)*epsilon[T]()) && d >= 8*math.SmallestNonzeroFloat32*epsilon[T]() && !(x != x && w != w) && x != w {
				t.Fatalf("%s, %s, n = %d, increments %d and %d, c = %v: [%d] is %v, gonum's %v", routineName, name, p.n, p.incX, p.incY, p.c, j, x, w)
			}
		}
	}
}

// TestSameBits: instruction sets, numbers of threads and increments make no difference.
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
			n := []int{70, 1030, 131_200}[number%3] + rng.IntN(50)
			p := problem(rng, r, n, contract.RandomValues[T](rng.Uint64(), number%2 == 0))
			if number < 6 {
				p.incX, p.incY = 1, 1
				p.x, p.y = p.x[:n], p.y[:n]
			}
			want := united[T](p)
			r.ours(nil, isa.Generic, &want)
			for iName, i := range contract.ISAs() {
				for _, pool := range pools {
					strides := copied(p)
					r.ours(pool, i, &strides)
					got := united[T](strides)
					wants := append(append([]T{T(want.result)}, want.x...), want.y...)
					for j, x := range append(append([]T{T(got.result)}, got.x...), got.y...) {
						if !contract.SameBits(x, wants[j]) {
							t.Fatalf("%s, %s, %d threads, n = %d, increments %d and %d: [%d] is %v, want %v", name, iName, pool.Threads(), n, p.incX, p.incY, j, x, wants[j])
						}
					}
				}
			}
		}
	}
}

// TestDsdot compares sums of float32 in float64 with gonum's, which are exact to rounding.
func TestDsdot(t *testing.T) {
	var g gonum.Implementation
	rng := rand.New(rand.NewPCG(23, 5))
	for _, n := range append(sizes, 20_000) {
		r := routine[float32]{}
		p := problem(rng, r, n, contract.RandomValues[float32](rng.Uint64(), false))
		u := united[float32](p)
		want, bound := g.Dsdot(n, u.x, 1, u.y, 1), 0.0
		for j, x := range u.x {
			bound += math.Abs(float64(x) * float64(u.y[j]))
		}
		reference := Dsdot(isa.Generic, n, u.x, 1, u.y, 1)
		if d := math.Abs(reference - want); d > 2*bound*float64(n)*epsilon[float64]() {
			t.Fatalf("n = %d: %v, gonum's %v", n, reference, want)
		}
		for name, i := range contract.ISAs() {
			if got := Dsdot(i, n, p.x, p.incX, p.y, p.incY); got != reference {
				t.Errorf("%s, n = %d: %v, by definition %v", name, n, got, reference)
			}
			if got, want := Sdsdot(i, n, 0.5, p.x, p.incX, p.y, p.incY), 0.5+float32(reference); n > 0 && got != want {
				t.Errorf("%s, n = %d: Sdsdot is %v, want %v", name, n, got, want)
			}
		}
	}
}

// TestIamax: the first of equals, NaN left out but at the front.
func TestIamax(t *testing.T) {
	nan := math.NaN()
	x := make([]float64, 1000)
	x[700], x[701], x[20] = -3, 3, nan
	for name, i := range contract.ISAs() {
		if got := Iamax(i, len(x), x, 1); got != 700 {
			t.Errorf("%s: the largest of 1000 is %d, want 700", name, got)
		}
		for _, c := range []struct {
			x    []float64
			want int
		}{{nil, -1}, {[]float64{0}, 0}, {[]float64{nan, 5}, 0}, {[]float64{0, nan, 0}, 0}, {[]float64{1, nan, -2, 2}, 2}, {make([]float64, 100), 0}} {
			if got := Iamax(i, len(c.x), c.x, 1); got != c.want {
				t.Errorf("%s: the largest of %v is %d, want %d", name, c.x, got, c.want)
			}
		}
	}
}

// TestZeroAlpha: what is multiplied by 0 does not matter.
func TestZeroAlpha(t *testing.T) {
	for name, i := range contract.ISAs() {
		x := []float64{math.NaN(), math.Inf(1), 1}
		if Scal(nil, i, 3, 0, x, 1); x[0] != 0 || x[1] != 0 || x[2] != 0 {
			t.Errorf("%s: 0 times a vector is %v", name, x)
		}
		y := []float64{1}
		if Axpy(nil, i, 1, 0, []float64{math.NaN()}, 1, y, 1); y[0] != 1 {
			t.Errorf("%s: 0 times NaN is added", name)
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
		for _, n := range []int{5, 600, 140_000} {
			for range 3 {
				p := problem(rng, r, n, func() T { return T(rng.NormFloat64()) })
				if count := testing.AllocsPerRun(20, func() { r.ours(pool, i, &p) }); count != 0 {
					t.Errorf("%s of %d: %v allocations", name, n, count)
				}
			}
		}
	}
}
