package labelled_test

import (
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
