package gonumlapack_test

import (
	"slices"
	"testing"

	"gonum.org/v1/gonum/lapack/testlapack"
)

// TestSuite runs gonum's own tests of each routine that is replaced.
func TestSuite(t *testing.T) {
	slow := []string{"Dgesvd", "Dgels", "Dgelqf", "Dormlq", "Dormqr"}
	for name, test := range map[string]func(*testing.T){
		"Dgetrf": func(t *testing.T) { testlapack.DgetrfTest(t, ours) },
		"Dgetri": func(t *testing.T) { testlapack.DgetriTest(t, ours) },
		"Dgetrs": func(t *testing.T) { testlapack.DgetrsTest(t, ours) },
		"Dgesv":  func(t *testing.T) { testlapack.DgesvTest(t, ours) },
		"Dgecon": func(t *testing.T) { testlapack.DgeconTest(t, ours) },
		"Dpotrf": func(t *testing.T) { testlapack.DpotrfTest(t, ours) },
		"Dpotri": func(t *testing.T) { testlapack.DpotriTest(t, ours) },
		"Dtrcon": func(t *testing.T) { testlapack.DtrconTest(t, ours) },
		"Dlange": func(t *testing.T) { testlapack.DlangeTest(t, ours) },
		"Dlansy": func(t *testing.T) { testlapack.DlansyTest(t, ours) },
		"Dlantr": func(t *testing.T) { testlapack.DlantrTest(t, ours) },
		"Dpotrs": func(t *testing.T) { testlapack.DpotrsTest(t, ours) },
		"Dpocon": func(t *testing.T) { testlapack.DpoconTest(t, ours) },
		"Dlauum": func(t *testing.T) { testlapack.DlauumTest(t, ours) },
		"Dtrtri": func(t *testing.T) { testlapack.DtrtriTest(t, ours) },
		"Dgeqrf": func(t *testing.T) { testlapack.DgeqrfTest(t, ours) },
		"Dormqr": func(t *testing.T) { testlapack.DormqrTest(t, ours) },
		"Dorgqr": func(t *testing.T) { testlapack.DorgqrTest(t, ours) },
		"Dgelqf": func(t *testing.T) { testlapack.DgelqfTest(t, ours) },
		"Dormlq": func(t *testing.T) { testlapack.DormlqTest(t, ours) },
		"Dorglq": func(t *testing.T) { testlapack.DorglqTest(t, ours) },
		"Dgels":  func(t *testing.T) { testlapack.DgelsTest(t, ours) },
		"Dgesvd": func(t *testing.T) { testlapack.DgesvdTest(t, ours, 1e-13) },
		"Dgeev":  func(t *testing.T) { testlapack.DgeevTest(t, ours) },
		"Dsyev":  func(t *testing.T) { testlapack.DsyevTest(t, ours) },

		"Dggsvd3": func(t *testing.T) { testlapack.Dggsvd3Test(t, ours) },
		"Dggsvp3": func(t *testing.T) { testlapack.Dggsvp3Test(t, ours) },
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && slices.Contains(slow, name) {
				t.Skip("takes seconds; tests against gonum's routines stand in")
			}
			test(t)
		})
	}
}
