package contract

import (
	"os"
	"testing"

	"github.com/targetprop/targetprop/internal/view"
)

// Layout says where in guarded memory the operands of a case lie.
type Layout struct {
	AtEnd  bool // they end before a protected page, and do not begin behind one
	Offset int  // elements between the page and the first operand; the next operands have other offsets
	Pad    int  // elements between the rows of a matrix
}

// arena is guarded memory for operands. It is used again for the next case: to
// map it takes longer than most cases.
type arena[T view.Float] struct {
	tb   testing.TB
	free map[int][][]T // by length
	used []operand[T]
}

// operand is a slice of a region. The region's other elements are canaries: what
// is written outside an operand hits either a protected page or one of them,
// and what is read there is NaN.
type operand[T view.Float] struct {
	region      []T
	first, last int
}

func newArena[T view.Float](tb testing.TB) *arena[T] {
	return &arena[T]{tb: tb, free: map[int][][]T{}}
}

func fillCanaries[T view.Float](region []T) {
	c := canary[T]()
	for i := range region {
		region[i] = c
	}
}

// slice is n elements, uninitialised.
func (a *arena[T]) slice(n int, l Layout) []T {
	offset := (l.Offset + 5*len(a.used)) % 16
	if l.Offset == 0 {
		offset = 0 // all operands touch their protected pages
	}
	size := max(1, view.RoundUp(n+offset, os.Getpagesize()/view.Size[T]()))
	var region []T
	if regions := a.free[size]; len(regions) > 0 {
		region = regions[len(regions)-1]
		a.free[size] = regions[:len(regions)-1]
	} else {
		region = guarded[T](a.tb, size)
		fillCanaries(region)
	}
	first := offset
	if l.AtEnd {
		first = size - offset - n
	}
	a.used = append(a.used, operand[T]{region, first, first + n})
	return region[first : first+n : first+n]
}

// results is a copy of all operands in the order in which they were made.
func (a *arena[T]) results() [][]T {
	var all [][]T
	for _, o := range a.used {
		all = append(all, append([]T(nil), o.region[o.first:o.last]...))
	}
	return all
}

// differs tells where the operands are not want: the first operand and its
// element.
func (a *arena[T]) differs(want [][]T) (operand, element int, found bool) {
	for i, o := range a.used {
		for j, x := range o.region[o.first:o.last] {
			if !SameBits(x, want[i][j]) {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}

// release takes the operands back. It returns false if something was written
// outside of one.
func (a *arena[T]) release() bool {
	intact, c := true, canary[T]()
	for _, o := range a.used {
		for _, outside := range [][]T{o.region[:o.first], o.region[o.last:]} {
			for i, x := range outside {
				if bits(x) != bits(c) {
					intact = false
					outside[i] = c
				}
			}
		}
		fillCanaries(o.region[o.first:o.last])
		a.free[len(o.region)] = append(a.free[len(o.region)], o.region)
	}
	a.used = a.used[:0]
	return intact
}

// Memory lends slices between protected pages to tests that have tables of their own.
type Memory[T view.Float] struct{ arena *arena[T] }

// NewMemory returns memory for one test.
func NewMemory[T view.Float](tb testing.TB) Memory[T] { return Memory[T]{newArena[T](tb)} }

// Slice is n elements that end before a protected page, or begin behind one.
func (m Memory[T]) Slice(n int, atEnd bool) []T { return m.arena.slice(n, Layout{AtEnd: atEnd}) }

// Release takes all slices back. It tells whether what lies around them was left alone.
func (m Memory[T]) Release() bool { return m.arena.release() }
