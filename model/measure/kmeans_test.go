package measure

import (
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

func TestKMeansFindsTheBars(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	data := modeltest.Bars{N: 200, Width: 25}
	centres, err := KMeans(t.Context(), e, data, 40, 10, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	// Every centre is one bar and not a mixture.
	for c := range centres.Rows {
		bright := 0
		for _, v := range centres.Row(c) {
			if v > 0.5 {
				bright++
			}
		}
		if bright != 5 {
			t.Errorf("centre %d has %d bright pixels, want 5", c, bright)
		}
	}
	// A centre is the mean of the examples nearest to it: another round moves
	// none once the algorithm has converged.
	more, err := KMeans(t.Context(), e, data, 40, 60, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	evenMore, err := KMeans(t.Context(), e, data, 40, 61, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(more.Data, evenMore.Data) {
		t.Error("60 rounds did not converge")
	}
}
