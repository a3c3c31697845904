package level3

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/internal/view"
)

// triangle is a triangle whose inverse is not large, NaN where it is not to be read, and
// op of it as a whole matrix.
func triangle[T view.Float](rng *rand.Rand, n int, upper, trans, unit bool) (Triangle[T], view.Matrix[T]) {
	a := Triangle[T]{Matrix: random[T](rng, n, n), Upper: upper, Trans: trans, Unit: unit}
	full := view.NewMatrix[T](n, n)
	for i := range n {
		for j := range n {
			x := a.Row(i)[j] / T(n)
			if i == j {
				x = T(1 + rng.Float64())
			}
			a.Row(i)[j] = x
			if i == j && unit {
				x = 1
			}
			if i == j || (i < j) == upper {
				full.Row(i)[j] = x
			}
		}
	}
	spoil(a.Matrix, upper, unit)
	return a, op(trans, full)
}

// near compares with a bound for chains of so many terms of about 1, relative to the
// largest element, and bits between the rows.
func near[T view.Float](t *testing.T, what string, got, want view.Matrix[T], terms int) {
	t.Helper()
	eps, largest := 0x1p-52, 1.0
	if view.Size[T]() == 4 {
		eps = 0x1p-23
	}
	for i := range want.Rows {
		for _, x := range want.Row(i) {
			if x == x {
				largest = max(largest, math.Abs(float64(x)))
			}
		}
	}
	for i := range want.Data {
		g, w := float64(got.Data[i]), float64(want.Data[i])
		if !(math.Abs(g-w) <= 4*eps*float64(terms+4)*largest) && !(g != g && w != w) {
			t.Fatalf("%s: row %d, column %d is %v, want %v", what, i/want.Stride, i%want.Stride, g, w)
		}
	}
}

// eachTriangular calls do with triangles of all kinds and shapes on both sides of every
// size that decides.
func eachTriangular[T view.Float](seed uint64, do func(what string, left bool, alpha T, a Triangle[T], full, b view.Matrix[T])) {
	rng := rand.New(rand.NewPCG(seed, 0))
	crossing := append([]int{wideLines - 1, wideLines, wideLines + 1, pieceBytes/4 + 3, pieceBytes/8 + 3}, sizes...)
	for round := range rounds(50) {
		order, n := sizes[rng.IntN(len(sizes))], crossing[rng.IntN(len(crossing))]
		alpha := T(factors[round%4])
		for kind := range 16 {
			left, upper, trans, unit := kind&1 != 0, kind&2 != 0, kind&4 != 0, kind&8 != 0
			a, full := triangle[T](rng, order, upper, trans, unit)
			b := random[T](rng, n, order)
			if left {
				b = random[T](rng, order, n)
			}
			do(fmt.Sprintf("left %v upper %v trans %v unit %v order %d with %d alpha %v", left, upper, trans, unit, order, n, alpha), left, alpha, a, full, b)
		}
	}
}

// multiplied is alpha*a*b, or alpha*b*a, and what is between the rows of b.
func multiplied[T view.Float](left bool, alpha T, a, b view.Matrix[T]) view.Matrix[T] {
	c := clone(b)
	if !left {
		a, b = b, a
	}
	reference(false, false, alpha, a, b, 0, c)
	return c
}

func TestTrmm(t *testing.T) { both(t, testTrmm[float32], testTrmm[float64]) }

func testTrmm[T view.Float](t *testing.T) {
	eachTriangular(3, func(what string, left bool, alpha T, a Triangle[T], full, b view.Matrix[T]) {
		want := multiplied(left, alpha, full, b)
		Trmm(best(), left, alpha, a, b)
		near(t, what, b, want, full.Rows)
	})
}

// TestTrsm multiplies the solution again.
func TestTrsm(t *testing.T) { both(t, testTrsm[float32], testTrsm[float64]) }

func testTrsm[T view.Float](t *testing.T) {
	eachTriangular(4, func(what string, left bool, alpha T, a Triangle[T], full, b view.Matrix[T]) {
		want := clone(b)
		for i := range want.Rows {
			scale(want.Row(i), alpha)
		}
		Trsm(best(), left, alpha, a, b)
		got := multiplied(left, 1, full, b)
		near(t, what, got, want, 4*full.Rows)
	})
}

