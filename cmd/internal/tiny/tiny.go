// Package tiny is a small set of images for tests of commands.
package tiny

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// The images of the tests: 300 for training, of which 250 remain after the
// split, on 7 x 5 pixels, so that no width is a multiple of anything.
const (
	Images = 300
	Test   = 60
	Height = 7
	Width  = 5
)

// The four IDX files.
const (
	TrainImagesFile = "train-images-idx3-ubyte"
	TrainLabelsFile = "train-labels-idx1-ubyte"
	TestImagesFile  = "t10k-images-idx3-ubyte"
	TestLabelsFile  = "t10k-labels-idx1-ubyte"
)

// Data makes a folder with a small set of images and returns its path.
func Data(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tiny")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, part := range []struct {
		images, labels string
		n              int
	}{{TrainImagesFile, TrainLabelsFile, Images}, {TestImagesFile, TestLabelsFile, Test}} {
		pixels, labels := bars(rng, part.n)
		write(t, filepath.Join(dir, part.images), IDX(0x803, pixels, part.n, Height, Width))
		write(t, filepath.Join(dir, part.labels), IDX(0x801, labels, part.n))
	}
	return dir
}

// Classes is the number of classes of the images.
const Classes = 4

// bars are images of a bright row or column and some noise. The label is 1 for a
// row, 2 for a column, 3 for both and 0 for none.
func bars(rng *rand.Rand, n int) (pixels, labels []byte) {
	pixels = make([]byte, 0, n*Height*Width)
	for range n {
		row, column := rng.IntN(2*Height), rng.IntN(2*Width)
		label := byte(0)
		if row < Height {
			label++
		}
		if column < Width {
			label += 2
		}
		labels = append(labels, label)
		for y := range Height {
			for x := range Width {
				p := rng.IntN(40)
				if y == row || x == column {
					p += 200
				}
				pixels = append(pixels, byte(p))
			}
		}
	}
	return pixels, labels
}

// IDX is an IDX file.
func IDX(magic uint32, data []byte, sizes ...int) string {
	b := binary.BigEndian.AppendUint32(nil, magic)
	for _, n := range sizes {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return string(append(b, data...))
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
