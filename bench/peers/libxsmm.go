//go:build peers && cgo

package peers

import "github.com/targetprop/targetprop/bench/internal/libxsmm"

// libxsmmPeer is libxsmm: small products by code that it generates for each shape.
func libxsmmPeer() Peer {
	return Peer{
		Name:       "libxsmm",
		Detail:     libxsmm.Version() + ", " + libxsmm.Arch(),
		Sgemm:      Looped(libxsmm.Sgemm),
		Dgemm:      libxsmm.Dgemm,
		MaxThreads: 1,
		MaxSide:    libxsmm.MaxSide,
	}
}