// TestStrides: how far rows are apart changes no bits.
func TestStrides(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 0))
	for kind := range 16 {
		left, upper, trans, solve := kind&1 != 0, kind&2 != 0, kind&4 != 0, kind&8 != 0
		for _, crossing := range []int{1, 6, 20, wideLines + 1} {
			const order = 70
			a, _ := triangle[float32](rng, order, upper, trans, false)
			b := random[float32](rng, crossing, order)
			if left {
				b = random[float32](rng, order, crossing)
			}
			apart := func(m view.Matrix[float32]) view.Matrix[float32] {
				wide := view.Matrix[float32]{Rows: m.Rows, Cols: m.Cols, Stride: 3 * m.Stride, Data: make([]float32, m.Rows*3*m.Stride)}
				for i := range m.Rows {
					copy(wide.Row(i), m.Row(i))
				}
				return wide
			}
			far, result := a, apart(b)
			far.Matrix = apart(a.Matrix)
			if solve {
				Trsm(best(), left, 1, a, b)
				Trsm(best(), left, 1, far, result)
			} else {
				Trmm(best(), left, 1, a, b)
				Trmm(best(), left, 1, far, result)
			}
			for i := range b.Rows {
				want, got := b.Row(i), result.Row(i)
				for j := range want {
					if got[j] != want[j] {
						t.Fatalf("left %v upper %v trans %v solve %v with %d: (%d, %d) is %v, want %v", left, upper, trans, solve, crossing, i, j, got[j], want[j])
					}
				}
			}
		}
	}
}

// TestClearsNaN: an alpha of 0 reads neither operand.
func TestClearsNaN(t *testing.T) {
	nan := math.NaN()
	for _, f := range []func(b view.Matrix[float64], a Triangle[float64]){
		func(b view.Matrix[float64], a Triangle[float64]) { Trmm(best(), true, 0, a, b) },
		func(b view.Matrix[float64], a Triangle[float64]) { Trsm(best(), false, 0, a, b) },
	} {
		b := view.Matrix[float64]{Rows: 2, Cols: 2, Stride: 2, Data: []float64{nan, 1, 2, nan}}
		a := Triangle[float64]{Matrix: view.Matrix[float64]{Rows: 2, Cols: 2, Stride: 2, Data: []float64{nan, nan, nan, nan}}}
		if f(b, a); fmt.Sprint(b.Data) != "[0 0 0 0]" {
			t.Error(b.Data)
		}
	}
}

// TestNaNStays: what is not a number reaches the lines that depend on it, and no others,
// whatever block they are in.
func TestNaNStays(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 0))
	for kind := range 16 {
		left, upper, trans, solve := kind&1 != 0, kind&2 != 0, kind&4 != 0, kind&8 != 0
		for _, crossing := range []int{3, 16, wideLines} {
			const order = 150
			a, _ := triangle[float64](rng, order, upper, trans, false)
			at, other := rng.IntN(order), rng.IntN(crossing)
			b := random[float64](rng, crossing, order)
			if left {
				b = random[float64](rng, order, crossing)
			}
			element := func(line, j int) *float64 {
				if left {
					return &b.Row(line)[j]
				}
				return &b.Row(j)[line]
			}
			*element(at, other) = math.Inf(1)
			if solve {
				Trsm(best(), left, 1, a, b)
			} else {
				Trmm(best(), left, 1, a, b)
			}
			later := left != a.upper()
			for line := range order {
				for j := range crossing {
					x := *element(line, j)
					depends := j == other && (line == at || (line > at) == later)
					if finite := !math.IsNaN(x) && !math.IsInf(x, 0); finite == depends {
						t.Fatalf("left %v upper %v trans %v solve %v: infinite at line %d; line %d, element %d of %d is %v", left, upper, trans, solve, at, line, j, other, x)
					}
				}
			}
		}
	}
}

// TestTinyDiagonal: the inverse of a subnormal number would be infinite.
func TestTinyDiagonal(t *testing.T) {
	for _, order := range []int{1, panelOrder + 1, solveBlock + 30} {
		for _, crossing := range []int{1, panelLines + 1, wideLines} {
			for _, left := range []bool{false, true} {
				a, b := view.NewMatrix[float64](order, order), view.NewMatrix[float64](crossing, order)
				if left {
					b = view.NewMatrix[float64](order, crossing)
				}
				for i := range order {
					a.Row(i)[i] = 1
				}
				a.Row(order / 2)[order/2] = -0x1p-1060
				for i := range b.Data {
					b.Data[i] = 0x1p-1060
				}
				Trsm(best(), left, 1, Triangle[float64]{Matrix: a}, b)
				for i := range b.Rows {
					for j, x := range b.Row(i) {
						want, line := 0x1p-1060, j
						if left {
							line = i
						}
						if line == order/2 {
							want = -1
						}
						if x != want {
							t.Fatalf("order %d, left %v, row %d, column %d of %d: %v, want %v", order, left, i, j, b.Cols, x, want)
						}
					}
				}
			}
		}
	}
}
