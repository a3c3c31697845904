package matrices

import (
	"gonum.org/v1/gonum/lapack"
	lapackgonum "gonum.org/v1/gonum/lapack/gonum"
)

// ourLapack is the LAPACK that stands on our BLAS.
var ourLapack lapack.Float64 = lapackgonum.Implementation{}
