package limits

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/kernels"
)

// TestTilesInL1: columns that nobody needs do not count.
func TestTilesInL1(t *testing.T) {
	engines, err := cases.NewEngines(1)
	if err != nil {
		t.Fatal(err)
	}
	s := &cases.Setting{Engines: engines, Tile: func(kernels.ISA) (float64, func()) { return 1000, func() {} }}
	full := tilesInL1(s, cases.Shape{M: 1, K: 1000, N: 104}, kernels.Softplus)
	part := tilesInL1(s, cases.Shape{M: 1, K: 1000, N: 100}, kernels.Softplus)
	if len(full) != len(engines) {
		t.Fatalf("%d entries of %d engines", len(full), len(engines))
	}
	for i := range full {
		if got, want := part[i].Cells[0].Work, full[i].Cells[0].Work*100/104; math.Abs(got/want-1) > 1e-12 {
			t.Errorf("%s: %v flops, want %v", part[i].Cells[0].Column, got, want)
		}
	}
}
