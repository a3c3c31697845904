package program

import (
	"fmt"
	"image"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/untuned"
)

// TestReproduceInColour: the figures of images are made of pictures in colour, and in
// colour; a missing pixel is missing in all its channels.
func TestReproduceInColour(t *testing.T) {
	leaveToPlain(t)
	data, out := t.TempDir(), filepath.Join(t.TempDir(), "report")
	for i := range 240 {
		p := make([]byte, 3*7*6)
		for j := range p {
			p[j] = byte(i*53 + j/3%7*30 + j%3*90)
		}
		untuned.Write(t, untuned.PNG(t, p, 6, 7), data, fmt.Sprint(i%2), fmt.Sprintf("%03d.png", i))
	}
	mustCall(t, tinyReproduce(data, out, "--only", "figure3,figure5")...)
	for _, name := range []string{"figure3-*-generate.png", "figure5-*-filled.png"} {
		found, err := filepath.Glob(filepath.Join(out, "parts", name))
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v, %v", name, found, err)
		}
		if img := decodePNG(t, found[0]); !coloured(img) {
			t.Errorf("%s is grey", name)
		}
	}
	if text := read(t, filepath.Join(out, "report.md")); !strings.Contains(text, "| left | 18 |") {
		t.Errorf("the left half of 7 x 6 pixels has not 18 in %s", text)
	}
}

func coloured(img image.Image) bool {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); r != g || g != b {
				return true
			}
		}
	}
	return false
}
