package routines

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/internal/view"
)

// matrixRoutine is a routine of Level 2 on a square matrix.
type matrixRoutine[T view.Float] struct {
	name, key string
	half      bool // a triangle of the matrix is read
	flops     int  // for each element that is read
	stores    bool
	call      func(b typed[T], n int, a, x, y []T)
}

// matrixRoutines are the measured ones. trsv changes x in place, so the triangle is hardly
// more than the identity.
func matrixRoutines[T view.Float]() []matrixRoutine[T] {
	gemv := func(t blas.Transpose) func(b typed[T], n int, a, x, y []T) {
		return func(b typed[T], n int, a, x, y []T) { b.Gemv(t, n, n, 1, a, n, x, 1, 0, y, 1) }
	}
	return []matrixRoutine[T]{
		{"gemv", "trans=no/", false, 2, false, gemv(blas.NoTrans)},
		{"gemv", "trans=yes/", false, 2, false, gemv(blas.Trans)},
		{"symv", "", true, 4, false, func(b typed[T], n int, a, x, y []T) { b.Symv(blas.Lower, n, 1, a, n, x, 1, 0, y, 1) }},
		{"ger", "", false, 2, true, func(b typed[T], n int, a, x, y []T) { b.Ger(n, n, 1e-6, x, 1, y, 1, a, n) }},
		{"trsv", "", true, 2, false, func(b typed[T], n int, a, x, _ []T) { b.Trsv(blas.Lower, blas.NoTrans, blas.NonUnit, n, a, n, x, 1) }},
	}
}

// Level2 is matrices in the caches and in memory.
func Level2(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "BLAS, Level 2",
		About: "Square matrices that fill most of a cache, or lie in memory; one thread. " + aboutOurs +
			"Rates count the bytes of the matrix that are loaded, and stored by ger; symv and trsv load a triangle.",
		Unit: table.GBytes, Compare: comparisons,
	}}
	for _, level := range measuredLevels() {
		section.Cases = append(section.Cases, matrixCases[float64](s, level)...)
		section.Cases = append(section.Cases, matrixCases[float32](s, level)...)
	}
	return section
}

func matrixCases[T view.Float](s *cases.Setting, level limits.Level) []cases.Case {
	// A little less than fits: an order that is a power of two would crowd the columns of the
	// matrix into one set of each cache.
	n := int(0.97 * math.Sqrt(float64(level.Bytes/view.Size[T]())))
	var list []cases.Case
	for _, r := range matrixRoutines[T]() {
		elements := n * n
		if r.half {
			elements = n * (n + 1) / 2
		}
		size := float64(elements * view.Size[T]())
		if r.stores {
			size *= 2
		}
		name := letter[T]() + r.name
		label := fmt.Sprintf("%s %d×%d, %s", strings.ToLower(name), n, n, level.Name)
		if r.key == "trans=yes/" {
			label += ", transposed"
		}
		list = append(list, cases.Case{
			Rows:    []table.Row{{Name: fmt.Sprintf("%s/%slevel=%s", name, r.key, level.Name), Label: label, Flops: float64(elements * r.flops)}},
			Shorter: shorter,
			Entries: func() []cases.Entry {
				a, x, y := operands.Triangle[T](n), operands.Vector[T](n), operands.Vector[T](n)
				bind := func(b peers.Routines) func() {
					routines := of[T](b)
					return func() { r.call(routines, n, a, x, y) }
				}
				return append(entries(s, s.Engines, streamJob(size, r.stores), bind), streamLimit(s, elements*view.Size[T](), r.stores))
			},
		})
	}
	return list
}
