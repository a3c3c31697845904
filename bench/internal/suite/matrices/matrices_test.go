package matrices

import (
	"testing"
	"time"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/mat"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/bench/peers"
)

func newSetting(t *testing.T) *cases.Setting {
	t.Helper()
	engines, err := cases.NewEngines(1)
	if err != nil {
		t.Fatal(err)
	}
	list, _ := peers.All()
	return &cases.Setting{Engines: engines, Peers: list}
}

// TestOperations measures each operation once on all columns, NumPy's where it is installed.
func TestOperations(t *testing.T) {
	s := newSetting(t)
	_, missing := interpreter()
	o := measure.Options{Clock: measure.Monotonic(), Rounds: 1, Repetition: 10 * time.Microsecond, TooSlow: time.Second}
	for _, op := range operations {
		row := matCase(s, op, 5, 1).Measure(o)[0]
		for _, column := range []string{s.Best().Column, "gonum", numpyColumn} {
			cell, ok := row.Cell(column)
			if column == numpyColumn && missing != nil {
				continue
			}
			if !ok || !cell.Measured() {
				t.Errorf("%s: no figure for %s: %q", op.name, column, cell.Series.Skipped)
			}
		}
		if best, _ := row.Best(table.Ours); best.Column != s.Best().Column {
			t.Errorf("%s: the best of ours is %q", op.name, best.Column)
		}
	}
	if _, ok := blas64.Implementation().(gonum.Implementation); !ok {
		t.Errorf("%T is left in use", blas64.Implementation())
	}
}

// TestDefinite: Cholesky and EigenSym take one triangle, NumPy the other.
func TestDefinite(t *testing.T) {
	a := definite(20).a
	if !mat.Equal(a, a.T()) {
		t.Error("not symmetric")
	}
	if !new(mat.Cholesky).Factorize(symmetric(a)) {
		t.Error("not positive definite")
	}
}
