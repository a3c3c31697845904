package data

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// TestShare: every process reads what it would read of all images, and holds its
// part of them only.
func TestShare(t *testing.T) {
	images := dataset.Images{Height: 3, Width: 5, Pixels: make([]uint8, 15*23)}
	for i := range images.Pixels {
		images.Pixels[i] = uint8(rand.IntN(256))
	}
	for _, size := range []int{2, 3, 7, 30} {
		grouptest.Together(t, size, func(g grouptest.Member) error {
			s := Share(g, images).(*Shared)
			if s.Len() != 23 || s.Dim() != 15 || len(s.own) > 15*(23/size+1) {
				t.Errorf("%d ranks: %d images of %d pixels, %d bytes of its own", size, s.Len(), s.Dim(), len(s.own))
			}
			var fetcher model.Fetcher = s
			for seed := range uint64(4) {
				some := rand.New(rand.NewPCG(1, seed)).Perm(23)[:3+5*seed]
				if err := fetcher.Fetch(some); err != nil {
					return err
				}
				got, want := make([]float32, 15), make([]float32, 15)
				for _, i := range some {
					fetcher.Read(i, got)
					if images.Read(i, want); !slices.Equal(got, want) {
						t.Errorf("rank %d of %d: image %d is %v, want %v", g.Rank(), size, i, got, want)
					}
				}
			}
			return nil
		})
	}
	if _, ok := Share(nil, images).(dataset.Images); !ok {
		t.Error("one process alone does not have its images at hand")
	}
}

// TestMeasuresOfShared: what draws examples here and there has them of all processes, and the same results.
func TestMeasuresOfShared(t *testing.T) {
	images := dataset.Images{Height: 3, Width: 5, Pixels: make([]uint8, 15*2300)}
	for i := range images.Pixels {
		images.Pixels[i] = uint8(rand.IntN(256))
	}
	measured := func(g model.Group) (float64, []float32, error) {
		e, err := kernels.New(kernels.WithThreads(1))
		if err != nil {
			return 0, nil, err
		}
		defer e.Close()
		n, err := model.New(model.DefaultConfig(15, 8, 4), 1, e)
		if err != nil {
			return 0, nil, err
		}
		n.Group = g
		data := Share(g, images)
		reconstruction, err := n.ReconstructionError(t.Context(), e, data, 1700, model.TrainInference())
		if err != nil {
			return 0, nil, err
		}
		centres, err := measure.KMeans(t.Context(), e, data, 5, 3, 1, nil, measure.In(g))
		return reconstruction, centres.Data, err
	}
	want, centres, err := measured(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{2, 3} {
		grouptest.Together(t, size, func(g grouptest.Member) error {
			got, c, err := measured(g)
			if err == nil && (got != want || !slices.Equal(c, centres)) {
				t.Errorf("rank %d of %d: %v and %v, want %v and %v", g.Rank(), size, got, c, want, centres)
			}
			return err
		})
	}
}
