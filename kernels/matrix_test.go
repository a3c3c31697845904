package kernels

import (
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestViews: rows and columns of a matrix are where they were, those at its end and of an
// empty matrix included; what is not of the matrix is refused.
func TestViews(t *testing.T) {
	m := Matrix{Rows: 2, Cols: 3, Stride: 4, Data: []float32{0, 1, 2, -1, 10, 11, 12}}
	if v := m.Columns(1, 3); v.Rows != 2 || v.Cols != 2 || v.Row(1)[0] != 11 || v.Row(1)[1] != 12 {
		t.Errorf("columns are %v", v)
	}
	if v := m.Slice(1, 2); v.Rows != 1 || v.Row(0)[2] != 12 {
		t.Errorf("rows are %v", v)
	}
	m64 := Matrix64{Rows: 2, Cols: 3, Stride: 3, Data: []float64{0, 1, 2, 10, 11, 12}}
	if v := m64.Columns(2, 3).Slice(1, 2); v.Row(0)[0] != 12 {
		t.Errorf("the last element is %v", v)
	}
	for _, v := range []Matrix{m.Slice(2, 2), m.Columns(3, 3), (Matrix{Cols: 3, Stride: 3}).Columns(1, 3), m.Slice(2, 2).Columns(1, 2)} {
		v.checkData("an empty view")
	}
	for want, f := range map[string]func(){
		"rows 1 to 2 of 2":     func() { m.Slice(1, 3) },
		"rows -1 to 0 of 2":    func() { m64.Slice(-1, 1) },
		"columns 2 to 3 of 3":  func() { m.Columns(2, 4) },
		"columns 2 to -1 of 3": func() { m64.Columns(2, 0) },
	} {
		if got := caught.Panic(f); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
