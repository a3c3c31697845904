// Package gonumblas puts package kernels under gonum. After one call of [Use], best in
// an init function, gonum's blas64, blas32 and mat run on it:
//
//	func init() { gonumblas.Use() }
//
// An [Implementation] is the whole real BLAS of gonum, both precisions. Ours are
//
//   - level 3: Gemm, Symm, Syrk, Syr2k, Trmm, Trsm;
//   - level 2 of dense matrices: Gemv, Ger, Symv, Syr, Syr2, Trmv, Trsv;
//   - level 1: Dot, Nrm2, Asum, Iamax, Swap, Axpy, Scal, Rot, Rotm, and Sdsdot and Dsdot.
//
// Gonum's are the rotations of a point, Copy, and whatever is banded, packed or complex.
// Arguments that gonum refuses are refused with its words. So are, but for complex numbers, sizes whose
// products overflow, which gonum 0.17 takes, and then reads and writes elsewhere in memory.
//
// # Where gonum's loops serve
//
// Without kernels in assembly for the element type, as on other architectures, old
// processors, or with the build tag purego, every method is gonum's: its loops are up to
// 26 times faster than the definitions of this project. With kernels they serve for the
// smallest operands, of which a call takes longer than the work: products of 2 x 2, or of
// 4 x 4 by a transpose, Syrk and Syr2k up to 14 x 14, triangles that are multiplied of up to
// 16 lines by less than 16 columns, or of up to 8 by 24, or beside up to 3 rows, solved of up
// to 12 lines by less than 16 columns, or of up to 4 by 256, or beside up to 3 rows, vectors of
// less than 20 elements, or 16 for Nrm2, 32 for Iamax and 80 for Dot, Axpy and Scal, or with an
// increment other than 1, matrices of less than 400 elements by vectors, or 576 for Ger,
// triangles of less than 24 lines. Ger with a negative increment is ours: gonum 0.17 reads
// outside of such vectors.
//
// # Bits
//
// Ours give the same bits on all instruction sets, on any number of threads and at
// any strides. Gonum's do not: its assembly for amd64 and its loops for other machines add up in
// different orders. Who needs the same bits everywhere asks for ours everywhere, with the option
// [SameBits].
//
// # What differs from gonum
//
//   - 0 x NaN and 0 x Inf are NaN in all of our products. Some of gonum's loops skip zeros of
//     a factor. What lies in the other triangle is never multiplied.
//   - Terms are added up in other orders, with fused multiply-adds: products as
//     [kernels.Engine.Gemm] says; Dot, Nrm2 and Asum in 256 bytes of lanes, and the rows of
//     a Gemv in 128, of which element i has lane i modulo their number, then in a tree.
//     Results differ from gonum's by rounding.
//   - With alpha = 0 the factors are not looked at, as the reference BLAS has it. Gonum's Gemm
//     multiplies what is NaN in them.
//   - With beta = 0 the old content of a result does not matter. Gonum keeps NaN in the lower
//     triangle of a Syrk with a transposed factor.
//   - Threads are the engine's. Gonum's products take as many as GOMAXPROCS.
package gonumblas

import (
	"fmt"
	"sync"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/lapack/lapack64"

	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/kernels/gonumlapack"
)

// Implementation is gonum's BLAS with faster routines, on an engine. It may be used by
// several goroutines at once. [New] makes one. The zero value is on [kernels.Default], and
// panics where that does.
type Implementation struct {
	gonum.Implementation
	on *backend
}

// backend is what the routines run on.
func (i Implementation) backend() *backend {
	if i.on == nil {
		return onDefault()
	}
	return i.on
}

var onDefault = sync.OnceValue(func() *backend { return New(kernels.Default()).on })

var (
	_ blas.Float32 = Implementation{}
	_ blas.Float64 = Implementation{}
)

// backend is what our routines run on.
type backend struct {
	engine         *kernels.Engine // holds the threads of core
	core           engine.Core
	ours32, ours64 bool // else everything is gonum's
	same           bool // gonum's loops do not serve where they are faster

	least32, least64 limits
}

// Option configures an [Implementation].
type Option func(*backend)

// SameBits is an option of [New] and [Use]: our routines serve even where gonum's are
// faster, and so give the same bits on every machine.
func SameBits(b *backend) { b.ours32, b.ours64, b.same = true, true, true }

// New makes an implementation that runs on e.
func New(e *kernels.Engine, options ...Option) Implementation {
	core := engine.Of(e)
	b := &backend{engine: e, core: core, ours32: tile.Assembled[float32](core.ISA), ours64: tile.Assembled[float64](core.ISA)}
	for i, option := range options {
		if option == nil {
			panic(fmt.Sprintf("gonumblas: option %d is nil", i))
		}
		option(b)
	}
	b.least32, b.least64 = limitsOf(b.ours32, b.same), limitsOf(b.ours64, b.same)
	return Implementation{on: b}
}

// Use makes gonum's blas64 and blas32 run on [kernels.Default], and lapack64 on package
// gonumlapack, whose factorizations are made for a fast BLAS, and right where gonum's are not; and with them mat. It is not
// for use while others compute: call it in an init function, or first in main. It panics
// where Default does.
func Use(options ...Option) {
	i := New(kernels.Default(), options...)
	blas32.Use(i)
	blas64.Use(i)
	lapack64.Use(gonumlapack.Implementation{}) // on gonum's loops too: it is right where gonum's is not
}
