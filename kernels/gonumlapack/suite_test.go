package gonumlapack_test

import (
	"testing"

	"gonum.org/v1/gonum/lapack/testlapack"

	"github.com/targetprop/targetprop/kernels/gonumlapack"
)

// TestSuite runs gonum's own tests of each routine that is replaced.
func TestSuite(t *testing.T) {
	impl := gonumlapack.Implementation{}
	for name, test := range map[string]func(*testing.T){
		"Dgetrf": func(t *testing.T) { testlapack.DgetrfTest(t, impl) },
		"Dgetri": func(t *testing.T) { testlapack.DgetriTest(t, impl) },
		"Dgetrs": func(t *testing.T) { testlapack.DgetrsTest(t, impl) },
		"Dpotrf": func(t *testing.T) { testlapack.DpotrfTest(t, impl) },
		"Dpotri": func(t *testing.T) { testlapack.DpotriTest(t, impl) },
		"Dpotrs": func(t *testing.T) { testlapack.DpotrsTest(t, impl) },
		"Dlauum": func(t *testing.T) { testlapack.DlauumTest(t, impl) },
		"Dtrtri": func(t *testing.T) { testlapack.DtrtriTest(t, impl) },
		"Dgeqrf": func(t *testing.T) { testlapack.DgeqrfTest(t, impl) },
		"Dormqr": func(t *testing.T) { testlapack.DormqrTest(t, impl) },
		"Dorgqr": func(t *testing.T) { testlapack.DorgqrTest(t, impl) },
		"Dgelqf": func(t *testing.T) { testlapack.DgelqfTest(t, impl) },
		"Dormlq": func(t *testing.T) { testlapack.DormlqTest(t, impl) },
		"Dorglq": func(t *testing.T) { testlapack.DorglqTest(t, impl) },
		"Dgels":  func(t *testing.T) { testlapack.DgelsTest(t, impl) },
		"Dgesvd": func(t *testing.T) { testlapack.DgesvdTest(t, impl, 1e-13) },
		"Dsyev":  func(t *testing.T) { testlapack.DsyevTest(t, impl) },
	} {
		t.Run(name, test)
	}
}
