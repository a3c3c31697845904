package gonumblas_test

import (
	"maps"
	"math/rand/v2"
	"reflect"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/view"
	"github.com/targetprop/targetprop/kernels"
)

// TestManyGoroutines: 64 at once on one engine get the bits of one on one thread.
func TestManyGoroutines(t *testing.T) {
	one, shared := newImplementation(t, kernels.AVX512, 1), newImplementation(t, kernels.AVX512, 3)
	t.Run("float32", func(t *testing.T) { manyGoroutines(t, routines32(one), routines32(shared)) })
	t.Run("float64", func(t *testing.T) { manyGoroutines(t, routines64(one), routines64(shared)) })
}

func manyGoroutines[T view.Float](t *testing.T, one, shared routines[T]) {
	var all sync.WaitGroup
	for g := range 64 {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(g), 64))
			for range 3 {
				name := names[rng.IntN(len(names))]
				want := randomCall[T](rng, name)
				got := want.clone()
				got.run(name, &shared)
				want.run(name, &one)
				for o, pair := range [][2][]T{{got.b, want.b}, {got.c, want.c}} {
					for i, w := range pair[1] {
						if !contract.SameBits(pair[0][i], w) {
							t.Errorf("%s %v: element %d of operand %d is %v, want %v", name, &got, i, o+1, pair[0][i], w)
							return
						}
					}
				}
			}
		})
	}
	all.Wait()
}

// TestManyGoroutinesEveryRoutine has them call all routines that are ours.
func TestManyGoroutinesEveryRoutine(t *testing.T) {
	one, shared := newImplementation(t, kernels.AVX512, 1), newImplementation(t, kernels.AVX512, 3)
	t.Run("float32", func(t *testing.T) { manyCallAll[float32](t, one, shared) })
	t.Run("float64", func(t *testing.T) { manyCallAll[float64](t, one, shared) })
}

func manyCallAll[T view.Float](t *testing.T, one, shared any) {
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(arguments)), func(name string) bool { return view.Size[T]() == 8 && strings.HasSuffix(name, "sdot") })
	var all sync.WaitGroup
	for g := range 64 {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(g), 65))
			for i := range 4 {
				name := names[(g+i*7)%len(names)]
				p := newProblem[T](rng, name, arguments[name], false)
				got := p.call(reflect.ValueOf(shared).MethodByName(nameOf[T](name)), p.plain(""))
				want := p.call(reflect.ValueOf(one).MethodByName(nameOf[T](name)), p.plain(""))
				for o := range want {
					if !slices.EqualFunc(got[o], want[o], contract.SameBits[float64]) {
						t.Errorf("%s %v: result %d has other bits than on one thread", name, p, o)
						return
					}
				}
			}
		})
	}
	all.Wait()
}

// TestAllocationsOfVectors: none in Levels 1 and 2 either.
func TestAllocationsOfVectors(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	const n = 100
	b := newImplementation(t, kernels.AVX512, 1)
	a, x, y := make([]float64, n*n), make([]float64, n), make([]float64, 2*n)
	c, u, v := make([]float32, n*n), make([]float32, n), make([]float32, 2*n)
	for i := range n {
		a[i*n+i], c[i*n+i], x[i], u[i] = 1, 1, 1, 1
	}
	for name, f := range map[string]func(){
		"dot": func() {
			b.Ddot(n, x, 1, y, 2)
			b.Sdot(n, u, 1, v, 2)
			b.Dsdot(n, u, 1, v, 2)
			b.Sdsdot(n, 1, u, 1, v, 1)
		},
		"nrm2":  func() { b.Dnrm2(n, x, 1); b.Snrm2(n, v, 2) },
		"asum":  func() { b.Dasum(n, x, 1); b.Sasum(n, v, 2) },
		"iamax": func() { b.Idamax(n, x, 1); b.Isamax(n, v, 2) },
		"swap":  func() { b.Dswap(n, x, 1, y, 2); b.Sswap(n, u, 1, v, 1) },
		"axpy":  func() { b.Daxpy(n, 0.5, x, 1, y, 2); b.Saxpy(n, 0.5, u, 1, v, 1) },
		"scal":  func() { b.Dscal(n, -1, x, 1); b.Sscal(n, -1, v, 2) },
		"rot":   func() { b.Drot(n, x, 1, y, -2, 0.6, 0.8); b.Srot(n, u, 1, v, 1, 0.6, 0.8) },
		"rotm": func() {
			b.Drotm(n, x, 1, y, -2, blas.DrotmParams{Flag: blas.OffDiagonal})
			b.Srotm(n, u, 1, v, 1, blas.SrotmParams{Flag: blas.OffDiagonal})
		},
		"gemv": func() { b.Dgemv('T', n, n, 1, a, n, x, 1, 0.5, y, 2); b.Sgemv('N', n, n, 1, c, n, u, 1, 0, v, -2) },
		"ger":  func() { b.Dger(n, n, 0.001, x, 1, y, -2, a, n); b.Sger(n, n, 0.001, u, 1, v, 1, c, n) },
		"symv": func() { b.Dsymv('U', n, 1, a, n, x, 1, 0.5, y, 2); b.Ssymv('L', n, 1, c, n, u, 1, 0, v, -2) },
		"syr":  func() { b.Dsyr('U', n, 0.001, x, 1, a, n); b.Ssyr('L', n, 0.001, u, -1, c, n) },
		"syr2": func() { b.Dsyr2('U', n, 0.001, x, 1, y, 2, a, n); b.Ssyr2('L', n, 0.001, u, -1, v, 1, c, n) },
		"trmv": func() { b.Dtrmv('U', 'T', 'U', n, a, n, x, 1); b.Strmv('L', 'N', 'N', n, c, n, u, -1) },
		"trsv": func() { b.Dtrsv('U', 'T', 'U', n, a, n, x, 1); b.Strsv('L', 'N', 'N', n, c, n, u, -1) },
	} {
		if count := testing.AllocsPerRun(3, f); count != 0 {
			t.Errorf("%s allocates %v times", name, count)
		}
	}
}

// TestAllocations: none in a call after the first.
func TestAllocations(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector makes pools forget")
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // a collection empties the pools of buffers
	i := newImplementation(t, kernels.AVX512, 1)
	t.Run("float32", func(t *testing.T) { allocations(t, routines32(i)) })
	t.Run("float64", func(t *testing.T) { allocations(t, routines64(i)) })
}

func allocations[T view.Float](t *testing.T, ours routines[T]) {
	rng := rand.New(rand.NewPCG(10, 0))
	for _, name := range names {
		for range 10 {
			x := randomCall[T](rng, name)
			if name == "trsm" || name == "trmm" {
				x.alpha = 0.5
			}
			if n := testing.AllocsPerRun(3, func() { x.run(name, &ours) }); n != 0 {
				t.Errorf("%s %v: %v allocations", name, &x, n)
			}
		}
	}
}
