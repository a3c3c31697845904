package table

import (
	"math"
	"testing"
	"time"

	"github.com/targetprop/targetprop/bench/internal/measure"
)

// series has a round of one call for each time, in ns.
func series(times ...time.Duration) (s measure.Series) {
	for round, t := range times {
		s.Samples = append(s.Samples, measure.Sample{Round: round, Calls: 1, Time: t})
	}
	return s
}

// row: 100 flops, 400 bytes a call. The limits are 20 flops and 50 bytes a ns,
// and half of that in the last round, when everything is slow.
var row = Row{Cells: []Cell{
	{Column: "peak", Role: Limit, Unit: GFLOPs, Work: 200, Series: series(10, 10, 20)},
	{Column: "stream", Role: Limit, Unit: GBytes, Work: 50, Series: series(1, 1, 2)},
	{Column: "plain Go", Role: Baseline, Unit: GFLOPs, Work: 100, Series: series(100, 100, 200)},
	{Column: "AVX2", Role: Ours, Unit: GFLOPs, Work: 100, Series: series(8, 10, 20), Bounds: []Bound{{"peak", 100}}},
	{Column: "AVX-512", Role: Ours, Unit: GFLOPs, Work: 100, Series: series(8, 8, 16),
		Bounds: []Bound{{"peak", 100}, {"stream", 400}, {"not measured", 1e9}}},
	{Column: "gone", Role: Ours, Unit: GFLOPs, Work: 100, Series: measure.Series{Skipped: "why"}, Bounds: []Bound{{"peak", 100}}},
	{Column: "BLAS", Role: Peer, Unit: GFLOPs, Work: 100, Series: series(16, 10, 32)},
	{Column: "worse", Role: Peer, Unit: GFLOPs, Work: 100, Series: series(99, 99, 99)},
}}

func TestShareIsOfTheNearestLimit(t *testing.T) {
	for _, test := range []struct {
		column string
		want   float64
		limit  string
	}{
		{"AVX2", 0.5, "peak"},
		{"AVX-512", 1, "stream"},
		{"gone", math.NaN(), ""},
		{"BLAS", math.NaN(), ""},
	} {
		c, ok := row.Cell(test.column)
		if !ok {
			t.Fatal(test.column)
		}
		got, limit := row.Share(c)
		if got != test.want && !(math.IsNaN(got) && math.IsNaN(test.want)) || limit != test.limit {
			t.Errorf("share of %s is %v of %q, want %v of %q", test.column, got, limit, test.want, test.limit)
		}
	}
}

func TestRateHasTheUnitsScale(t *testing.T) {
	c := Cell{Unit: Images, Work: 100, Series: series(50e6, 100e6, 200e6)}
	if got, want := c.Rate(), (measure.Rate{Median: 1000, Min: 500, Max: 2000}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestBest(t *testing.T) {
	for _, test := range []struct {
		roles []Role
		want  string
	}{
		{[]Role{Ours}, "AVX-512"},
		{[]Role{Peer}, "BLAS"},
		{[]Role{Baseline, Peer}, "BLAS"},
	} {
		got, ok := row.Best(test.roles...)
		if !ok || got.Column != test.want {
			t.Errorf("best of %v is %q, want %q", test.roles, got.Column, test.want)
		}
	}
	if _, ok := (Row{}).Best(Ours); ok {
		t.Error("an empty row has a best cell")
	}
}

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

func TestColumnsAreOrderedByRole(t *testing.T) {
	s := Section{Rows: []Row{row, {Cells: []Cell{{Column: "oneDNN", Role: Peer}, {Column: "AVX2", Role: Ours}}}}}
	var got string
	for _, c := range s.Columns() {
		got += c.Column + ","
	}
	const want = "plain Go,AVX2,AVX-512,gone,BLAS,worse,oneDNN,peak,stream,"
	if got != want {
		t.Errorf("columns %s\nwant    %s", got, want)
	}
}
