//go:build peers

package yardstick

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestDigits trains on real digits, with noise: every loss falls.
func TestDigits(t *testing.T) {
	dir := os.Getenv("TARGETPROP_MNIST")
	if dir == "" {
		t.Skip("TARGETPROP_MNIST is not set to the directory of the MNIST files")
	}
	const batch, steps = 100, 30
	images := readImages(t, filepath.Join(dir, "train-images-idx3-ubyte.gz"), batch*steps)
	for _, division := range divisions {
		t.Run(division.String(), func(t *testing.T) {
			c := Default(1)
			c.Threads, c.Division = 2, division
			trainer, err := NewConfig(c)
			if err != nil {
				t.Fatal(err)
			}
			defer trainer.Close()
			var first, last [Maps]float64
			for s := range steps {
				losses := trainer.Step(images[s*batch*784 : (s+1)*batch*784])
				for m, l := range losses {
					if s < 5 {
						first[m] += l / 5
					}
					if s >= steps-5 {
						last[m] += l / 5
					}
				}
			}
			t.Logf("losses of g1, f1, g2, f2: %.4g, then %.4g", first, last)
			for m := range first {
				if !(last[m] < first[m]) {
					t.Errorf("loss of map %d went from %v to %v", m, first[m], last[m])
				}
			}
		})
	}
}

// readImages returns the first n images of an IDX file, with pixels in [0, 1].
func readImages(t *testing.T, path string, n int) []float32 {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	const header = 16
	text := make([]byte, header+n*784)
	if _, err := io.ReadFull(r, text); err != nil {
		t.Fatal(err)
	}
	images := make([]float32, n*784)
	for i, v := range text[header:] {
		images[i] = float32(v) / 255
	}
	return images
}
