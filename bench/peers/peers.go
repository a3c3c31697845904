// Package peers puts other libraries behind one type, so that a benchmark can run the same
// operation through all of them.
//
// The Go libraries gonum and vek are always there. go-highway and gomlx vectorise with the
// package simd/archsimd and join when the program is built with GOEXPERIMENT=simd (without
// it they run scalar code, which would be no fair comparison). OpenBLAS, oneDNN and BLIS
// are called through cgo and join with the build tag peers; bench/README.md names their
// packages.
//
// Nothing in this package is for concurrent use, and a measurement on more than one thread
// should hold runtime.LockOSThread: OpenMP keeps a pool of threads for every thread that
// has called it.
package peers

import (
	"runtime"
	"runtime/debug"
	"sync"
	"time"
)

// Peer is a library to compare with. A function that it lacks is nil.
type Peer struct {
	Name   string // heading of its column: "OpenBLAS"
	Detail string // version, and the instruction set or kernels it works with

	Sgemm   Product // c = a b
	SgemmTN Product // c = aᵀ b, where a is stored k x m

	// Affine prepares a product with bias and activation fused into it.
	Affine func(m, n, k int, w, bias []float32, act Activation) (*Affine, error)

	Exp, Log, Tanh, Sigmoid, Softplus Elementwise

	// Gaussian fills dst with independent standard normal numbers.
	Gaussian func(dst []float32)

	// BernoulliMean sets each dst[i] to the mean of that many Bernoulli(p[i]) draws.
	BernoulliMean func(dst, p []float32, draws int)

	// SetThreads sets how many threads the peer uses from now on. Go libraries follow
	// GOMAXPROCS, which it does not touch: see the package's SetThreads.
	SetThreads func(n int)

	// MaxThreads is the largest number of threads it can use, 0 for no limit.
	MaxThreads int
}

// Product is a peer's way to multiply matrices.
type Product struct {
	Once Gemm // nil if the peer has no such product

	// Loop does the same several times in one call, for peers where calling costs
	// something: it leaves the crossing from Go to C out of the time of a small product.
	Loop func(times, m, n, k int, a, b, c []float32)

	// Kernel says which of the peer's implementations is used for a shape, or is nil if
	// there is but one. It is known after Once has seen the shape.
	Kernel func(m, n, k int) string
}

// Gemm computes c = a b, where a is m x k, b is k x n and c is m x n, all row-major without
// gaps; what was in c is overwritten.
type Gemm func(m, n, k int, a, b, c []float32)

// Elementwise sets dst[i] = f(src[i]). The slices have one length and do not overlap.
type Elementwise func(dst, src []float32)

// Activation is what an affine map applies to its sums.
type Activation int

const (
	Identity Activation = iota
	Softplus            // log(1 + e^z)
	Sigmoid             // 1 / (1 + e^-z)
)

// Affine is a prepared map y = act(x w + bias), for the number of threads that was set when
// it was made.
type Affine struct {
	Kernel string // the peer's name of the implementation
	Run    func(y, x []float32)
	Close  func()
}

// Missing is a peer that this program cannot run.
type Missing struct {
	Name   string
	Reason string
}

// All returns the peers that this program can run, on one thread each, and those that it
// cannot.
func All() ([]Peer, []Missing) {
	all := allOnce()
	return all.peers, all.missing
}

type found struct {
	peers   []Peer
	missing []Missing
}

// allOnce loads every library once: C libraries stay loaded.
var allOnce = sync.OnceValue(func() found {
	var f found
	f.peers = append(f.peers, gonumPeer(), vekPeer())
	f.addSIMD()
	f.addC()
	for _, p := range f.peers {
		if p.SetThreads != nil {
			p.SetThreads(1)
		}
	}
	return f
})

// lack notes a peer that cannot run.
func (f *found) lack(name, reason string) {
	f.missing = append(f.missing, Missing{name, reason})
}

// SetThreads makes all peers, and Go itself, use n threads.
func SetThreads(n int) {
	runtime.GOMAXPROCS(n)
	list, _ := All()
	for _, p := range list {
		if p.SetThreads != nil {
			p.SetThreads(n)
		}
	}
}

// Settle waits until the threads of a peer that has just run stop polling for more work,
// which would disturb the next one. It is needed with two threads and more.
func Settle() { time.Sleep(20 * time.Millisecond) }

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
