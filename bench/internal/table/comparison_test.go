package table

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/bench/internal/measure"
)

func TestComparison(t *testing.T) {
	got, column := Comparison{Against: Peer}.Of(row)
	if got != 2 || column != "BLAS" {
		t.Errorf("%v of %s, want 2 of BLAS", got, column)
	}
	best, _ := row.Best(Ours)
	worse, _ := row.Cell("worse")
	want := measure.Ratio(best.Series, best.Work, worse.Series, worse.Work)
	if got, column := (Comparison{Against: Peer, Column: "worse"}).Of(row); got != want || got == 2 || column != "worse" {
		t.Errorf("%v of %s, want %v of worse", got, column, want)
	}
	if got, _ := (Comparison{Column: "none"}).Of(row); !math.IsNaN(got) {
		t.Errorf("%v of a column that is not there", got)
	}
	if got, _ := (Comparison{Against: Limit}).Of(Row{}); !math.IsNaN(got) {
		t.Errorf("comparison in an empty row: %v", got)
	}
}
