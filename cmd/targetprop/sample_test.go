package main

import (
	"encoding/binary"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

func TestSamplePNG(t *testing.T) {
	model := tinyRun(t, tinyData(t)).model()
	for _, n := range []string{"1", "2", "7", "12"} {
		out := filepath.Join(t.TempDir(), "a.png")
		mustCall(t, "sample", "--model", model, "-n", n, "--out", out)
		r, err := os.Open(out)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		picture, err := png.Decode(r)
		if err != nil {
			t.Fatal(err)
		}
		if b := picture.Bounds(); (b.Dx()-gap)%(tinyWidth+gap) != 0 || (b.Dy()-gap)%(tinyHeight+gap) != 0 || b.Dx() > 3*b.Dy() || b.Dy() > 3*b.Dx() {
			t.Errorf("%s images make a picture of %v", n, b)
		}
	}
}

// TestGrid: images lie in rows, each pixel in its place, clipped to [0,1].
func TestGrid(t *testing.T) {
	m := kernels.NewMatrix(3, 4)
	copy(m.Row(0), []float32{0, 0.5, 1, 0})
	copy(m.Row(2), []float32{-3, 7, 0.2, 1})
	g := grid(m, 2, 2)
	if b := g.Bounds(); b.Dx() != 2*(2+gap)+gap || b.Dy() != 2*(2+gap)+gap {
		t.Fatalf("bounds %v", b)
	}
	for _, c := range []struct {
		x, y int
		want uint8
	}{{gap, gap, 0}, {gap + 1, gap, 128}, {gap, gap + 1, 255}, {gap, 2*gap + 2, 0}, {gap + 1, 2*gap + 2, 255}, {gap, 2*gap + 3, 51}, {0, 0, gapColour.Y}, {2*gap + 2, 2*gap + 2, gapColour.Y}} {
		if got := g.GrayAt(c.x, c.y).Y; got != c.want {
			t.Errorf("pixel %d, %d is %d, want %d", c.x, c.y, got, c.want)
		}
	}
}

func TestSampleNPY(t *testing.T) {
	model := tinyRun(t, tinyData(t)).model()
	dir := t.TempDir()
	sample := func(name string, more ...string) []float32 {
		out := filepath.Join(dir, name)
		mustCall(t, append([]string{"sample", "--model", model, "--out", out}, more...)...)
		return parseNPY(t, read(t, out))
	}
	five := sample("a.npy", "--n", "5")
	if len(five) != 5*tinyHeight*tinyWidth {
		t.Fatalf("%d numbers", len(five))
	}
	for i, x := range five {
		if !(x >= 0 && x <= 1) {
			t.Errorf("number %d is %v", i, x)
		}
	}
	same := func(a, b []float32) bool {
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				return false
			}
		}
		return true
	}
	if !same(five, sample("b.NPY", "--n", "300", "--threads", "1")) {
		t.Error("more samples are other samples")
	}
	for _, more := range [][]string{{"--seed", "2"}, {"--method", "directed"}, {"--prior-scale", "1"}, {"--rounds", "1"}} {
		if same(five, sample("a.npy", append(more, "--n", "5")...)) {
			t.Errorf("%q changes nothing", more)
		}
	}
	if !same(sample("a.npy", "--method", "directed"), sample("a.npy", "--rounds", "0")) {
		t.Error("directed is not generate without rounds")
	}
	mustFail(t, statusUsage, []string{"--n", "at most"}, "sample", "--model", model, "--out", filepath.Join(dir, "c.npy"), "--n", "9223372036854775807")
}

// TestNPYHeader compares with what NumPy 1.24 writes for
// np.save(f, np.zeros((5, 28, 28), '<f4')).
func TestNPYHeader(t *testing.T) {
	want := "\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (5, 28, 28), }" + strings.Repeat(" ", 53) + "\n"
	if got := string(npyHeader(5, 28, 28)); got != want {
		t.Errorf("header\n%q, want\n%q", got, want)
	}
	for n := 1; n < math.MaxInt/7; n *= 7 {
		h := npyHeader(n, n, n)
		if len(h)%64 != 0 || int(binary.LittleEndian.Uint16(h[8:]))+10 != len(h) || h[len(h)-1] != '\n' {
			t.Errorf("header for %d: %q", n, h)
		}
	}
}

// parseNPY reads the numbers behind a header of npyHeader.
func parseNPY(t *testing.T, file string) []float32 {
	t.Helper()
	if !strings.HasPrefix(file, "\x93NUMPY\x01\x00") {
		t.Fatalf("%q is no NumPy file", file[:min(len(file), 20)])
	}
	data := []byte(file[10+int(binary.LittleEndian.Uint16([]byte(file[8:]))):])
	numbers := make([]float32, len(data)/4)
	for i := range numbers {
		numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return numbers
}
