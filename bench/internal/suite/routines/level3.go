package routines

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/blas"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/suite/operands"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
	"github.com/targetprop/targetprop/internal/view"
)

// triangular is a routine of Level 3, but gemm, on one shape.
type triangular[T view.Float] struct {
	name string
	m, n int     // of the matrix that is computed
	k    int     // the other dimension of the factors
	work float64 // flops
	call func(b typed[T], a, other, c []T)
}

// triangulars are the measured ones. Those of 64 and 32 are what LAPACK asks for, whose
// blocks have so many columns: in the order of the list the update of Cholesky's remaining
// matrix, the columns below its diagonal block, and the rows beside that of LU.
func triangulars[T view.Float]() []triangular[T] {
	var list []triangular[T]
	for _, p := range []struct{ n, k int }{{1984, 64}, {1984, 32}, {256, 256}, {1000, 1000}} {
		list = append(list, triangular[T]{"syrk", p.n, p.n, p.k, float64(p.n) * float64(p.n+1) * float64(p.k), func(b typed[T], a, _, c []T) {
			b.Syrk(blas.Lower, blas.NoTrans, p.n, p.k, -1, a, p.k, 1, c, p.n)
		}})
	}
	for _, p := range []struct{ m, n int }{{1984, 64}, {1984, 32}} {
		list = append(list, triangular[T]{"trsm", p.m, p.n, p.n, float64(p.m) * float64(p.n) * float64(p.n), func(b typed[T], a, _, c []T) {
			b.Trsm(blas.Right, blas.Lower, blas.Trans, blas.NonUnit, p.m, p.n, 1, a, p.n, c, p.n)
		}})
	}
	for _, p := range []struct{ m, n int }{{64, 1984}, {32, 1984}, {256, 256}, {1000, 1000}} {
		list = append(list, triangular[T]{"trsm", p.m, p.n, p.m, float64(p.m) * float64(p.m) * float64(p.n), func(b typed[T], a, _, c []T) {
			b.Trsm(blas.Left, blas.Lower, blas.NoTrans, blas.Unit, p.m, p.n, 1, a, p.m, c, p.n)
		}})
	}
	for _, n := range []int{256, 1000} {
		list = append(list, triangular[T]{"symm", n, n, n, 2 * float64(n) * float64(n) * float64(n), func(b typed[T], a, other, c []T) {
			b.Symm(blas.Left, blas.Lower, n, n, 1, a, n, other, n, 0, c, n)
		}})
	}
	for _, p := range []struct{ m, n int }{{64, 1984}, {256, 256}, {1000, 1000}} {
		list = append(list, triangular[T]{"trmm", p.m, p.n, p.m, float64(p.m) * float64(p.m) * float64(p.n), func(b typed[T], a, _, c []T) {
			b.Trmm(blas.Left, blas.Lower, blas.NoTrans, blas.NonUnit, p.m, p.n, 1, a, p.m, c, p.n)
		}})
	}
	return list
}

// Level3 is everything but gemm.
func Level3(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "BLAS, Level 3",
		About: "Symmetric and triangular matrices; one thread. m × k × n is the computed matrix's rows, the inner dimension, its columns. " + aboutOurs +
			"Flops are those of the triangles alone. syrk has alpha = -1 and beta = 1. trsm and trmm work in place. trsm m × n × n has its triangle on the right, as Cholesky does.",
		Unit: table.GFLOPs, Compare: comparisons,
	}}
	section.Cases = append(triangularCases[float64](s), triangularCases[float32](s)...)
	return section
}

func triangularCases[T view.Float](s *cases.Setting) []cases.Case {
	var list []cases.Case
	for _, r := range triangulars[T]() {
		name, p := letter[T]()+r.name, cases.Shape{M: r.m, K: r.k, N: r.n}
		j := cases.Job{Unit: table.GFLOPs, Work: r.work, FMA: r.work}
		if view.Size[T]() == 8 {
			j.FMA, j.FMA64 = 0, r.work
		}
		list = append(list, cases.Case{
			Rows: []table.Row{{
				Name: fmt.Sprintf("%s/%s", name, p.Keys()), Label: strings.ToLower(name) + " " + p.String(),
				Flops: r.work,
			}},
			Shorter: shorter,
			Entries: func() []cases.Entry {
				a, other, c := operands.Vector[T](r.m*r.k), operands.Vector[T](r.k*r.n), operands.Vector[T](r.m*r.n)
				if strings.HasPrefix(r.name, "tr") {
					a = operands.Triangle[T](r.k)
				}
				list := entries(s, s.Engines, j, func(b peers.Routines) func() {
					routines := of[T](b)
					return func() { r.call(routines, a, other, c) }
				})
				if view.Size[T]() == 8 {
					return append(list, limits.Peaks64(s, 1)...)
				}
				return append(list, limits.Peaks(s, 1)...)
			},
		})
	}
	return list
}
