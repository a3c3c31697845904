package measure

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/mask"
)

// flat are n images, each of one grey at random.
func flat(n, dim int, rng *rand.Rand) kernels.Matrix {
	m := kernels.NewMatrix(n, dim)
	for i := range n {
		grey := rng.Float32()
		for j := range dim {
			m.Row(i)[j] = grey
		}
	}
	return m
}

// TestDistancesOfFlatImages: between images of one grey each the terms of a product are all alike, and each addition
// of a chain may be off the same way: without parts by a share of 0.015 for 49,152 numbers.
func TestDistancesOfFlatImages(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for dim, most := range map[int]float64{784: 5e-4, 3072: 2e-3, 4096: 2e-3, 4097: 6e-4, 49152: 6e-4} {
		rng := rand.New(rand.NewPCG(1, 1))
		points, data := flat(30, dim, rng), flat(30, dim, rng)
		var mu sync.Mutex
		worst := 0.0
		err := distancesOf(t, points).each(t.Context(), e, model.Rows{Matrix: data}, nil, func(i int, square []float32) {
			mu.Lock()
			defer mu.Unlock()
			for j, s := range square {
				by := float64(data.Row(i)[0]) - float64(points.Row(j)[0])
				worst = max(worst, math.Abs(float64(s)/(by*by*float64(dim))-1))
			}
		})
		if err != nil || worst > most {
			t.Errorf("%d numbers: relative error %v, want %v at most; error %v", dim, worst, most, err)
		}
	}
}

// TestFillOfFlatImages: each is filled in from the nearest, however large it is, and though another is about as near.
func TestFillOfFlatImages(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, dim := range []int{3072, 49152} {
		rng := rand.New(rand.NewPCG(1, 1))
		for round := range 10 {
			examples, images := flat(12, dim, rng), flat(6, dim, rng)
			for i := range images.Rows {
				for j, grey := range images.Row(i) {
					examples.Row(2 * i)[j], examples.Row(2*i + 1)[j] = grey-0.005, grey+0.006
				}
			}
			right := make(mask.Mask, dim)
			for j := dim / 2; j < dim; j++ {
				right[j] = true
			}
			filled, err := NearestFill(t.Context(), e, model.Rows{Matrix: examples}, images, []mask.Mask{right}, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range images.Rows {
				away := func(grey float32) float64 { return math.Abs(float64(images.Row(i)[0]) - float64(grey)) }
				nearest := examples.Row(0)[0]
				for k := range examples.Rows {
					if grey := examples.Row(k)[0]; away(grey) < away(nearest) {
						nearest = grey
					}
				}
				if got := filled.Row(i)[dim-1]; got != nearest {
					t.Errorf("%d numbers, round %d: %v filled in with %v, want %v", dim, round, images.Row(i)[0], got, nearest)
				}
			}
		}
	}
}

// TestProducts: those of up to 4096 numbers are one chain, as they always were; those of more are of parts, with the same
// bits whatever divides the work.
func TestProducts(t *testing.T) {
	for _, numbers := range []int{1, 784, 4096, 4097, 5000, 10240} {
		points, x := random.Uniform(37, numbers, 1), random.Uniform(21, numbers, 2)
		p := newProducts(points)
		lengths := p.lessLengths(points)
		var first kernels.Matrix
		for _, isa := range kernels.Available() {
			for threads := 1; threads <= 3; threads++ {
				e := modeltest.Engine(t, isa, threads)
				dst, sums := p.room(x.Rows)
				p.of(e, dst, sums, x)
				if first.Data == nil {
					first = dst
				}
				if !slices.Equal(dst.Data, first.Data) {
					t.Errorf("%d numbers: other bits on %v with %d threads", numbers, isa, threads)
				}
				if numbers > numbersInOne {
					continue
				}
				whole, one := kernels.NewPacked(1+numbers, points.Rows), kernels.NewMatrix(x.Rows, points.Rows)
				for j, length := range lengths {
					whole.Data[whole.Index(0, j)] = float32(-0.5 * length)
				}
				whole.PackTransposed(1, points)
				e.Affine(one, kernels.Identity, x, whole)
				if !slices.Equal(dst.Data, one.Data) {
					t.Errorf("%d numbers: other bits than those of one product", numbers)
				}
			}
		}
		for i := range x.Rows {
			for j := range points.Rows {
				want, terms := -lengths[j]/2, lengths[j]/2
				for k, v := range x.Row(i) {
					want += float64(v) * float64(points.Row(j)[k])
					terms += float64(v) * float64(points.Row(j)[k])
				}
				if got := float64(first.Row(i)[j]); math.Abs(got-want) > chainError*terms {
					t.Errorf("%d numbers: product %d of example %d is %v, want %v", numbers, j, i, got, want)
				}
			}
		}
	}
}
