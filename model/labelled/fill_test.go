package labelled_test

import (
	"io"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
	"github.com/targetprop/targetprop/model/mask"
)

func TestFillAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	labels := []int{0, labelled.Missing, 4, 2, labelled.Missing}
	for _, sizes := range [][]int{{20, 9}, {20, 17, 6}, {20, 17, 12, 5}} {
		n := network(t, e, 5, sizes...)
		s := newSlow(n)
		images := modeltest.Images(modeltest.Bars{N: 5, Width: 20}, 0, 5)
		masks, err := mask.Random(5, 20, 0.4, 1)
		if err != nil {
			t.Fatal(err)
		}
		settings := labelled.Filling{Seed: 3, Rounds: 3, Inference: labelled.Inference{Iterations: 3, Delta: 0.1, Alpha: 0.2, Beta: 0.3}}
		filled, err := n.Fill(t.Context(), e, images, masks, labels, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := range images.Rows {
			x := modeltest.Wide(filled.Start.Row(i))
			follow := func(h [][]float64) {
				for j, v := range s.g[0].Apply(h[1]) {
					if masks[i][j] {
						h[0][j] = v
					}
				}
			}
			for range settings.Rounds {
				h := s.start(x)
				for range settings.Inference.Iterations {
					follow(h)
					s.sweep(h, labels[i], settings.Inference)
				}
				follow(h)
				x = h[0]
			}
			near(t, "pixels", filled.Images.Row(i), x)
			h := s.start(x)
			near(t, "p(y|h)", filled.Probabilities.Row(i), s.down(h[len(h)-1]))
			for j, missing := range masks[i] {
				if !missing && filled.Images.Row(i)[j] != images.Row(i)[j] {
					t.Fatalf("visible pixel %d of image %d changed", j, i)
				}
			}
		}
	}
}

// TestFillRounds: after each round it shows what Fill of so many rounds gives, and
// an error ends it.
func TestFillRounds(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := network(t, e, 5, 20, 17, 6)
	images := modeltest.Images(modeltest.Bars{N: 150, Width: 20}, 0, 150) // more than are done at a time
	masks, err := mask.Random(150, 20, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	settings := labelled.DefaultFilling()
	settings.Rounds = 2
	shown := []kernels.Matrix{kernels.NewMatrix(150, 20), kernels.NewMatrix(150, 20), kernels.NewMatrix(150, 20)}
	err = n.FillRounds(t.Context(), e, images, masks, nil, settings, func(first, round int, now kernels.Matrix) error {
		for i := range now.Rows {
			copy(shown[round].Row(first+i), now.Row(i))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for round, got := range shown {
		settings.Rounds = round
		want, err := n.Fill(t.Context(), e, images, masks, nil, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		if modeltest.FirstDifference(got.Data, want.Images.Data) >= 0 {
			t.Errorf("after round %d other images than those of Fill", round)
		}
	}
	calls := 0
	err = n.FillRounds(t.Context(), e, images, masks, nil, settings, func(int, int, kernels.Matrix) error {
		calls++
		return io.ErrUnexpectedEOF
	})
	if err != io.ErrUnexpectedEOF || calls != 1 {
		t.Errorf("error %v after %d calls", err, calls)
	}
}
