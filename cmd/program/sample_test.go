package program

import (
	"encoding/binary"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

func TestSamplePNG(t *testing.T) {
	const gap = 2 // see package picture
	model := tinyRun(t, tiny.Data(t)).Model()
	for _, n := range []string{"1", "2", "7", "12"} {
		out := filepath.Join(t.TempDir(), "a.png")
		mustCall(t, "sample", "--model", model, "-n", n, "--out", out)
		if b := decodePNG(t, out).Bounds(); (b.Dx()-gap)%(tiny.Width+gap) != 0 || (b.Dy()-gap)%(tiny.Height+gap) != 0 || b.Dx() > 3*b.Dy() || b.Dy() > 3*b.Dx() {
			t.Errorf("%s images make a picture of %v", n, b)
		}
	}
}

func TestSampleNPY(t *testing.T) {
	model := tinyRun(t, tiny.Data(t)).Model()
	dir := t.TempDir()
	sample := func(name string, more ...string) []float32 {
		out := filepath.Join(dir, name)
		mustCall(t, append([]string{"sample", "--model", model, "--out", out}, more...)...)
		return parseNPY(t, read(t, out))
	}
	five := sample("a.npy", "--n", "5")
	if len(five) != 5*tiny.Height*tiny.Width {
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
	mustFail(t, cli.StatusUsage, []string{"--n", "at most"}, "sample", "--model", model, "--out", filepath.Join(dir, "c.npy"), "--n", "9223372036854775807")
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

// TestSampleWalks: the methods that are chains begin at directed samples, and --alpha
// counts where there is inference.
func TestSampleWalks(t *testing.T) {
	model := tinyRun(t, tiny.Data(t)).Model()
	out := filepath.Join(t.TempDir(), "a.npy")
	seen := map[string]string{}
	for _, flags := range []string{
		"--method directed", "--method joint", "--method joint --rounds 3", "--method latent", "--method latent --alpha 0.9",
		"--method latent --seed 5", "--method generate", "--method generate --alpha 0.9",
	} {
		mustCall(t, append([]string{"sample", "--model", model, "--n", "4", "--out", out}, strings.Fields(flags)...)...)
		images := read(t, out)
		if other, ok := seen[images]; ok {
			t.Errorf("%s gives the images of %s", flags, other)
		}
		seen[images] = flags
	}
	for _, method := range []string{"joint", "latent"} {
		mustCall(t, "sample", "--model", model, "--n", "4", "--method", method, "--rounds", "0", "--out", out)
		if seen[read(t, out)] != "--method directed" {
			t.Errorf("%s without steps is not directed", method)
		}
	}
}
