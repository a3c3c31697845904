package gonumblas_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

// sizes are 0, and both sides of what blocks and small products are.
var sizes = []int{0, 1, 2, 3, 5, 6, 7, 8, 9, 16, 17, 33, 64, 65, 70, 128, 130, 193}

// randomCall is a valid call of any of the routines, with square operands as large as any
// side, and NaN where nothing may be read. It may have a few special values.
func randomCall[T view.Float](rng *rand.Rand, name string) call[T] {
	pick := func() int { return sizes[rng.IntN(len(sizes))] }
	x := call[T]{
		s: []blas.Side{blas.Left, blas.Right}[rng.IntN(2)], ul: []blas.Uplo{blas.Upper, blas.Lower}[rng.IntN(2)], d: []blas.Diag{blas.NonUnit, blas.Unit}[rng.IntN(2)],
		tA: []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans}[rng.IntN(3)], tB: []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans}[rng.IntN(3)],
		m: pick(), n: pick(), k: pick(), alpha: []T{1, -0.5, 2, 0}[rng.IntN(4)], beta: []T{0, 1, -0.5}[rng.IntN(3)],
	}
	side := max(x.m, x.n, x.k, 1)
	x.lda, x.ldb, x.ldc = side+rng.IntN(4), side+rng.IntN(4), side+rng.IntN(4)
	x.a, x.b, x.c = random[T](rng, side*x.lda), random[T](rng, side*x.ldb), random[T](rng, side*x.ldc)
	switch order := side; name {
	case "gemv":
		x.ldb, x.ldc = 1+rng.IntN(3), 1-2*rng.IntN(2)
		results := x.m
		if x.tA != blas.NoTrans {
			results = x.n
		}
		x.c = x.c[:max(1, results)] // gonum clears all of it, used or not
	case "trmm", "trsm":
		for i := range order { // so that the inverse is not large
			for j := range order {
				x.a[i*x.lda+j] /= T(order)
			}
			x.a[i*x.lda+i] = T(1 + rng.Float64())
		}
		fallthrough
	case "symm":
		for i := range order {
			for j := range order {
				if i != j && (i < j) != (x.ul == blas.Upper) {
					x.a[i*x.lda+j] = T(math.NaN())
				}
			}
		}
	case "syrk", "syr2k":
		if x.beta == 0 && x.tA == blas.NoTrans { // with a transpose gonum keeps NaN in the lower triangle
			for i := range x.c {
				x.c[i] = T(math.NaN())
			}
		}
	}
	return x
}

func random[T view.Float](rng *rand.Rand, n int) []T {
	x := make([]T, n)
	for i := range x {
		x[i] = T(rng.NormFloat64())
	}
	return x
}

// agree compares two results, terms added up each.
func agree[T view.Float](t *testing.T, what string, got, want []T, terms int) {
	t.Helper()
	eps := 0x1p-52
	if view.Size[T]() == 4 {
		eps = 0x1p-23
	}
	largest := 1.0
	for _, w := range want {
		if x := math.Abs(float64(w)); x > largest && !math.IsInf(x, 0) {
			largest = x
		}
	}
	for i := range want {
		g, w := float64(got[i]), float64(want[i])
		if !(math.Abs(g-w) <= 8*eps*float64(terms+8)*largest) && g != w && !(g != g && w != w) {
			t.Fatalf("%s: element %d is %v, gonum %v", what, i, g, w)
		}
	}
}

func (x *call[T]) String() string {
	return fmt.Sprintf("%c %c %c%c %c %d x %d x %d alpha %v beta %v strides %d %d %d", x.s, x.ul, x.tA, x.tB, x.d, x.m, x.n, x.k, x.alpha, x.beta, x.lda, x.ldb, x.ldc)
}

// TestAgreesWithGonum: on all of the operands, what is outside of the result too.
func TestAgreesWithGonum(t *testing.T) {
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) {
			n := rounds(150)
			if name == kernels.Generic.String() {
				n = rounds(40)
			}
			agrees(t, n, routines32(i), routines32(gonum.Implementation{}))
			agrees(t, n, routines64(i), routines64(gonum.Implementation{}))
		})
	}
}

