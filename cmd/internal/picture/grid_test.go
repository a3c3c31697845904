package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

// TestPageGrid: each pixel is a square of dots in its place, clipped to [0,1].
func TestPageGrid(t *testing.T) {
	g := Grid{Height: 2, Width: 1, Scale: 3, Columns: []string{"a", "b"}, Lines: []Line{{Images: [][]float32{{0, 1}, nil}}, {Name: "second", Images: [][]float32{nil, {-3, 0.5}}}}}
	b, err := g.PNG()
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
	}{{left, top, 0}, {left + 2, top + 2, 0}, {left, top + 3, 255}, {left + 3 + gap, top + 6 + gap, 0}, {left + 3 + gap, top + 9 + gap, 128}, {left + 3 + gap, top, 255}} {
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
	g := Grid{Height: 2, Width: 2, Lines: Square(m, 2, 2), Dark: true}.Draw().(*image.Gray)
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
	g := Grid{Height: 1, Width: 1, Dark: true, Lines: []Line{{Images: [][]float32{{1, 0, 0.2}}}}}.Draw()
	if got := g.At(dark.gap, dark.gap); got != (color.RGBA{255, 0, 51, 255}) {
		t.Errorf("a pixel of 1, 0, 0.2 is %v", got)
	}
	b := Grid{Height: 1, Width: 3, Lines: []Line{{Images: [][]float32{{0, 0.5, 2}}}}}.Draw().(*image.Gray)
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
