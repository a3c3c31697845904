package program

import (
	"archive/zip"
	"encoding/binary"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/encode"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/dataset/npy"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/dataset/source"
	"github.com/targetprop/targetprop/internal/untuned"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// TestEncode: the arrays in a file of NumPy. Their values are TestPython's subject.
func TestEncode(t *testing.T) {
	data, dir := tinyModel(t)
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
}

// TestEncodeOfTasks: what models that classify make of images, which is what classify and
// the networks themselves say.
func TestEncodeOfTasks(t *testing.T) {
	data := tiny.Data(t)
	t.Chdir(t.TempDir())
	tests, err := source.Load(t.Context(), data, reading.Options{})
	if err != nil {
		t.Fatal(err)
	}
	array := func(task, name string, more ...string) (rows int, values []float32) {
		t.Helper()
		mustCall(t, append([]string{"encode", "--model", task, "--data", data, "--out", "a.npy", "--array", name}, more...)...)
		rows, _, values, err := npy.Rows("a.npy")
		if err != nil {
			t.Fatal(err)
		}
		return rows, values
	}
	for _, c := range []struct{ task, names, table string }{
		{"label", "x h1 h2 reconstructions probabilities", "inference of 0 iterations"},
		{"classify", "x h1 h2 probabilities", "a.npz, of the images of ./tiny, test\n"},
		{"reward", "x h1 h2 rewards", "a.npz, of the images of ./tiny, test\n"},
	} {
		mustCall(t, tinyTask(c.task, data, c.task)...)
		var r encode.Report
		args := []string{"encode", "--model", c.task, "--data", data, "--out", "a.npz"}
		decodeJSON(t, mustCall(t, append(args, "--json")...), &r)
		var names []string
		for _, a := range r.Arrays {
			names = append(names, a.Name)
		}
		if strings.Join(names, " ") != c.names || r.Task != c.task || !slices.Equal(r.Arrays[2].Shape, []int{tests.Test.Len(), 10}) || r.Iterations != 0 {
			t.Errorf("%s: report %+v", c.task, r)
		}
		if out := mustCall(t, args...); !strings.Contains(out, c.table) {
			t.Errorf("%s: output %s", c.task, out)
		}
		outputs := names[len(names)-1]
		m, err := modelfile.LoadClassifier(c.task)
		if err != nil {
			t.Fatal(err)
		}
		want, err := m.Predict(t.Context(), kernels.Default(), tests.Test, nil)
		if err != nil {
			t.Fatal(err)
		}
		rows, got := array(c.task, outputs)
		for i := range rows {
			if !slices.Equal(got[4*i:4*i+4], want.Row(i)) {
				t.Fatalf("%s: image %d has the %s %v, want %v", c.task, i, outputs, got[4*i:4*i+4], want.Row(i))
			}
		}
		mustFail(t, cli.StatusUsage, []string{"--array h3", strings.ReplaceAll(c.names, " ", ", ")}, "encode", "--model", c.task, "--data", data, "--out", "a.npy", "--array", "h3")
		_, top := array(c.task, "h2")
		mustCall(t, "encode", "--model", c.task, "--data", data, "--out", "a.npy")
		if _, _, usual, err := npy.Rows("a.npy"); err != nil || !slices.Equal(usual, top) {
			t.Errorf("%s: the usual array is not the highest hidden layer, %v", c.task, err)
		}
		if c.task != "label" {
			mustFail(t, cli.StatusUsage, []string{"--iterations", "no inference"}, append(args, "--iterations", "3")...)
			continue
		}
		if _, moved := array(c.task, "h2", "--iterations", "3"); slices.Equal(moved, top) {
			t.Error("inference moves nothing")
		}
	}
	// A row of reconstructions is what the decoder makes of h1.
	f, err := modelfile.LoadLabelled("label")
	if err != nil {
		t.Fatal(err)
	}
	rows, h1 := array("label", "h1")
	images := kernels.NewMatrix(rows, 35)
	f.Network.Images.Decode(kernels.Default(), images, 1, kernels.Matrix{Rows: rows, Cols: 20, Stride: 20, Data: h1})
	mustCall(t, "encode", "--model", "label", "--data", data, "--out", "a.npz")
	if got := arrayOf(t, "a.npz", "reconstructions.npy"); !slices.Equal(got, floats(images)) {
		t.Error("the reconstructions are others")
	}
}

// TestEncodeDiverged: numbers that are not finite are refused, as other commands do.
func TestEncodeDiverged(t *testing.T) {
	data, dir := tinyModel(t)
	m, err := model.Load(dir.Model())
	if err != nil {
		t.Fatal(err)
	}
	w := m.Network.Encoders[0].Weights
	for i := range w.Data {
		w.Data[i] = 3e38
	}
	if err := m.Save("bad.safetensors"); err != nil {
		t.Fatal(err)
	}
	mustFail(t, cli.StatusFailed, []string{"bad.safetensors", "h1 are not all finite numbers"}, "encode", "--model", "bad.safetensors", "--data", data, "--out", "x.npz")
	if _, err := os.Stat("x.npz"); err == nil {
		t.Error("a file was written")
	}
	write(t, "top.npy", string(untuned.NPY("<f4", untuned.Float32s(slices.Repeat([]float64{3e38}, 20)...), 2, 10)))
	mustFail(t, cli.StatusFailed, []string{"with the states of top.npy", "too large"}, "sample", "--model", string(dir), "--top", "top.npy", "--out", "x.npy")
}

// arrayOf are the numbers of an array in an archive.
func arrayOf(t *testing.T, path, name string) []float32 {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	const head = 10 // bytes before the header, whose length ends them
	content = content[head+int(binary.LittleEndian.Uint16(content[head-2:])):]
	values := make([]float32, len(content)/4)
	for i := range values {
		values[i] = math.Float32frombits(binary.LittleEndian.Uint32(content[4*i:]))
	}
	return values
}

func floats(m kernels.Matrix) []float32 {
	var all []float32
	for i := range m.Rows {
		all = append(all, m.Row(i)...)
	}
	return all
}
