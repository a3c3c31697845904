package gonumblas_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/view"
)

// problem is the arguments of a call.
type problem[T view.Float] struct {
	words   []string
	args    []any
	m, n, k int
	special bool // NaN and infinities, and no zeros that gonum would skip
}

func (p *problem[T]) String() string {
	var s []string
	for i, w := range p.words {
		if x, ok := p.args[i].([]T); ok {
			s = append(s, fmt.Sprintf("%s of %d", w, len(x)))
		} else {
			s = append(s, fmt.Sprintf("%s %v", w, p.args[i]))
		}
	}
	return strings.Join(s, ", ")
}

// newProblem is a valid call. What no routine may read, in the other triangle, on a diagonal of
// ones, between rows and elements, is NaN.
func newProblem[T view.Float](rng *rand.Rand, routine, words string, special bool) *problem[T] {
	// Both sides of the sizes from which routines are ours, go in blocks, in whole vectors.
	some := []int{0, 1, 2, 3, 4, 5, 7, 8, 9, 14, 15, 16, 17, 23, 24, 25, 31, 33, 48, 63, 64, 65, 66, 97, 128, 130}
	size := func() int { return some[rng.IntN(len(some))] }
	p := &problem[T]{words: strings.Fields(words), m: size(), n: size(), k: size(), special: special}
	has := func(word string) bool { return slices.Contains(p.words, word) }
	if !has("m") && !has("k") && !strings.Contains(words, "nn") && rng.IntN(4) == 0 {
		p.n = []int{255, 257, 1030, 70_000}[rng.IntN(4)] // vectors alone
	}
	pick := func(from ...int) int { return from[rng.IntN(len(from))] }
	side, uplo := blas.Side(pick(int(blas.Left), int(blas.Right))), blas.Uplo(pick(int(blas.Upper), int(blas.Lower)))
	trans, transB := blas.Transpose(pick('N', 'T', 'C')), blas.Transpose(pick('N', 'T', 'C'))
	diag := blas.Diag(pick(int(blas.Unit), int(blas.NonUnit)))
	order := p.m
	if side == blas.Right {
		order = p.n
	}
	dims := map[byte]int{'m': p.m, 'n': p.n, 'k': p.k, 'o': order}
	alpha, beta := T(pick(0, 1, -1, 2, 3))/2, T(pick(0, 1, 2, 2, 3))/2
	if special {
		alpha = 2
		if beta == 0 {
			beta = 1 // gonum keeps what is NaN in some symmetric results
		}
	}
	solves := routine == "trsv" || routine == "trsm"
	triangle := has("diag") || routine == "symm" || routine == "symv"
	for _, word := range p.words {
		name, shape, _ := strings.Cut(word, ":")
		if plain, other, ok := strings.Cut(shape, "/"); ok {
			shape = plain
			if trans != blas.NoTrans {
				shape = other
			}
		}
		var a any
		switch name {
		case "side":
			a = side
		case "uplo":
			a = uplo
		case "trans":
			a = trans
		case "transB":
			a = transB
		case "diag":
			a = diag
		case "m", "n", "k":
			a = dims[name[0]]
		case "alpha":
			a = alpha
			if strings.HasPrefix(routine, "sdsdot") {
				a = float32(alpha)
			}
		case "beta":
			a = beta
		case "params":
			h := [4]T{T(rng.NormFloat64()), 0.5, -2, 1}
			flag := blas.Flag(pick(int(blas.Identity), int(blas.Rescaling), int(blas.OffDiagonal), int(blas.Diagonal)))
			a = blas.DrotmParams{Flag: flag, H: [4]float64{float64(h[0]), float64(h[1]), float64(h[2]), float64(h[3])}}
			if view.Size[T]() == 4 {
				a = blas.SrotmParams{Flag: flag, H: [4]float32{float32(h[0]), float32(h[1]), float32(h[2]), float32(h[3])}}
			}
		case "x", "y":
			inc := pick(1, 1, 1, 2, -1, -3)
			if !has("incY") && !has("uplo") {
				inc = max(inc, -inc) // routines of one vector have none below 0
			}
			p.args = append(p.args, p.vector(rng, dims[shape[0]], inc))
			a = inc
		case "a", "b", "c":
			rows, cols := dims[shape[0]], dims[shape[1]]
			if name == "b" && has("transB") && transB != blas.NoTrans {
				rows, cols = cols, rows
			}
			ld := max(1, cols) + pick(0, 0, 3)
			x := p.matrix(rng, rows, cols, ld)
			for i := range rows {
				for j := range cols {
					switch at := i*ld + j; {
					case name == "a" && triangle && i != j && (i < j) != (uplo == blas.Upper), name == "a" && has("diag") && diag == blas.Unit && i == j:
						x[at] = T(math.NaN())
					case name == "a" && solves && i == j:
						x[at] = T(1 + rng.Float64())
					case name == "a" && solves:
						x[at] /= T(rows)
					}
				}
			}
			p.args = append(p.args, x)
			a = ld
		case "incX", "incY", "lda", "ldb", "ldc":
			continue // with its operand
		}
		p.args = append(p.args, a)
	}
	return p
}

