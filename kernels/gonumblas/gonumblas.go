// Package gonumblas puts package kernels under gonum. After one call of [Use], best in
// an init function, gonum's blas64, blas32 and mat run on it:
//
//	func init() { gonumblas.Use() }
//
// An [Implementation] is the whole real BLAS of gonum, both precisions. Ours are
//
//   - level 3: Gemm, Symm, Syrk, Syr2k, Trmm, Trsm;
//   - of level 2: Gemv of a transposed matrix with increments of 1, for y, and more, for x.
//
// All else is gonum's own, among it whatever is banded or packed, and complex. Arguments
// that gonum refuses are refused with its words.
//
// # Where nothing is assembled
//
// Without kernels in assembly for the element type, as on other architectures, old
// processors, or with the build tag purego, every method is gonum's: its loops are up to
// 26 times faster than the definitions of this project. The option [SameBits] asks for
// the definitions, and so for the bits of all other machines.
//
// # What differs from gonum
//
//   - 0 x NaN and 0 x Inf are NaN in all products. Some of gonum's loops skip zeros of a
//     factor. What lies in the other triangle is never multiplied.
//   - Sums are rounded once a term, in the order that internal/blas/level3 and
//     [kernels.Engine.Gemm] state: the results are not gonum's to the last bit. They are
//     the same on all machines with kernels, and on any number of threads.
//   - With beta = 0 the old content of a result does not matter. Gonum keeps NaN in the lower
//     triangle of a Syrk or Syr2k with a transposed factor.
//   - Threads are the engine's. Gonum's products take GOMAXPROCS of their own.
package gonumblas

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"

	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/simd/tile"
	"github.com/targetprop/targetprop/kernels"
)

// Implementation is gonum's BLAS with faster routines, on an engine. It may be used by
// several goroutines at once. [New] makes one.
type Implementation struct {
	gonum.Implementation
	on *backend
}

var (
	_ blas.Float32 = Implementation{}
	_ blas.Float64 = Implementation{}
)

// backend is what our routines run on.
type backend struct {
	engine         *kernels.Engine // holds the threads of core
	core           engine.Core
	ours32, ours64 bool // else everything is gonum's
}

// Option configures an [Implementation].
type Option func(*backend)

// SameBits is an option of [New] and [Use]: our routines serve even where nothing is
// assembled for them, slowly, and give the bits that they give elsewhere.
func SameBits(b *backend) { b.ours32, b.ours64 = true, true }

// New makes an implementation that runs on e.
func New(e *kernels.Engine, options ...Option) Implementation {
	core := engine.Of(e)
	b := &backend{engine: e, core: core, ours32: tile.Assembled[float32](core.ISA), ours64: tile.Assembled[float64](core.ISA)}
	for _, option := range options {
		option(b)
	}
	return Implementation{on: b}
}

// Use makes gonum's blas64 and blas32, and with them mat, run on [kernels.Default]. It is
// not for use while others compute: call it in an init function, or first in main. It
// panics where Default does.
func Use(options ...Option) {
	i := New(kernels.Default(), options...)
	blas32.Use(i)
	blas64.Use(i)
}
