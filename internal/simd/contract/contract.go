// Package contract tests that implementations of a kernel give the same bits.
//
// Operands lie in guarded memory: an element that is read or written outside of
// them is a crash, a NaN or a changed canary. A package holds a [Table] of its
// operations and runs it on every implementation, in one process.
package contract

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// Shape is the size of a case: M rows, N columns, K inputs.
type Shape struct{ M, N, K int }

// Contract is an operation. Run makes its operands with d and computes on e; all
// operands, the input too, must then be the same on every implementation.
type Contract[E any, T view.Float] struct {
	Run    func(e E, d *Data[T], s Shape)
	Shapes []Shape // beside random ones
	Least  Shape   // the smallest that is allowed
}

// Table is the operations of a package by their names.
type Table[E any, T view.Float] map[string]Contract[E, T]

// Reference is the name of the implementation that defines the results.
var Reference = isa.Generic.String()

// ISAs are the instruction sets of this machine by their names, [Reference] among them.
func ISAs() map[string]isa.ISA {
	all := map[string]isa.ISA{}
	for _, i := range isa.Available() {
		all[i.String()] = i
	}
	return all
}

const (
	slowWork  = 1 << 24 // multiply-adds from which a case is slow in plain Go
	largeSize = 1 << 18 // elements from which a case is left out with -short
)

// few is one of how many shapes is tested under the race detector. It slows the
// definitions, which one goroutine runs, and asks whether goroutines share memory, which
// is not a matter of the shape.
const few = 5

// Test runs every operation with every implementation and compares bits with the
// reference. Each shape is laid against the protected page before it and against
// that behind it, and in all alignments to the page in turn; every second case has
// special values.
func (table Table[E, T]) Test(t *testing.T, all map[string]E) {
	arena := newArena[T](t)
	for _, name := range slices.Sorted(maps.Keys(table)) {
		c := table[name]
		t.Run(name, func(t *testing.T) {
			for i, s := range c.Shapes {
				if race.Enabled && (len(c.Shapes)-1-i)%few != 0 { // the last, a large one, stays
					continue
				}
				pads := []int{0, 5, 1, 16}
				for variant, l := range []Layout{
					{AtEnd: false}, {AtEnd: true}, {AtEnd: true, Offset: i % 16}, {AtEnd: false, Offset: (i + 7) % 16},
				} {
					slow := s.M*s.N*s.K > slowWork
					large := s.N > 1000 || slow
					if large && variant > 0 || testing.Short() && (!large && variant != i%4 || slow || s.M*s.N > largeSize) {
						continue
					}
					l.Pad = pads[(i/2+variant)%len(pads)]
					c.check(t, all, arena, c.atLeast(s), l, func() func() T { return RandomValues[T](uint64(i), (i/3+variant)%2 == 1) })
				}
			}
		})
	}
}

// TestRandom takes shapes and layouts at random, so that sizes meet that the lists
// of shapes do not bring together.
func (table Table[E, T]) TestRandom(t *testing.T, all map[string]E) {
	cases := 40
	if testing.Short() {
		cases = 5
	}
	arena := newArena[T](t)
	for i, name := range slices.Sorted(maps.Keys(table)) {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(20150212, uint64(i)))
			size := func(most int) int { return int(math.Exp2(rng.Float64()*math.Log2(float64(most)+1))) - 1 }
			for range cases {
				s := table[name].atLeast(Shape{M: size(110), N: size(200), K: size(100)})
				l := Layout{AtEnd: rng.IntN(2) == 0, Offset: rng.IntN(16), Pad: rng.IntN(20)}
				seed, specials := rng.Uint64(), rng.IntN(2) == 0
				table[name].check(t, all, arena, s, l, func() func() T { return RandomValues[T](seed, specials) })
			}
		})
	}
}

// Fuzz makes a case of any bytes. The values are the bytes themselves, over and
// over, so that the fuzzer reaches every bit pattern.
func (table Table[E, T]) Fuzz(f *testing.F, all map[string]E) {
	names := slices.Sorted(maps.Keys(table))
	for i := range names {
		f.Add(uint8(i), uint8(3*i), uint8(5*i), uint8(i), uint8(i), []byte{0, 0, 128, 63, 1, 2, 3, 4, 0, 0, 192, 127, byte(i)})
	}
	f.Fuzz(func(t *testing.T, op, m, n, k, place uint8, values []byte) {
		s := Shape{M: int(m) % 40, N: int(n) % 140, K: int(k) % 40}
		l := Layout{AtEnd: place&1 == 1, Offset: int(place>>1) % 16, Pad: int(place >> 5)}
		c := table[names[int(op)%len(names)]]
		c.check(t, all, newArena[T](t), c.atLeast(s), l, func() func() T { return fuzzValues[T](values) })
	})
}

// atLeast is s with no size below the least.
func (c Contract[E, T]) atLeast(s Shape) Shape {
	return Shape{M: max(s.M, c.Least.M), N: max(s.N, c.Least.N), K: max(s.K, c.Least.K)}
}

// check runs one case on all implementations. values makes the values of the
// operands, the same at each call.
func (c Contract[E, T]) check(t *testing.T, all map[string]E, arena *arena[T], s Shape, l Layout, values func() func() T) {
	t.Helper()
	run := func(e E) { c.Run(e, &Data[T]{arena, l, values()}, s) }
	run(all[Reference])
	want := arena.results()
	if !arena.release() {
		t.Fatalf("shape %+v, layout %+v: the definition writes outside of its operands", s, l)
	}
	for name, e := range all {
		if name == Reference {
			continue
		}
		run(e)
		i, j, found := arena.differs(want)
		if found {
			got := arena.used[i].region[arena.used[i].first+j]
			t.Errorf("%s, shape %+v, layout %+v: operand %d[%d] = %x, by definition %x", name, s, l, i, j, bits(got), bits(want[i][j]))
		}
		if !arena.release() {
			t.Errorf("%s, shape %+v, layout %+v: writes outside of its operands", name, s, l)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}