// value is a random number, and sometimes none, or an infinity.
func (p *problem[T]) value(rng *rand.Rand) T {
	if p.special && rng.IntN(40) == 0 {
		return T([]float64{math.NaN(), math.Inf(1), math.Inf(-1)}[rng.IntN(3)])
	}
	return T(rng.NormFloat64())
}

func (p *problem[T]) vector(rng *rand.Rand, n, inc int) []T {
	step := max(inc, -inc)
	x := make([]T, max(0, (n-1)*step+1))
	for i := range x {
		x[i] = T(math.NaN())
		if i%step == 0 {
			x[i] = p.value(rng)
		}
	}
	return x
}

func (p *problem[T]) matrix(rng *rand.Rand, rows, cols, ld int) []T {
	if rows == 0 {
		return nil
	}
	x := make([]T, (rows-1)*ld+cols)
	for i := range x {
		x[i] = T(math.NaN())
		if i%ld < cols {
			x[i] = p.value(rng)
		}
	}
	return x
}

// plain are the arguments with operands of their own. Gonum's Dger of some negative increments
// is wrong: its vectors are turned, if the routine is named.
func (p *problem[T]) plain(routine string) []reflect.Value {
	args := make([]reflect.Value, len(p.args))
	for i, a := range p.args {
		if x, ok := a.([]T); ok {
			a = slices.Clone(x)
		}
		args[i] = reflect.ValueOf(a)
	}
	for i, w := range p.words {
		if inc, ok := p.args[i].(int); routine == "ger" && ok && strings.HasPrefix(w, "inc") {
			x := args[i-1].Interface().([]T)
			var unit []T
			for j := 0; j < len(x); j += max(inc, -inc) {
				unit = append(unit, x[j])
			}
			if inc < 0 {
				slices.Reverse(unit)
			}
			args[i-1], args[i] = reflect.ValueOf(unit), reflect.ValueOf(1)
		}
	}
	return args
}

// guarded are the arguments with operands at protected pages.
func (p *problem[T]) guarded(memory contract.Memory[T], atEnd bool) []reflect.Value {
	args := make([]reflect.Value, len(p.args))
	for i, a := range p.args {
		if x, ok := a.([]T); ok {
			y := memory.Slice(len(x), atEnd)
			copy(y, x)
			a = y
		}
		args[i] = reflect.ValueOf(a)
	}
	return args
}

// call runs the routine. Its results are the operands, and what it returns.
func (p *problem[T]) call(method reflect.Value, args []reflect.Value) (results [][]float64) {
	returned := method.Call(args)
	for _, r := range returned {
		if r.CanInt() {
			results = append(results, []float64{float64(r.Int())})
		} else {
			results = append(results, []float64{r.Float()})
		}
	}
	for _, a := range args {
		if x, ok := a.Interface().([]T); ok {
			wide := make([]float64, len(x))
			for i, v := range x {
				wide[i] = float64(v)
			}
			results = append(results, wide)
		}
	}
	return results
}

// compare compares with the bound of the sums, or where numbers are.
func (p *problem[T]) compare(t *testing.T, routine string, got, want [][]float64) {
	t.Helper()
	eps, terms := 0x1p-52, 2*max(p.m, p.n, p.k)
	if view.Size[T]() == 4 {
		eps = 0x1p-23
	}
	for o := range want {
		if routine == "ger" && o < len(want)-1 {
			continue // vectors, which were turned for gonum
		}
		largest := 1.0
		for _, w := range want[o] {
			if x := math.Abs(w); x > largest && !math.IsInf(x, 0) {
				largest = x
			}
		}
		for i, w := range want[o] {
			g := got[o][i]
			if finite := g-g == 0; p.special && finite == (w-w == 0) && !finite {
				continue
			}
			if !(math.Abs(g-w) <= 8*eps*float64(terms+8)*largest) && !(g != g && w != w) && g != w {
				t.Fatalf("%s %v: element %d of result %d is %v, gonum %v", routine, p, i, o, g, w)
			}
		}
	}
}
