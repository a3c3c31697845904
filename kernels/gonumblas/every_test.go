package gonumblas_test

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
)

// arguments are those of the routines that are ours, in order. A matrix has its rows and
// columns, and those that it has transposed; a vector its elements, and those that it has where
// the matrix is transposed. o is the order of what stands on a side.
var arguments = map[string]string{
	"dot": "n x:n incX y:n incY", "nrm2": "n x:n incX", "asum": "n x:n incX", "amax": "n x:n incX", "swap": "n x:n incX y:n incY",
	"axpy": "n alpha x:n incX y:n incY", "scal": "n alpha x:n incX", "rot": "n x:n incX y:n incY alpha beta", "rotm": "n x:n incX y:n incY params",
	"dsdot": "n x:n incX y:n incY", "sdsdot": "n alpha x:n incX y:n incY",
	"gemv": "trans m n alpha a:mn lda x:n/m incX beta y:m/n incY", "ger": "m n alpha x:m incX y:n incY a:mn lda",
	"symv": "uplo n alpha a:nn lda x:n incX beta y:n incY", "syr": "uplo n alpha x:n incX a:nn lda", "syr2": "uplo n alpha x:n incX y:n incY a:nn lda",
	"trmv": "uplo trans diag n a:nn lda x:n incX", "trsv": "uplo trans diag n a:nn lda x:n incX",
	"gemm": "trans transB m n k alpha a:mk/km lda b:kn ldb beta c:mn ldc",
	"symm": "side uplo m n alpha a:oo lda b:mn ldb beta c:mn ldc",
	"syrk": "uplo trans n k alpha a:nk/kn lda beta c:nn ldc", "syr2k": "uplo trans n k alpha a:nk/kn lda b:nk/kn ldb beta c:nn ldc",
	"trmm": "side uplo trans diag m n alpha a:oo lda b:mn ldb", "trsm": "side uplo trans diag m n alpha a:oo lda b:mn ldb",
}

// nameOf is what an implementation calls a routine for elements of T.
func nameOf[T view.Float](routine string) string {
	letter := []string{"s", "d"}[view.Size[T]()/8]
	switch {
	case routine == "amax":
		return "I" + letter + routine
	case strings.HasSuffix(routine, "sdot"):
		return strings.ToUpper(routine[:1]) + routine[1:]
	}
	return strings.ToUpper(letter) + routine
}

// TestEveryMethodIsNamed: a method of gonum's BLAS is in the table above, or gonum's.
func TestEveryMethodIsNamed(t *testing.T) {
	named := map[string]bool{}
	for routine := range arguments {
		named[nameOf[float32](routine)], named[nameOf[float64](routine)] = true, true
	}
	for _, routine := range strings.Fields("copy rotg rotmg gbmv sbmv spmv spr spr2 tbmv tbsv tpmv tpsv") {
		named[nameOf[float32](routine)], named[nameOf[float64](routine)] = true, true
	}
	for _, all := range []reflect.Type{reflect.TypeFor[blas.Float32](), reflect.TypeFor[blas.Float64]()} {
		for i := range all.NumMethod() {
			if name := all.Method(i).Name; !named[name] {
				t.Errorf("%s is neither ours nor gonum's", name)
			}
		}
	}
}

// TestEveryRoutine compares each with gonum's on random arguments in guarded memory: sizes on both
// sides of what decides, increments of either sign, special values, and what is no number around
// all operands. TARGETPROP_ROUNDS is how many of each; make test-slow has thousands.
func TestEveryRoutine(t *testing.T) {
	n := 6
	switch long, err := strconv.Atoi(os.Getenv("TARGETPROP_ROUNDS")); {
	case err == nil:
		n = long
	case race.Enabled:
		n = 1
	case testing.Short():
		n = 3
	}
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) {
			everyRoutine[float32](t, n, i)
			everyRoutine[float64](t, n, i)
		})
	}
}

