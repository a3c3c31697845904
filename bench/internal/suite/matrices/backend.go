package matrices

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/lapack"
	"gonum.org/v1/gonum/lapack/lapack64"

	lapackgonum "gonum.org/v1/gonum/lapack/gonum"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/kernels/gonumblas"
)

// backend is what package mat computes with.
type backend struct {
	blas   blas.Float64
	lapack lapack.Float64
}

// onGonum is gonum alone.
func onGonum() backend { return backend{gonum.Implementation{}, lapackgonum.Implementation{}} }

// onOurs is what a program has that uses this project for both.
func onOurs(e cases.Engine) backend {
	return backend{gonumblas.New(e.Engine), ourLapack}
}

// onPeer is gonum's LAPACK on a peer's BLAS, as gonum.org/v1/netlib would have it.
func onPeer(b blas.Float64) backend { return backend{b, lapackgonum.Implementation{}} }

// do makes a call with the backend in use, and leaves gonum's in use.
func (b backend) do(call func()) {
	b.use()
	defer onGonum().use()
	call()
}

func (b backend) use() {
	blas64.Use(b.blas)
	lapack64.Use(b.lapack)
}
