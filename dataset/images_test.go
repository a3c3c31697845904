package dataset

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func fiveImages() Images {
	s := Images{Height: 2, Width: 3, Labels: []uint8{0, 1, 2, 3, 4}}
	for i := range 5 * 6 {
		s.Pixels = append(s.Pixels, uint8(i))
	}
	return s
}

func TestImagesShape(t *testing.T) {
	s := fiveImages()
	if s.Len() != 5 || s.Dim() != 6 {
		t.Errorf("Len %d, Dim %d, want 5, 6", s.Len(), s.Dim())
	}
	if got, want := s.Row(2), []uint8{12, 13, 14, 15, 16, 17}; !slices.Equal(got, want) {
		t.Errorf("Row(2) = %v, want %v", got, want)
	}
	if zero := (Images{}); zero.Len() != 0 || zero.Dim() != 0 {
		t.Errorf("zero value: Len %d, Dim %d, want 0, 0", zero.Len(), zero.Dim())
	}
}

func TestImagesSlice(t *testing.T) {
	for _, c := range []struct{ lo, hi int }{{0, 5}, {1, 4}, {4, 5}, {0, 0}, {5, 5}} {
		s := fiveImages()
		part := s.Slice(c.lo, c.hi)
		if part.Len() != c.hi-c.lo || len(part.Labels) != part.Len() || part.Dim() != 6 {
			t.Fatalf("Slice(%d, %d): %d images, %d labels, Dim %d", c.lo, c.hi, part.Len(), len(part.Labels), part.Dim())
		}
		for i := range part.Len() {
			if !slices.Equal(part.Row(i), s.Row(c.lo+i)) || part.Labels[i] != s.Labels[c.lo+i] {
				t.Errorf("Slice(%d, %d): image %d is not image %d of the whole", c.lo, c.hi, i, c.lo+i)
			}
		}
	}
	s := fiveImages()
	s.Labels = nil
	if part := s.Slice(1, 3); part.Len() != 2 || part.Labels != nil {
		t.Errorf("without labels: %d images, labels %v", part.Len(), part.Labels)
	}
}

// Appending to a part or to a row must not reach what is behind it.
func TestImagesAppendIsSafe(t *testing.T) {
	s := fiveImages()
	part := s.Slice(0, 2)
	_ = append(part.Pixels, 99)
	_ = append(part.Labels, 99)
	_ = append(s.Row(2), 99)
	if want := fiveImages(); !slices.Equal(s.Pixels, want.Pixels) || !slices.Equal(s.Labels, want.Labels) {
		t.Errorf("append has written behind the part: %v, %v", s.Pixels, s.Labels)
	}
}

func TestImagesOutOfRange(t *testing.T) {
	// Room behind the last image must not count as an image.
	s := fiveImages()
	s.Pixels = slices.Grow(s.Pixels, 100)
	s.Labels = slices.Grow(s.Labels, 100)
	for name, f := range map[string]func(){
		"Row(-1)":     func() { s.Row(-1) },
		"Row(5)":      func() { s.Row(5) },
		"Slice(-1,2)": func() { s.Slice(-1, 2) },
		"Slice(3,2)":  func() { s.Slice(3, 2) },
		"Slice(0,6)":  func() { s.Slice(0, 6) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("did not panic")
				}
			}()
			f()
		})
	}
}

// TestExtremes: of each number, as it is stored; and a set that is being read can be left.
func TestExtremes(t *testing.T) {
	images := Images{Height: 1, Width: 2, Pixels: []uint8{3, 200, 7, 100, 5, 150}}
	lo, hi, err := images.Extremes(t.Context())
	if err != nil || !slices.Equal(lo, []float32{3, 100}) || !slices.Equal(hi, []float32{7, 200}) {
		t.Errorf("%v to %v, %v", lo, hi, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := images.Extremes(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
