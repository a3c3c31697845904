package program

import (
	"archive/zip"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/encode"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/dataset/npy"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/dataset/source"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// TestEncode: the arrays in a file of NumPy. Their values are TestPython's subject.
func TestEncode(t *testing.T) {
	data := tiny.Data(t)
	dir := tinyRun(t, data)
	t.Chdir(t.TempDir())
	all := func(more ...string) encode.Report {
		t.Helper()
		var r encode.Report
		decodeJSON(t, mustCall(t, append([]string{"encode", "--model", string(dir), "--data", data, "--json"}, more...)...), &r)
		return r
	}
	r := all("--out", "all.npz", "--part", "train")
	var names []string
	for _, a := range r.Arrays {
		names = append(names, a.Name)
	}
	if !slices.Equal(names, []string{"x", "h1", "h2", "reconstructions"}) || !slices.Equal(r.Arrays[0].Shape, []int{250, 7, 5}) || !slices.Equal(r.Arrays[2].Shape, []int{250, 10}) || r.Iterations != 15 || r.Alpha != 0.001 {
		t.Errorf("report %+v", r)
	}
	z, err := zip.OpenReader("all.npz")
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if len(z.File) != 4 || z.File[3].Name != "reconstructions.npy" {
		t.Errorf("%d files in the archive", len(z.File))
	}
	all("--out", "again.npz", "--part", "train", "--threads", "1")
	if read(t, "again.npz") != read(t, "all.npz") {
		t.Error("the second time the bytes are others")
	}
	// Without iterations they are the encoders' means.
	r = all("--out", "means.npy", "--n", "3", "--iterations", "0")
	all("--out", "x.npy", "--n", "3", "--array", "reconstructions", "--iterations", "0")
	rows, cols, got, err := npy.Rows("means.npy")
	if err != nil || rows != 3 || cols != 10 || !slices.Equal(r.Arrays[0].Shape, []int{3, 10}) {
		t.Fatalf("%d x %d, report %+v, error %v", rows, cols, r, err)
	}
	m, err := model.Load(dir.Model())
	if err != nil {
		t.Fatal(err)
	}
	x, h1, h2 := kernels.NewMatrix(3, 35), kernels.NewMatrix(3, 20), kernels.NewMatrix(3, 10)
	tests, err := source.Load(t.Context(), data, reading.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		tests.Test.Read(i, x.Row(i))
	}
	m.Network.Encode(kernels.Default(), h1, 1, x)
	m.Network.Encode(kernels.Default(), h2, 2, h1)
	for i := range 3 {
		if !slices.Equal(got[10*i:10*i+10], h2.Row(i)) {
			t.Errorf("image %d: h2 %v, want %v", i, got[10*i:10*i+10], h2.Row(i))
		}
	}
	if slices.Equal(got[:10], got[10:20]) {
		t.Error("two images have the same states")
	}
	if _, _, _, err := npy.Rows("x.npy"); err == nil || !strings.Contains(err.Error(), "[3 7 5]") {
		t.Errorf("an array of pictures is rows; error %v", err)
	}
	mustFail(t, cli.StatusUsage, []string{"--array h3", "x, h1, h2, reconstructions"}, "encode", "--model", string(dir), "--out", "a.npy", "--array", "h3")
	// From states of the top layer.
	mustFail(t, cli.StatusFailed, []string{"x.npy", "two dimensions"}, "sample", "--model", string(dir), "--top", "x.npy", "--out", "a.npy")
	all("--out", "h1.npy", "--array", "h1")
	mustFail(t, cli.StatusFailed, []string{"h1.npy has 20 columns: want 10"}, "sample", "--model", string(dir), "--top", "h1.npy", "--out", "a.npy")
	mustFail(t, cli.StatusFailed, []string{"nothing.npy"}, "sample", "--model", string(dir), "--top", "nothing.npy", "--out", "a.npy")
	if out := mustCall(t, "sample", "--model", string(dir), "--top", "means.npy", "--out", "a.npy"); !strings.Contains(out, "3 images") {
		t.Errorf("output %q", out)
	}
	label := filepath.Join(t.TempDir(), "label")
	mustCall(t, tinyTask("label", data, label)...)
	mustFail(t, cli.StatusUsage, []string{"--top", "labels"}, "sample", "--model", label, "--top", "means.npy", "--out", "a.npy")
	mustFail(t, cli.StatusFailed, []string{"generative model with labels"}, "encode", "--model", label, "--out", "a.npz")
}
