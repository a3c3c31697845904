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
	"sync"
	"time"
)

// All returns the peers that this program can run, on one thread each, and those that it
// cannot.
func All() ([]Peer, []Missing) {
	all := allOnce()
	return all.peers, all.missing
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
