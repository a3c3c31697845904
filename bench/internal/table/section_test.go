package table

import "testing"

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
