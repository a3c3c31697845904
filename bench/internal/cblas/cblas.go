//go:build peers

package cblas

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/bench/internal/clib"
)

// Routines is a library's BLAS. Like CBLAS it does not check its arguments.
type Routines struct {
	gonum.Implementation // what the library is not asked for

	double, single *table
	times          int // that a call does its work
}

var (
	_ blas.Float64 = Routines{}
	_ blas.Float32 = Routines{}
)

// table is the addresses of the routines for one type of elements.
type table struct {
	dot, nrm2, asum, axpy, scal         clib.Func
	gemv, symv, ger, syr2, trmv, trsv   clib.Func
	gemm, symm, syrk, syr2k, trmm, trsm clib.Func
}

// New finds the routines of a library.
func New(lib *clib.Library) (Routines, error) {
	double, err := newTable(lib, "d")
	if err != nil {
		return Routines{}, err
	}
	single, err := newTable(lib, "s")
	return Routines{double: double, single: single, times: 1}, err
}

func newTable(lib *clib.Library, letter string) (*table, error) {
	t := new(table)
	want := map[string]*clib.Func{}
	for name, f := range map[string]*clib.Func{
		"dot": &t.dot, "nrm2": &t.nrm2, "asum": &t.asum, "axpy": &t.axpy, "scal": &t.scal,
		"gemv": &t.gemv, "symv": &t.symv, "ger": &t.ger, "syr2": &t.syr2, "trmv": &t.trmv, "trsv": &t.trsv,
		"gemm": &t.gemm, "symm": &t.symm, "syrk": &t.syrk, "syr2k": &t.syr2k, "trmm": &t.trmm, "trsm": &t.trsm,
	} {
		want["cblas_"+letter+name] = f
	}
	return t, lib.Funcs(want)
}

// Times is the same routines, each of which does its work that many times in a call: it
// leaves the crossing from Go to C out of a short measurement.
func (r Routines) Times(times int) Routines {
	r.times = times
	return r
}

// The numbers that CBLAS has for gonum's letters.

func transpose(t blas.Transpose) int {
	switch t {
	case blas.Trans:
		return 112
	case blas.ConjTrans:
		return 113
	}
	return 111
}

func triangle(u blas.Uplo) int {
	if u == blas.Lower {
		return 122
	}
	return 121
}

func diagonal(d blas.Diag) int {
	if d == blas.Unit {
		return 132
	}
	return 131
}

func side(s blas.Side) int {
	if s == blas.Right {
		return 142
	}
	return 141
}