func everyRoutine[T view.Float](t *testing.T, n int, ours any) {
	memory, rng := contract.NewMemory[T](t), rand.New(rand.NewPCG(23, 2))
	for routine, words := range arguments {
		if view.Size[T]() == 8 && strings.HasSuffix(routine, "sdot") {
			continue
		}
		mine, theirs := reflect.ValueOf(ours).MethodByName(nameOf[T](routine)), reflect.ValueOf(gonum.Implementation{}).MethodByName(nameOf[T](routine))
		for round := range 4 * n {
			p := newProblem[T](rng, routine, words, round%4 == 3)
			want := p.call(theirs, p.plain(routine))
			guarded := p.guarded(memory, round%2 == 0)
			got := p.call(mine, guarded)
			p.compare(t, routine, got, want)
			if !memory.Release() {
				t.Fatalf("%s %v: something was written outside", routine, p)
			}
		}
	}
}

// TestBehind: slices may be longer than what is in them, as parts of others are. What is behind it stays,
// and changes nothing.
func TestBehind(t *testing.T) {
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) {
			behind[float32](t, i)
			behind[float64](t, i)
		})
	}
}

func behind[T view.Float](t *testing.T, ours any) {
	rng := rand.New(rand.NewPCG(23, 4))
	for routine, words := range arguments {
		if view.Size[T]() == 8 && strings.HasSuffix(routine, "sdot") {
			continue
		}
		mine := reflect.ValueOf(ours).MethodByName(nameOf[T](routine))
		for range 60 {
			p := newProblem[T](rng, routine, words, false)
			want, longer := p.call(mine, p.plain("")), p.plain("")
			for at, a := range longer {
				if x, ok := a.Interface().([]T); ok {
					longer[at] = reflect.ValueOf(append(x, 10, 11, 12, 13))
				}
			}
			got := p.call(mine, longer)
			for o := range got {
				n := len(want[o])
				if behind := got[o][n:]; len(behind) > 0 && !slices.Equal(behind, []float64{10, 11, 12, 13}) {
					t.Fatalf("%s %v: operand %d is followed by %v", routine, p, o, behind)
				}
				got[o] = got[o][:n]
			}
			p.compare(t, routine, got, want) // gonum's loops round by where memory begins
		}
	}
}

// TestOldResults: with beta = 0 what was in a result does not matter.
func TestOldResults(t *testing.T) {
	for name, i := range implementations(t) {
		t.Run(name, func(t *testing.T) {
			oldResults[float32](t, i)
			oldResults[float64](t, i)
		})
	}
}

func oldResults[T view.Float](t *testing.T, ours any) {
	rng := rand.New(rand.NewPCG(23, 5))
	for _, routine := range []string{"gemv", "symv", "gemm", "symm", "syrk", "syr2k"} {
		mine := reflect.ValueOf(ours).MethodByName(nameOf[T](routine))
		for range 60 {
			p := newProblem[T](rng, routine, arguments[routine], false)
			p.args[slices.Index(p.words, "beta")] = T(0)
			result := slices.IndexFunc(p.words, func(w string) bool { return w[0] == 'c' || w[0] == 'y' })
			over := func(old float64) []float64 {
				x := p.args[result].([]T)
				for i := range x {
					x[i] = T(old)
				}
				all := p.call(mine, p.plain(""))
				return all[len(all)-1]
			}
			const untouched = 7
			numbers := over(untouched)
			for e, v := range over(math.NaN()) {
				if math.IsNaN(v) && numbers[e] != untouched {
					t.Fatalf("%s %v: element %d is NaN over NaN, and %v over a number", routine, p, e, numbers[e])
				}
			}
		}
	}
}

