package matrices

import (
	"gonum.org/v1/gonum/lapack"

	"github.com/targetprop/targetprop/kernels/gonumlapack"
)

// ourLapack is the LAPACK that stands on our BLAS.
var ourLapack lapack.Float64 = gonumlapack.Implementation{}