func agrees[T view.Float](t *testing.T, n int, ours, theirs routines[T]) {
	rng := rand.New(rand.NewPCG(7, uint64(n)))
	for _, name := range names {
		for range n {
			got := randomCall[T](rng, name)
			want := got.clone()
			want.run(name, &theirs)
			got.run(name, &ours)
			what := fmt.Sprintf("%s %v", name, &got)
			terms := 2 * max(got.m, got.n, got.k)
			agree(t, what+": a", got.a, want.a, 0)
			agree(t, what+": b", got.b, want.b, 2*terms)
			agree(t, what+": c", got.c, want.c, terms)
		}
	}
}

// TestNaNAndInf: what is not a number, or not finite, reaches the same elements as in
// gonum's loops. None of the factors is 0, which gonum may skip.
func TestNaNAndInf(t *testing.T) {
	i := implementations(t)["default"]
	t.Run("float32", func(t *testing.T) { special(t, routines32(i), routines32(gonum.Implementation{})) })
	t.Run("float64", func(t *testing.T) { special(t, routines64(i), routines64(gonum.Implementation{})) })
}

func special[T view.Float](t *testing.T, ours, theirs routines[T]) {
	rng := rand.New(rand.NewPCG(8, 0))
	finite := func(x T) bool { return x-x == 0 }
	for _, name := range names {
		for range rounds(40) {
			got := randomCall[T](rng, name)
			got.alpha = 2
			for range 3 {
				of := [][]T{got.a, got.b}[rng.IntN(2)]
				of[rng.IntN(len(of))] = []T{T(math.NaN()), T(math.Inf(1))}[rng.IntN(2)]
			}
			want := got.clone()
			want.run(name, &theirs)
			got.run(name, &ours)
			for o, pair := range [][2][]T{{got.b, want.b}, {got.c, want.c}} {
				for j, w := range pair[1] {
					if g := pair[0][j]; finite(g) != finite(w) {
						t.Fatalf("%s %v: element %d of operand %d is %v, gonum %v", name, &got, j, o+1, g, w)
					}
				}
			}
		}
	}
}

// TestZeroTimesNaN: here it is NaN; gonum skips a zero of some factors.
func TestZeroTimesNaN(t *testing.T) {
	nan := math.NaN()
	for _, tA := range []blas.Transpose{blas.NoTrans, blas.Trans} {
		c := []float64{1}
		implementations(t)["threads=3"].Dgemm(tA, blas.NoTrans, 1, 1, 1, 1, []float64{0}, 1, []float64{nan}, 1, 1, c, 1)
		if c[0] == c[0] {
			t.Errorf("%c: %v", tA, c)
		}
	}
}

// TestGonumWithoutAssembly: without kernels in assembly, and without the option, the bits
// are gonum's.
func TestGonumWithoutAssembly(t *testing.T) {
	e, err := kernels.New(kernels.WithMaxISA(kernels.Generic))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	i := gonumblas.New(e)
	t.Run("float32", func(t *testing.T) { sameAsGonum(t, routines32(i), routines32(gonum.Implementation{})) })
	t.Run("float64", func(t *testing.T) { sameAsGonum(t, routines64(i), routines64(gonum.Implementation{})) })
}

func sameAsGonum[T view.Float](t *testing.T, ours, theirs routines[T]) {
	rng := rand.New(rand.NewPCG(11, 0))
	for _, name := range names {
		for range rounds(20) {
			got := randomCall[T](rng, name)
			want := got.clone()
			want.run(name, &theirs)
			got.run(name, &ours)
			for o, pair := range [][2][]T{{got.b, want.b}, {got.c, want.c}} {
				for j, w := range pair[1] {
					if !contract.SameBits(pair[0][j], w) {
						t.Fatalf("%s %v: element %d of operand %d is %v, gonum %v", name, &got, j, o+1, pair[0][j], w)
					}
				}
			}
		}
	}
}
