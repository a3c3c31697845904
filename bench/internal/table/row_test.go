package table

import (
	"math"
	"testing"
)

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
