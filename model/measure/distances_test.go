package measure

import (
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/mask"
)

// bright is n images of 4096 pixels that are nearly equal: each is 0.9 but for noise of
// the given size. Every other one may be 0.1 instead, so that their mean is near to none.
func bright(n int, noise float32, seed uint64, two bool) kernels.Matrix {
	m := random.Uniform(n, 4096, seed)
	for i := range n {
		level := float32(0.9)
		if two && i%2 == 1 {
			level = 0.1
		}
		for j, u := range m.Row(i) {
			m.Row(i)[j] = level + noise*(u-0.5)
		}
	}
	return m
}

// exact is the squared distance in float64.
func exact(a, b []float32) float64 {
	sum := 0.0
	for j := range a {
		sum += (float64(a[j]) - float64(b[j])) * (float64(a[j]) - float64(b[j]))
	}
	return sum
}

// distancesOf are those to the rows of points.
func distancesOf(t *testing.T, points kernels.Matrix) *distances {
	t.Helper()
	d, err := newDistances(points)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestDistancesOfBrightImages: the squares of images of 4096 pixels are 3000, and those of
// their distances 0.03. Products alone would be off by a tenth of that.
func TestDistancesOfBrightImages(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, two := range []bool{false, true} {
		points, data := bright(60, 0.005, 1, two), bright(40, 0.005, 2, two)
		copy(data.Row(7), points.Row(3))
		var mu sync.Mutex
		worst := 0.0
		err := distancesOf(t, points).each(t.Context(), e, model.Rows{Matrix: data}, nil, func(i int, square []float32) {
			mu.Lock()
			defer mu.Unlock()
			for j, s := range square {
				want := exact(data.Row(i), points.Row(j))
				if want == 0 && s != 0 {
					t.Errorf("equal images are apart by %v", s)
				} else if want > 0 {
					worst = max(worst, math.Abs(float64(s)/want-1))
				}
			}
		})
		if err != nil || worst > 1e-4 {
			t.Errorf("two levels %v: relative error %v, error %v", two, worst, err)
		}
	}
}

// TestMeasuresOfBrightImages: all measures find what they find on the same images with less
// light, whose squares are small.
func TestMeasuresOfBrightImages(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	figures := func(level float32) (text string, likelihood float64) {
		// Multiples of 2^-14 that float32 holds at either level.
		quantised := func(n int, seed uint64, noise float64) kernels.Matrix {
			m := random.Uniform(n, 512, seed)
			for i := range m.Data {
				m.Data[i] = level + float32(math.Round(noise*(float64(m.Data[i])-0.5)*(1<<14)))/(1<<14)
			}
			return m
		}
		images, samples := quantised(120, 1, 0.005), quantised(120, 2, 0.005)
		data := model.Rows{Matrix: images}
		pr, err := EstimatePrecisionRecall(t.Context(), e, images, samples, 3, nil)
		if err != nil {
			t.Fatal(err)
		}
		honest, err := EstimateCopyThreshold(t.Context(), e, data, model.Rows{Matrix: quantised(100, 3, 0.005)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		copies, err := EstimateCopies(t.Context(), e, samples, data, honest, nil)
		if err != nil {
			t.Fatal(err)
		}
		centres, err := KMeans(t.Context(), e, data, 5, 4, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		var of []int // each image's centre
		for i := range images.Rows {
			best := 0
			for c := range centres.Rows {
				if exact(images.Row(i), centres.Row(c)) < exact(images.Row(i), centres.Row(best)) {
					best = c
				}
			}
			of = append(of, best)
		}
		parzen, err := EstimateParzen(t.Context(), e, samples, data, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		missing := make(mask.Mask, images.Cols)
		missing[3] = true
		filled, err := NearestFill(t.Context(), e, data, samples, []mask.Mask{missing}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var pixels []float32
		for i := range filled.Rows {
			pixels = append(pixels, filled.Row(i)[3]-level)
		}
		return fmt.Sprint(pr, copies.Share, of, pixels), parzen.Mean
	}
	dark, darkLikelihood := figures(0)
	light, lightLikelihood := figures(0.875)
	if dark != light || math.Abs(darkLikelihood-lightLikelihood) > 1e-3 {
		t.Errorf("bright images: %s and %v, want %s and %v as of dark ones", light, lightLikelihood, dark, darkLikelihood)
	}
	t.Log(dark)
}

// farOff are n examples from 0 to 1 of which each step-th has a number that is far off, as of a missing value.
func farOff(n, dim, step int, number float32, seed uint64) kernels.Matrix {
	m := random.Uniform(n, dim, seed)
	for i := step / 2; i < n; i += step {
		m.Row(i)[0] = number * (1 + m.Row(i)[0]/1024)
	}
	return m
}

// TestDistancesWithValuesFarOff: a few of them, or half, move the mean, and what is near each other is found all the same.
// So are neighbours at all shares of the lengths.
func TestDistancesWithValuesFarOff(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	worst := func(points, data kernels.Matrix) (worst float64) {
		var mu sync.Mutex
		err := distancesOf(t, points).each(t.Context(), e, model.Rows{Matrix: data}, nil, func(i int, square []float32) {
			mu.Lock()
			defer mu.Unlock()
			for j, s := range square {
				if want := exact(data.Row(i), points.Row(j)); want > 0 {
					worst = max(worst, math.Abs(float64(s)/want-1))
				} else if s != 0 {
					t.Errorf("equal examples are apart by %v", s)
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		return worst
	}
	for _, number := range []float32{-1, 999, 1e6, -1e9, 1e12, 1e17} {
		for _, step := range []int{2, 100} {
			real, samples := farOff(400, 3, step, number, 1), farOff(400, 3, step, number, 2)
			for i := range samples.Rows {
				samples.Row(i)[1] += 0.5
			}
			if got := worst(real, samples); got > 1e-4 {
				t.Errorf("one in %d is %v: relative error %v", step, number, got)
			}
			got, err := EstimatePrecisionRecall(t.Context(), e, real, samples, 3, nil)
			if want := (PrecisionRecall{slowShareInside(real, samples, 3), slowShareInside(samples, real, 3)}); err != nil || got != want {
				t.Errorf("one in %d is %v: %v, want %v, error %v", step, number, got, want, err)
			}
		}
	}
	points, data := random.Uniform(60, 40, 1), kernels.NewMatrix(60, 40)
	for i := range data.Rows {
		for j, p := range points.Row(i) {
			data.Row(i)[j] = p + float32(math.Ldexp(float64(points.Row(59 - i)[j])-0.5, -i/2))
		}
	}
	if got := worst(points, data); got > 1e-4 {
		t.Errorf("neighbours: relative error %v", got)
	}
}

// TestTies: of examples with few values, as black and white images, many are equally far, and count as that.
func TestTies(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	for _, dim := range []int{6, 12, 36, 64, 784} {
		for _, levels := range []float64{2, 5, 17} {
			few := func(seed uint64, n int) kernels.Matrix {
				m := random.Uniform(n, dim, seed)
				for i := range m.Rows {
					for j, u := range m.Row(i) {
						m.Row(i)[j] = float32(math.Floor(levels*float64(u)) / 16)
					}
				}
				return m
			}
			real, samples := few(1, 150), few(2, 150)
			got, err := EstimatePrecisionRecall(t.Context(), e, real, samples, 3, nil)
			if want := (PrecisionRecall{slowShareInside(real, samples, 3), slowShareInside(samples, real, 3)}); err != nil || got != want {
				t.Errorf("%d numbers of %v levels: %v, want %v, error %v", dim, levels, got, want, err)
			}
			left := make(mask.Mask, dim)
			for j := range dim / 2 {
				left[j] = true
			}
			filled, err := NearestFill(t.Context(), e, model.Rows{Matrix: real}, samples, []mask.Mask{left}, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range filled.Rows {
				first := 0
				for j := range real.Rows {
					if visibleSquare(samples.Row(i), real.Row(j), left) < visibleSquare(samples.Row(i), real.Row(first), left) {
						first = j
					}
				}
				if !slices.Equal(filled.Row(i)[:dim/2], real.Row(first)[:dim/2]) {
					t.Errorf("%d numbers of %v levels: image %d is not filled in from the first of the nearest", dim, levels, i)
				}
			}
		}
	}
}
