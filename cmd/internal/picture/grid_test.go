package picture

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"reflect"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// TestPageGrid: each pixel is a square of dots in its place, clipped to [0,1]; columns are no narrower than their headings.
func TestPageGrid(t *testing.T) {
	g := Grid{Height: 2, Width: 1, Scale: 3, Columns: []string{"a", "b"}, Lines: []Line{{Images: [][]float32{{0, 1}, nil}}, {Name: "second", Images: [][]float32{nil, {-3, 0.5}}}}}
	b, err := g.PNG(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	gap := page.gap
	left, top := page.margin+letter*len("second")+gap, page.margin+lineSpace
	for _, c := range []struct {
		x, y int
		want uint8
	}{{left, top, 0}, {left + 2, top + 2, 0}, {left, top + 3, 255}, {left + letter + gap, top + 6 + gap, 0}, {left + letter + gap, top + 9 + gap, 128}, {left + letter + gap, top, 255}} {
		if got := color.GrayModel.Convert(img.At(c.x, c.y)).(color.Gray).Y; got != c.want {
			t.Errorf("dot %d, %d is %d, want %d", c.x, c.y, got, c.want)
		}
	}
}

// TestDarkGrid: images lie in rows, each pixel in its place, clipped to [0,1].
func TestDarkGrid(t *testing.T) {
	m := kernels.NewMatrix(3, 4)
	copy(m.Row(0), []float32{0, 0.5, 1, 0})
	copy(m.Row(2), []float32{-3, 7, 0.2, 1})
	g := drawn(t, Grid{Height: 2, Width: 2, Lines: Square(m, 2, 2), Dark: true}).(*image.Gray)
	gap := dark.gap
	if b := g.Bounds(); b.Dx() != 2*(2+gap)+gap || b.Dy() != 2*(2+gap)+gap {
		t.Fatalf("bounds %v", b)
	}
	for _, c := range []struct {
		x, y int
		want uint8
	}{{gap, gap, 0}, {gap + 1, gap, 128}, {gap, gap + 1, 255}, {gap, 2*gap + 2, 0}, {gap + 1, 2*gap + 2, 255}, {gap, 2*gap + 3, 51}, {0, 0, dark.shade.Y}, {2*gap + 2, 2*gap + 2, dark.shade.Y}} {
		if got := g.GrayAt(c.x, c.y).Y; got != c.want {
			t.Errorf("pixel %d, %d is %d, want %d", c.x, c.y, got, c.want)
		}
	}
}

// TestColourAndBars: images of three channels are drawn in colour, and rows of numbers
// as bars, whose heights are their values.
func TestColourAndBars(t *testing.T) {
	g := drawn(t, Grid{Height: 1, Width: 1, Dark: true, Lines: []Line{{Images: [][]float32{{1, 0, 0.2}}}}})
	if got := g.At(dark.gap, dark.gap); got != (color.RGBA{255, 0, 51, 255}) {
		t.Errorf("a pixel of 1, 0, 0.2 is %v", got)
	}
	b := drawn(t, Grid{Height: 1, Width: 3, Lines: []Line{{Images: [][]float32{{0, 0.5, 2}}}}}).(*image.Gray)
	for bar, want := range []int{1, 24, 48} {
		inked := 0
		for y := range barHeight {
			if b.GrayAt(page.margin+bar*barWidth(3)+1, page.margin+y) == barInk {
				inked++
			}
		}
		if inked != want {
			t.Errorf("bar %d is %d dots high, want %d", bar, inked, want)
		}
	}
}

// drawn is the grid's picture.
func drawn(t *testing.T, g Grid) draw.Image {
	t.Helper()
	img, err := g.Draw(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestWideBars: more numbers than a screen has dots share them, and each dot is the mean of its numbers.
func TestWideBars(t *testing.T) {
	wide, narrow := make([]float32, 10*widestBars), make([]float32, widestBars)
	for i := range wide {
		wide[i] = float32(i/10%2) + float32(i%10%2)/2 - 0.25
	}
	for i := range narrow {
		narrow[i] = float32(i % 2)
	}
	a := drawn(t, Grid{Height: 1, Width: len(wide), Lines: []Line{{Images: [][]float32{wide}}}})
	b := drawn(t, Grid{Height: 1, Width: len(narrow), Lines: []Line{{Images: [][]float32{narrow}}}})
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%v and %v differ", a.Bounds(), b.Bounds())
	}
}

// TestColourStrip: a line of pixels in colour is no row of numbers.
func TestColourStrip(t *testing.T) {
	m := kernels.NewMatrix(1, 6)
	copy(m.Row(0), []float32{1, 0, 0, 0, 0, 1})
	img := drawn(t, Grid{Height: 1, Width: 2, Scale: 3, Lines: Square(m, 1, 2), Dark: true})
	if b := img.Bounds(); b.Dx() != 2*3+2*2 || b.Dy() != 3+2*2 || img.At(2, 2) != (color.RGBA{0xff, 0, 0, 0xff}) || img.At(2+5, 2+2) != (color.RGBA{0, 0, 0xff, 0xff}) {
		t.Errorf("%v: %v, %v", b, img.At(2, 2), img.At(2+5, 2+2))
	}
}

// TestLongHeading: a class may be a whole text; its heading is the beginning of that.
func TestLongHeading(t *testing.T) {
	grid := func(letters int) Grid {
		name := strings.Repeat("e", letters)
		return Grid{Height: 2, Width: 2, Scale: 9, Columns: []string{name}, Lines: []Line{{Name: name, Images: [][]float32{make([]float32, 4)}}}}
	}
	long := grid(100_000)
	if most, b := drawn(t, grid(longestHeading)).Bounds(), drawn(t, long).Bounds(); b != most || len(long.Columns[0]) != 100_000 {
		t.Errorf("%v, want %v at most", b, most)
	}
}

// TestPictureEnds: the making of a picture ends with its context, both while it is drawn and while it is compressed.
func TestPictureEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	g := Grid{Height: 2, Width: 2, Lines: Square(kernels.NewMatrix(5, 4), 2, 2), Dark: true}
	img := drawn(t, g)
	cancel()
	if _, err := g.PNG(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("drawing: %v", err)
	}
	if _, err := EncodePNG(ctx, img); !errors.Is(err, context.Canceled) {
		t.Errorf("compressing: %v", err)
	}
}