// TestOneElement: the increment of a vector of one element means nothing. It was gonum's loops
// that served then, and Dger's read elsewhere.
func TestOneElement(t *testing.T) {
	const m = 33
	memory := contract.NewMemory[float64](t)
	for name, b := range implementations(t) {
		if name == "default" && kernels.Default().ISA() == kernels.Generic {
			continue // gonum's
		}
		for _, incY := range []int{1, 3, -3, math.MaxInt, math.MinInt + 1} {
			x, y, a := memory.Slice(3*(m-1)+1, false), memory.Slice(1, true), memory.Slice(m, true)
			clear(a)
			for i := range x {
				x[i] = float64(i / 3)
			}
			y[0] = 2
			if b.Dger(m, 1, 10, x, -3, y, incY, a, 1); a[0] != 10*2*(m-1) || a[m-1] != 0 {
				t.Errorf("%s, increment %d: from %v to %v", name, incY, a[0], a[m-1])
			}
			if !memory.Release() {
				t.Errorf("%s, increment %d: something was written outside", name, incY)
			}
		}
	}
}

// TestEveryPanic spoils one argument after the other: panics have gonum's words, and nothing was
// written before.
func TestEveryPanic(t *testing.T) {
	for name, i := range implementations(t) {
		if name == "default" || name == "threads=3" {
			t.Run(name, func(t *testing.T) {
				everyPanic[float32](t, i)
				everyPanic[float64](t, i)
			})
		}
	}
}

func everyPanic[T view.Float](t *testing.T, ours any) {
	rng, refused := rand.New(rand.NewPCG(23, 3)), 0
	for routine, words := range arguments {
		if view.Size[T]() == 8 && strings.HasSuffix(routine, "sdot") {
			continue
		}
		mine, theirs := reflect.ValueOf(ours).MethodByName(nameOf[T](routine)), reflect.ValueOf(gonum.Implementation{}).MethodByName(nameOf[T](routine))
		for at := range strings.Fields(words) {
			for way := range 6 {
				p := newProblem[T](rng, routine, words, false)
				spoilt := func() []reflect.Value {
					args := p.plain("")
					p.spoil(args, at, way)
					return args
				}
				wrong, alike := spoilt(), spoilt()
				want, got := caught.Panic(func() { theirs.Call(alike) }), caught.Panic(func() { mine.Call(wrong) })
				if huge := way == 3 || way == 5; got != want && !(huge && strings.HasPrefix(got, "blas: insufficient length")) {
					t.Fatalf("%s %v, argument %d spoilt in way %d: panic %q, gonum %q", routine, p, at, way, got, want)
				}
				if want == "" || strings.HasPrefix(want, "runtime error") {
					continue
				}
				refused++
				before := spoilt()
				for j := range before {
					if x, ok := before[j].Interface().([]T); ok {
						for e, v := range wrong[j].Interface().([]T) {
							if !contract.SameBits(v, x[e]) {
								t.Fatalf("%s %v, argument %d spoilt in way %d: element %d of argument %d was written", routine, p, at, way, e, j)
							}
						}
					}
				}
			}
		}
	}
	if refused < 200 {
		t.Errorf("%d calls were refused", refused)
	}
}

// spoil makes the argument wrong in some way; not in every way that there is a number for.
func (p *problem[T]) spoil(args []reflect.Value, at, way int) {
	switch a := args[at].Interface().(type) {
	case int:
		args[at] = reflect.ValueOf([]int{-1, 0, a * 50, 1 << (bits.UintSize / 8 * 5), a - 1, math.MinInt}[way])
	case blas.Side, blas.Uplo, blas.Transpose, blas.Diag:
		v := reflect.New(args[at].Type()).Elem()
		v.SetUint(uint64("xA\x00\xffUC"[way]))
		args[at] = v
	case []T:
		args[at] = reflect.ValueOf([][]T{nil, a[:0], a[:len(a)/3], a[:max(0, len(a)-1)], a[:min(1, len(a))], a[:len(a)/2]}[way])
	case blas.SrotmParams:
		a.Flag = blas.Flag(way - 3)
		args[at] = reflect.ValueOf(a)
	case blas.DrotmParams:
		a.Flag = blas.Flag(way - 3)
		args[at] = reflect.ValueOf(a)
	}
}
