package main

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
	tinyImages = 300
	tinyTest   = 60
	tinyHeight = 7
	tinyWidth  = 5
)

// The four IDX files.
const (
	trainImagesFile = "train-images-idx3-ubyte"
	trainLabelsFile = "train-labels-idx1-ubyte"
	testImagesFile  = "t10k-images-idx3-ubyte"
	testLabelsFile  = "t10k-labels-idx1-ubyte"
)

// tinyData makes a folder with a small set of images and returns its path.
func tinyData(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tiny")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for _, part := range []struct {
		images, labels string
		n              int
	}{{trainImagesFile, trainLabelsFile, tinyImages}, {testImagesFile, testLabelsFile, tinyTest}} {
		write(t, filepath.Join(dir, part.images), idxFile(0x803, bars(rng, part.n), part.n, tinyHeight, tinyWidth))
		write(t, filepath.Join(dir, part.labels), idxFile(0x801, make([]byte, part.n), part.n))
	}
	return dir
}

// bars are images of a bright row or column and some noise.
func bars(rng *rand.Rand, n int) []byte {
	pixels := make([]byte, 0, n*tinyHeight*tinyWidth)
	for range n {
		row, column := rng.IntN(2*tinyHeight), rng.IntN(2*tinyWidth)
		for y := range tinyHeight {
			for x := range tinyWidth {
				p := rng.IntN(40)
				if y == row || x == column {
					p += 200
				}
				pixels = append(pixels, byte(p))
			}
		}
	}
	return pixels
}

func idxFile(magic uint32, data []byte, sizes ...int) string {
	b := binary.BigEndian.AppendUint32(nil, magic)
	for _, n := range sizes {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return string(append(b, data...))
}

// tinyArgs are the flags of a small run; more of them may follow.
func tinyArgs(data, out string, more ...string) []string {
	return append([]string{"train", "--data", data, "--out", out, "--layers", "20,10", "--epochs", "3", "--batch", "20", "--lr", "1e-3"}, more...)
}

// tinyRun trains a small model and returns the run's folder.
func tinyRun(t *testing.T, data string, more ...string) runDir {
	t.Helper()
	dir := runDir(filepath.Join(t.TempDir(), "run"))
	mustCall(t, tinyArgs(data, string(dir), more...)...)
	return dir
}
