package program

import (
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/dataset/describe"
	"github.com/targetprop/targetprop/internal/untuned"
)

// setOf makes a small set of the name.
func setOf(t *testing.T, name string, n int) string {
	t.Helper()
	for _, s := range untuned.Sets {
		if s.Name == name {
			return s.Make(t, filepath.Join(t.TempDir(), name), n)
		}
	}
	t.Fatalf("no set %s", name)
	return ""
}

// TestData: the command says what was found, and draws it.
func TestData(t *testing.T) {
	photos := setOf(t, "photographs", 40)
	t.Chdir(t.TempDir())
	out := mustCall(t, "data", photos, "--size", "8x6", "--out", "a.png")
	for _, want := range []string{"./photographs: a folder of pictures; 4 for validation and 4 for test drawn from the 40", "8 x 6 pixels in colour: 144 bytes", "32 for training", "ball: ", "0 to 255 as 0 to 1", "held in memory", "a.png"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if img := decodePNG(t, "a.png"); img.Bounds().Dx() < 5*8 || img.ColorModel().Convert(img.At(1, 1)) == nil {
		t.Errorf("picture of %v", img.Bounds())
	}
	var f describe.Facts
	if err := json.Unmarshal([]byte(mustCall(t, "data", setOf(t, "table", 60), "--json")), &f); err != nil {
		t.Fatal(err)
	}
	if !f.Flat || f.Numbers != 30 || len(f.Classes) != 2 || f.Classes[1].Name != "malignant" || f.Train != 48 {
		t.Errorf("facts %+v", f)
	}
	for _, c := range []struct {
		want string
		args []string
	}{
		{"0 arguments", []string{"data"}},
		{"--size", []string{"data", photos, "--size", "8"}},
		{"80,10,10", []string{"data", photos, "--split", "1,2"}},
		{"--data digits", []string{"data", "digits", "--split", "1,2,3"}},
	} {
		mustFail(t, cli.StatusUsage, []string{c.want}, c.args...)
	}
	if err := os.WriteFile(filepath.Join(photos, "ball", "x.png"), []byte("no"), 0o644); err != nil {
		t.Fatal(err)
	}
	mustFail(t, cli.StatusFailed, []string{"x.png is no PNG"}, "train", "--data", photos)
}

// TestOwnData: pictures in colour and tables train, resume to the same bits, are
// sampled with their shape and range, filled in and measured.
func TestOwnData(t *testing.T) {
	photos, table := setOf(t, "photographs", 60), setOf(t, "table", 60)
	t.Chdir(t.TempDir())
	quick := []string{"--layers", "12,6", "--batch", "20"}
	train := append([]string{"train", "--data", photos, "--size", "6x4", "--split", "60,20,20", "--epochs"}, "2")
	out := mustCall(t, append(append(train, quick...), "--out", "a")...)
	for _, want := range []string{"--centre=true: the mean is", "--lr=", "--up-noise=", "warning: ", "72-12-6", "variety  standard deviation"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if strings.Contains(out, "--epochs=") || strings.Contains(out, "--layers=") {
		t.Errorf("a reason for what was given:\n%s", out)
	}
	train[len(train)-1] = "1"
	mustCall(t, append(append(train, quick...), "--out", "b")...)
	mustCall(t, "train", "--out", "b", "--resume", "--epochs", "2")
	if contents(t, "a")["model.safetensors"] != contents(t, "b")["model.safetensors"] {
		t.Error("a resumed run has another model")
	}
	mustFail(t, cli.StatusUsage, []string{"--resume keeps that"}, "train", "--out", "b", "--resume", "--size", "5x5")

	mustCall(t, "sample", "--model", "a", "--n", "3", "--out", "x.npy")
	if x := read(t, "x.npy"); !strings.Contains(x, "'shape': (3, 4, 6, 3)") || len(x)%64 != 3*72*4%64 {
		t.Errorf("array %q", x[:80])
	}
	mustCall(t, "fill", "--model", "a", "--data", photos, "--mask", "square", "--out", "f.png")
	if out := mustCall(t, "eval", "--model", "a", "--data", photos, "--samples", "20"); !strings.Contains(out, "on the 12 test images") {
		t.Errorf("eval has other test images:\n%s", out)
	}

	mustCall(t, append([]string{"train", "--data", table, "--epochs", "1", "--out", "c"}, quick...)...)
	mustCall(t, "sample", "--model", "c", "--n", "4", "--out", "s.csv")
	lines := strings.Split(strings.TrimSpace(read(t, "s.csv")), "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], "feature 1,feature 2,") || strings.Count(lines[4], ",") != 29 {
		t.Errorf("table %q", lines)
	}
	// Every third column begins at 10.
	if first := strings.Split(lines[1], ","); len(first[0]) < 2 || first[0][0] == '-' || first[0][0] == '0' {
		t.Errorf("column 1 is %s, want its own range", first[0])
	}
	mustCall(t, "sample", "--model", "c", "--n", "4", "--out", "s.npy")
	if x := read(t, "s.npy"); !strings.Contains(x, "'shape': (4, 30)") || binary.LittleEndian.Uint32([]byte(x[len(x)-4:])) == 0 {
		t.Errorf("array %q", x[:80])
	}
	mustCall(t, "sample", "--model", "c", "--n", "4", "--out", "s.png")
	mustCall(t, append([]string{"train", "--task", "classify", "--data", table, "--epochs", "1", "--out", "d", "--layers", "10"}, "--batch", "20")...)
	mustCall(t, "classify", "--model", "d", "--data", table, "--mistakes", "m.png")
}

// TestShowMuch: a picture of more examples than fit is refused before the set is described.
func TestShowMuch(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 700 MB")
	}
	path := filepath.Join(t.TempDir(), "x.npy")
	write(t, path, string(untuned.NPY("|u1", nil, 700, 1024, 1024)))
	if err := os.Truncate(path, 700<<20+128); err != nil {
		t.Fatal(err)
	}
	mustFail(t, cli.StatusUsage, []string{"--show 560", "at most 512 images of 1048576"}, "data", path, "--show", "2000", "--out", filepath.Join(t.TempDir(), "x.png"))
}
