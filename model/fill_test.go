package model

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// slowFill is the filling in of one image, written down from Section 8.
func slowFill(n *Network, start []float64, mask Mask, settings Filling) []float64 {
	var f, g []slowMap
	for l := range n.Encoders {
		f, g = append(f, slow(n.Encoders[l])), append(g, slow(n.Decoders[l]))
	}
	combine := func(x, prediction []float64) []float64 {
		y := slices.Clone(x)
		for j, missing := range mask {
			if missing {
				y[j] = prediction[j]
			}
		}
		return y
	}
	delta, alpha := float64(settings.Inference.Delta), float64(settings.Inference.Alpha)
	x := start
	for range settings.Rounds {
		h := [][]float64{x}
		for l := range f {
			h = append(h, f[l].apply(h[l]))
		}
		for range settings.Inference.Iterations {
			for l := len(f); l >= 1; l-- {
				below := h[l-1]
				if l == 1 {
					below = combine(x, g[0].apply(h[1]))
				}
				up, own := f[l-1].apply(below), f[l-1].apply(g[l-1].apply(h[l]))
				next := slices.Clone(h[l])
				for j := range next {
					next[j] += delta * (up[j] - own[j])
					if l < len(f) {
						next[j] += alpha * (g[l].apply(h[l+1])[j] - h[l][j])
					}
				}
				h[l] = next
			}
		}
		x = combine(x, g[0].apply(h[1]))
	}
	return x
}

