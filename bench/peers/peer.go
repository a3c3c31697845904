package peers

import (
	"runtime/debug"

	"github.com/targetprop/targetprop/internal/view"
)

// Peer is a library to compare with. A function that it lacks is nil.
type Peer struct {
	Name   string // heading of its column: "OpenBLAS"
	Detail string // version, and the instruction set or kernels it works with

	Sgemm   Product // c = a b
	SgemmTN Product // c = aᵀ b, where a is stored k x m

	// Dgemm computes c = a b that many times, for peers that have no whole BLAS.
	Dgemm func(times, m, n, k int, a, b, c []float64)

	// BLAS is the peer's routines, once for each family of its kernels. It is empty if it
	// has no whole BLAS.
	BLAS []BLAS

	// Affine prepares a product with bias and activation fused into it.
	Affine func(m, n, k int, w, bias []float32, act Activation) (*Affine, error)

	Exp, Log, Tanh, Sigmoid, Softplus Elementwise

	// Sums and products of slices, element by element.
	Add, Mul     Pairwise[float32]
	Add64, Mul64 Pairwise[float64]

	// Gaussian fills dst with independent standard normal numbers.
	Gaussian func(dst []float32)

	// BernoulliMean sets each dst[i] to the mean of that many Bernoulli(p[i]) draws.
	BernoulliMean func(dst, p []float32, draws int)

	// SetThreads sets how many threads the peer uses from now on. Go libraries follow
	// GOMAXPROCS, which it does not touch: see the package's SetThreads.
	SetThreads func(n int)

	// MaxThreads is the largest number of threads it can use, 0 for no limit.
	MaxThreads int

	// MaxSide is the largest side of a product that it is made for, 0 for no limit.
	MaxSide int
}

// Multiplies tells whether the peer is made for products of that shape on so many threads.
func (p Peer) Multiplies(m, n, k, threads int) bool {
	return (p.MaxThreads == 0 || threads <= p.MaxThreads) && (p.MaxSide == 0 || max(m, n, k) <= p.MaxSide)
}

// Elementwise sets dst[i] = f(src[i]). The slices have one length and do not overlap.
type Elementwise func(dst, src []float32)

// Pairwise sets dst[i] = x[i] op y[i]. The slices have one length and do not overlap.
type Pairwise[T view.Float] func(dst, x, y []T)

// moduleVersion returns the version of a module that this program was built with. The go
// command does not record it in test binaries.
func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "unknown version"
}
