package numpy

import "testing"

// TestRun starts each operation and lets it run, where NumPy is installed.
func TestRun(t *testing.T) {
	p, err := Find()
	if err != nil {
		t.Skip(err)
	}
	a, b := []float64{4, 1, 1, 3}, []float64{1, 2}
	for _, op := range []string{"Solve", "Cholesky", "LU", "QR", "Inverse", "SVD", "EigenSym", "Eigen"} {
		q, err := p.Start(op, "", 1, 2, a, b)
		if err != nil {
			t.Fatal(err)
		}
		once, often := q.Run(1), q.Run(1000)
		if once <= 0 || often <= once/10 {
			t.Errorf("%s: %v, a thousand times %v", op, once, often)
		}
		q.Close()
	}
	if _, err := p.Start("Nothing", "", 1, 2, a, b); err == nil {
		t.Error("an operation that does not exist was started")
	}
}

func TestFindExplains(t *testing.T) {
	t.Setenv(PythonVariable, "/nonexistent/python")
	if _, err := Find(); err == nil {
		t.Error("found in an interpreter that does not exist")
	}
}