func TestFillAgainstDefinition(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	for _, sizes := range [][]int{{20, 9}, {20, 17, 6}, {20, 17, 12, 5}} {
		n := newNetwork(t, e, sizes...)
		images := Sample(toy{n: 5, dim: 20}, 5, 1)
		each, err := RandomMasks(5, 20, 0.4, 1)
		if err != nil {
			t.Fatal(err)
		}
		settings := Filling{Seed: 3, Rounds: 3, Inference: Inference{Iterations: 3, Delta: 0.1, Alpha: 0.2}}
		for _, masks := range [][]Mask{each, each[:1]} {
			filled, err := n.Fill(t.Context(), e, images, masks, settings, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range images.Rows {
				want := slowFill(n, wide(filled.Start.Row(i)), maskOf(masks, i), settings)
				for j, v := range filled.Images.Row(i) {
					if !near(float64(v), want[j], 1e-5) {
						t.Fatalf("sizes %v, image %d: pixel %d is %v, want %v", sizes, i, j, v, want[j])
					}
				}
			}
		}
	}
}

// TestFillKeepsVisiblePixels gives NaN for the missing ones: they must not be
// looked at.
func TestFillKeepsVisiblePixels(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	n := newNetwork(t, e, 20, 17, 6)
	images := Sample(toy{n: 230, dim: 20}, 230, 1)
	masks, err := RandomMasks(230, 20, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	settings := DefaultFilling()
	settings.Rounds = 2
	last := 0
	filled, err := n.Fill(t.Context(), e, images, masks, settings, func(done int) { last = done })
	if err != nil {
		t.Fatal(err)
	}
	if last != 230*2 {
		t.Errorf("progress ends at %d", last)
	}
	hidden := kernels.NewMatrix(230, 20)
	for i := range hidden.Rows {
		copy(hidden.Row(i), images.Row(i))
		for j, missing := range masks[i] {
			if missing {
				hidden.Row(i)[j] = float32(math.NaN())
			} else if filled.Images.Row(i)[j] != images.Row(i)[j] || filled.Start.Row(i)[j] != images.Row(i)[j] {
				t.Fatalf("visible pixel %d of image %d changed", j, i)
			}
		}
	}
	again, err := n.Fill(t.Context(), e, hidden, masks, settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	if firstDifference(filled.Images.Data, again.Images.Data) >= 0 {
		t.Error("the missing pixels were looked at")
	}
	few, err := n.Fill(t.Context(), e, images.Slice(0, 3), masks[:3], settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(few.Images.Row(2), filled.Images.Row(2)) {
		t.Error("image 2 depends on how many there are")
	}
}

func TestFillRecoversBars(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	data := toy{n: 160, dim: 25}
	n := trainedOnBars(t, e, data, 40, 25, 32, 16)
	images := kernels.NewMatrix(40, 25) // not seen in training
	rows.Read(images, toy{n: 200, dim: 25}, 160)
	random, err := RandomMasks(40, 25, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	for name, masks := range map[string][]Mask{"random": random, "half": {HalfMask(5, 5, Bottom)}} {
		mse := func(filled kernels.Matrix, err error) float64 {
			if err != nil {
				t.Fatal(err)
			}
			mean, _, err := FillError(images, filled, masks)
			if err != nil {
				t.Fatal(err)
			}
			return mean
		}
		filled, err := n.Fill(t.Context(), e, images, masks, DefaultFilling(), nil)
		ours, start := mse(filled.Images, err), mse(filled.Start, err)
		byMean := mse(MeanFill(data, images, masks))
		byNearest := mse(NearestFill(t.Context(), e, data, images, masks, nil))
		t.Logf("%s: error %.4f, from %.4f; means %.4f, nearest %.4f", name, ours, start, byMean, byNearest)
		if ours > 0.2*byMean || ours > 0.2*start {
			t.Errorf("%s: error %v, from %v at the start; means have %v", name, ours, start, byMean)
		}
	}
}

func TestFillHasTheSameBitsEverywhere(t *testing.T) {
	images := Sample(toy{n: 9, dim: 30}, 9, 1)
	masks, err := RandomMasks(9, 30, 0.5, 1)
	if err != nil {
		t.Fatal(err)
	}
	run := func(e *kernels.Engine) []float32 {
		settings := DefaultFilling()
		settings.Rounds = 2
		n := newNetwork(t, e, 30, 21, 13)
		filled, err := n.Fill(t.Context(), e, images, masks, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		nearest, err := NearestFill(t.Context(), e, toy{n: 50, dim: 30}, images, masks, nil)
		if err != nil {
			t.Fatal(err)
		}
		return slices.Concat(filled.Images.Data, nearest.Data)
	}
	want := run(newEngine(t, kernels.Generic, 1))
	for _, isa := range kernels.Available() {
		for _, threads := range []int{1, 2, 7} {
			if i := firstDifference(run(newEngine(t, isa, threads)), want); i >= 0 {
				t.Errorf("%v with %d threads: number %d differs from plain Go on one thread", isa, threads, i)
			}
		}
	}
}

// TestNearestFillAgainstDefinition has more examples than are compared at a time.
func TestNearestFillAgainstDefinition(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 2)
	data := Rows{Uniform(pointBlock+900, 6, 1)}
	images := Uniform(300, 6, 2)
	masks, err := RandomMasks(300, 6, 0.4, 1)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	filled, err := NearestFill(t.Context(), e, data, images, masks, func(done int) { last = done })
	if err != nil {
		t.Fatal(err)
	}
	if last != 300*data.Len() {
		t.Errorf("progress ends at %d", last)
	}
	late := 0
	for i := range images.Rows {
		square := func(x []float32) float64 {
			var sum float64
			for j, missing := range masks[i] {
				if !missing {
					d := float64(x[j] - images.Row(i)[j])
					sum += d * d
				}
			}
			return sum
		}
		best := math.Inf(1)
		for p := range data.Len() {
			best = min(best, square(data.Row(p)))
		}
		// It is taken from an example that is as near, up to rounding.
		found := slices.IndexFunc(slices.Collect(rowsOf(data.Matrix)), func(x []float32) bool {
			for j, missing := range masks[i] {
				if missing && x[j] != filled.Row(i)[j] {
					return false
				}
			}
			return square(x) <= best+1e-6
		})
		if found < 0 {
			t.Fatalf("image %d is not filled in from the nearest example", i)
		}
		if found >= pointBlock {
			late++
		}
		for j, missing := range masks[i] {
			if !missing && filled.Row(i)[j] != images.Row(i)[j] {
				t.Fatalf("visible pixel %d of image %d changed", j, i)
			}
		}
	}
	if late == 0 {
		t.Error("no image took an example of the second block")
	}
}

func rowsOf(m kernels.Matrix) func(yield func([]float32) bool) {
	return func(yield func([]float32) bool) {
		for i := range m.Rows {
			if !yield(m.Row(i)) {
				return
			}
		}
	}
}

// matrix has the given rows.
func matrix(rows ...[]float32) kernels.Matrix {
	m := kernels.NewMatrix(len(rows), len(rows[0]))
	for i, row := range rows {
		copy(m.Row(i), row)
	}
	return m
}

func TestFillErrorAndMeanFill(t *testing.T) {
	truth := matrix([]float32{0, 1, 0}, []float32{1, 1, 1}, []float32{1, 0, 1})
	masks := []Mask{{true, true, false}, {false, false, false}, {false, false, true}}
	filled, err := MeanFill(Rows{matrix([]float32{0, 0.25, 0}, []float32{1, 0.75, 0.5})}, truth, masks)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]float32{{0.5, 0.5, 0}, {1, 1, 1}, {1, 0, 0.25}} {
		if !slices.Equal(filled.Row(i), want) {
			t.Errorf("image %d is %v, want %v", i, filled.Row(i), want)
		}
	}
	mean, stdErr, err := FillError(truth, filled, masks)
	// Image 0 has 0.25, image 2 has 0.5625; image 1 misses nothing.
	if want := 0.15625; err != nil || !near(mean, 0.40625, 1e-12) || !near(stdErr, want, 1e-12) {
		t.Errorf("error %v +- %v (%v), want 0.40625 +- %v", mean, stdErr, err, want)
	}
	if mean, stdErr, err = FillError(truth.Slice(0, 1), filled.Slice(0, 1), masks[:1]); err != nil || mean != 0.25 || stdErr != 0 {
		t.Errorf("error of one image %v +- %v (%v), want 0.25 +- 0", mean, stdErr, err)
	}
}

func TestMasks(t *testing.T) {
	draw := func(m Mask) string {
		s := ""
		for _, missing := range m {
			if missing {
				s += "#"
			} else {
				s += "."
			}
		}
		return s
	}
	for name, test := range map[string]struct {
		mask Mask
		want string
	}{
		"left":            {HalfMask(5, 2, Left), "##...##..."},
		"right":           {HalfMask(5, 2, Right), "...##...##"},
		"top":             {HalfMask(2, 3, Top), "##...."},
		"bottom":          {HalfMask(2, 3, Bottom), "....##"},
		"centred":         {CentredSquareMask(4, 4, 2), ".....##..##....."},
		"centred, uneven": {CentredSquareMask(4, 3, 1), ".....#......"},
		"too large":       {CentredSquareMask(2, 2, 9), "####"},
	} {
		if got := draw(test.mask); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	masks, err := RandomMasks(100, 300, 0.3, 1)
	if err != nil {
		t.Fatal(err)
	}
	missing := 0
	for _, m := range masks {
		missing += m.Missing()
	}
	if rate := float64(missing) / 30000; math.Abs(rate-0.3) > 4*math.Sqrt(0.3*0.7/30000) {
		t.Errorf("pixels are missing at a rate of %v, want 0.3", rate)
	}
	for rate, want := range map[float64]int{0: 0, 1: 300} {
		if all, _ := RandomMasks(2, 300, rate, 1); all[1].Missing() != want {
			t.Errorf("rate %v: %d of 300 missing", rate, all[1].Missing())
		}
	}
	squares, err := RandomSquareMasks(400, 5, 4, 2, 1)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]int{}
	for _, m := range squares {
		if m.Missing() != 4 {
			t.Fatalf("a square of 2 misses %d pixels", m.Missing())
		}
		places[draw(m)]++
	}
	if len(places) != 4*3 {
		t.Errorf("squares at %d places, want 12", len(places))
	}
	for _, s := range []Side{Left, Right, Top, Bottom} {
		if got, err := ParseSide(s.String()); got != s || err != nil {
			t.Errorf("%v reads as %v, %v", s, got, err)
		}
	}
	if _, err := ParseSide("middle"); err == nil {
		t.Error("unknown side: no error")
	}
	if _, err := RandomMasks(1, 3, math.NaN(), 1); err == nil {
		t.Error("rate NaN: no error")
	}
	if _, err := RandomSquareMasks(1, 3, 4, 4, 1); err == nil {
		t.Error("a square that does not fit: no error")
	}
}

func TestBadFills(t *testing.T) {
	e := newEngine(t, kernels.AVX512, 1)
	n := newNetwork(t, e, 4, 3)
	images, mask := Uniform(3, 4, 1), HalfMask(2, 2, Left)
	good := DefaultFilling()
	bad := good
	bad.Rounds = -1
	for name, try := range map[string]func() error{
		"rounds":     func() error { _, err := n.Fill(t.Context(), e, images, []Mask{mask}, bad, nil); return err },
		"width":      func() error { _, err := n.Fill(t.Context(), e, Uniform(3, 5, 1), []Mask{mask}, good, nil); return err },
		"mask width": func() error { _, err := n.Fill(t.Context(), e, images, []Mask{mask[:3]}, good, nil); return err },
		"masks":      func() error { _, err := n.Fill(t.Context(), e, images, []Mask{mask, mask}, good, nil); return err },
		"mean width": func() error { _, err := MeanFill(toy{n: 3, dim: 5}, images, []Mask{mask}); return err },
		"nearest none": func() error {
			_, err := NearestFill(t.Context(), e, toy{dim: 4}, images, []Mask{mask}, nil)
			return err
		},
		"error of none": func() error { _, _, err := FillError(images, images, []Mask{make(Mask, 4)}); return err },
		"error shapes":  func() error { _, _, err := FillError(images, images.Slice(0, 2), []Mask{mask}); return err },
	} {
		if try() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.Fill(ctx, e, images, []Mask{mask}, good, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
	if _, err := NearestFill(ctx, e, toy{n: 9, dim: 4}, images, []Mask{mask}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want Canceled", err)
	}
}
