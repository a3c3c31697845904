package program

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestOutputsFirst: an output that could not be written is named before any work: no
// model and no data are there to work on.
func TestOutputsFirst(t *testing.T) {
	dir := t.TempDir()
	none := filepath.Join(dir, "no model")
	missing := filepath.Join(dir, "missing", "x")
	places := []string{missing}
	if runtime.GOOS != "windows" {
		dangling, away := filepath.Join(dir, "dangling"), filepath.Join(dir, "away")
		for _, end := range []string{".png", ".csv", ".npz", ".onnx"} {
			if err := os.Symlink("nowhere", dangling+end); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(os.Args[0], away+end); err != nil {
				t.Fatal(err)
			}
		}
		places = append(places, dangling, away)
	}
	for _, place := range places {
		for _, args := range [][]string{
			{"sample", "--model", none, "--out", place + ".png"},
			{"fill", "--model", none, "--out", place + ".png"},
			{"encode", "--model", none, "--out", place + ".npz"},
			{"export", "--model", none, "--onnx", place + ".onnx"},
			{"classify", "--model", none, "--out", place + ".csv"},
			{"classify", "--model", none, "--confusion", place + ".png"},
			{"classify", "--model", none, "--mistakes", place + ".png"},
			{"data", none, "--out", place + ".png"},
			{"stdp", "--out", place + ".png", "--trials", "1000000000"},
			{"stdp", "reward", "--out", place + ".png", "--runs", "100"},
		} {
			mustFail(t, cli.StatusFailed, []string{"write " + place}, args...)
		}
	}
	// The numbers beside a picture.
	table := filepath.Join(dir, "plot.csv")
	write(t, table, "mine\n")
	mustFail(t, cli.StatusFailed, []string{table, "move it away"}, "stdp", "--out", filepath.Join(dir, "plot.png"), "--trials", "1000000000")
	if read(t, table) != "mine\n" {
		t.Error("the user's table was replaced")
	}
	figure := filepath.Join(dir, "figure.png")
	for range 2 { // the second time its own files are replaced
		mustCall(t, "stdp", "--out", figure, "--trials", "1000")
	}
	report := filepath.Join(dir, "report")
	if err := os.MkdirAll(filepath.Join(report, "report.md", "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	mustFail(t, cli.StatusFailed, []string{filepath.Join(report, "report.md")}, "reproduce", "--data", tiny.Data(t), "--out", report, "--epochs", "1000000")
}

// TestInputsStay: what is read is not written over, and no output gets among the data.
func TestInputsStay(t *testing.T) {
	photos, dir := t.TempDir(), t.TempDir()
	for i := range 8 {
		untuned.Write(t, untuned.PNG(t, make([]byte, 20), 5, 4), photos, fmt.Sprintf("%d.png", i))
	}
	rows, link := filepath.Join(dir, "x.npy"), filepath.Join(t.TempDir(), "link")
	untuned.Write(t, untuned.NPY("|u1", make([]byte, 10*20), 10, 20), rows)
	if err := os.Symlink(photos, link); err != nil && runtime.GOOS != "windows" {
		t.Fatal(err)
	}
	linked := t.TempDir()
	if err := os.Symlink(photos, filepath.Join(linked, "class")); err != nil && runtime.GOOS != "windows" {
		t.Fatal(err)
	}
	before, beforeHere := contents(t, photos), contents(t, dir)
	t.Chdir(dir)
	toHere := filepath.Join(t.TempDir(), "here")
	if err := os.Symlink(dir, toHere); err != nil && runtime.GOOS != "windows" {
		t.Fatal(err)
	}
	none, picture := filepath.Join(dir, "no model"), filepath.Join(photos, "new", "x.png")
	if err := os.Mkdir(filepath.Join(photos, "new"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"train", "--data", photos, "--out", filepath.Join(photos, "runs", "x")},
		{"train", "--task", "classify", "--data", photos, "--out", filepath.Join(photos, "runs", "x")},
		{"reproduce", "--data", photos, "--out", filepath.Join(photos, "report")},
		{"data", photos, "--out", picture},
		{"data", photos, "--out", filepath.Join(link, "new", "x.png")},
		{"data", link, "--out", picture},
		{"data", linked, "--out", picture},
		{"fill", "--model", none, "--data", photos, "--out", picture},
		{"classify", "--model", none, "--data", photos, "--confusion", picture},
		{"encode", "--model", none, "--data", rows, "--out", rows},
	} {
		mustFail(t, cli.StatusFailed, []string{"from which the images come", "elsewhere"}, args...)
	}
	for _, args := range [][]string{
		{"sample", "--model", none, "--top", rows, "--out", rows},
		{"fill", "--model", none, "--mask", filepath.Join(photos, "1.png"), "--out", filepath.Join(photos, "1.png")},
		{"classify", "--model", none, "--confusion", filepath.Join(dir, "a.png"), "--mistakes", filepath.Join(dir, ".", "a.png")},
		{"classify", "--model", none, "--confusion", "a.png", "--mistakes", filepath.Join(dir, "a.png")},
		{"classify", "--model", none, "--confusion", filepath.Join(toHere, "a.png"), "--mistakes", "." + string(filepath.Separator) + "a.png"},
	} {
		mustFail(t, cli.StatusUsage, []string{"named twice"}, args...)
	}
	if !maps.Equal(contents(t, photos), before) || !maps.Equal(contents(t, dir), beforeHere) {
		t.Error("the data have changed")
	}
}

// TestReportFolder: what is lost, damaged or forged in the folder of a report is made
// again, and no file outside it is read.
func TestReportFolder(t *testing.T) {
	data := tiny.Data(t)
	out := filepath.Join(t.TempDir(), "report")
	make := func(only string) result {
		return call("reproduce", "--data", data, "--out", out, "--layers", "4,3", "--epochs", "1", "--samples", "20", "--only", only)
	}
	if r := make("figure3,agreement"); r.status != cli.StatusOK {
		t.Fatal(r)
	}
	found := func(pattern string) string {
		paths, err := filepath.Glob(filepath.Join(out, pattern))
		if err != nil || len(paths) != 1 {
			t.Fatal(pattern, paths, err)
		}
		return paths[0]
	}
	part := found(experiment.Folder + "/agreement-*.json")
	whole := read(t, part)
	for name, forged := range map[string]string{
		"empty result": strings.Replace(whole, `"result": `, `"result": {}, "was": `, 1),
		"device":       strings.Replace(whole, `"files": [`, `"files": ["/../../../../../../../../../../dev/zero", `, 1),
		"outside":      strings.Replace(whole, `"files": [`, `"files": ["../../../secret", `, 1),
	} {
		if forged == whole {
			t.Fatalf("%s: nothing was forged", name)
		}
		write(t, part, forged)
		if r := make("agreement"); r.status != cli.StatusOK || strings.Contains(r.stdout, "agreement                kept") {
			t.Errorf("%s: %+v", name, r)
		}
		if read(t, part) == forged {
			t.Errorf("%s: it is still there", name)
		}
	}
	if runtime.GOOS != "windows" {
		picture := found(experiment.Folder + "/figure3-*-generate.png")
		secret := filepath.Join(t.TempDir(), "secret")
		write(t, secret, read(t, picture))
		if err := os.Remove(picture); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(secret, picture); err != nil {
			t.Fatal(err)
		}
		if r := make("figure3"); r.status != cli.StatusFailed || !strings.Contains(r.stderr, "is a link to "+secret) {
			t.Errorf("a link in place of a picture: %+v", r)
		}
		if err := os.Remove(picture); err != nil {
			t.Fatal(err)
		}
	}
	// The model is made again, from the checkpoint. What was measured beside it could only be by a new training, and
	// that of before may be the work of hours: it stays until somebody removes it.
	folder := run.Dir(found("train/*"))
	for lost, want := range map[string]string{"agreement.json": "remove the folder to have it trained again", "model.safetensors": ""} {
		path := filepath.Join(string(folder), lost)
		before := read(t, path)
		write(t, path, before[:len(before)/2])
		if r := make("figure3,agreement"); (r.status == cli.StatusOK) != (want == "") || !strings.Contains(r.stderr, want) {
			t.Errorf("half of %s: %+v", lost, r)
		}
		if (read(t, path) == before) != (want == "") {
			t.Errorf("%s is another", lost)
		}
		write(t, path, before)
	}
}

// TestFlatImages: images of one line have no upper half, and everything else.
func TestFlatImages(t *testing.T) {
	data := t.TempDir()
	const n, width = 120, 12
	for _, name := range []string{tiny.TrainImagesFile, tiny.TestImagesFile} {
		pixels := make([]byte, n*width)
		for i := range pixels {
			pixels[i] = byte(i * i)
		}
		write(t, filepath.Join(data, name), tiny.IDX(0x803, pixels, n, 1, width))
	}
	for _, name := range []string{tiny.TrainLabelsFile, tiny.TestLabelsFile} {
		write(t, filepath.Join(data, name), tiny.IDX(0x801, make([]byte, n), n))
	}
	out := filepath.Join(t.TempDir(), "report")
	if r := call("reproduce", "--data", data, "--out", out, "--layers", "4,3", "--epochs", "1", "--samples", "20", "--only", "figure3,figure5"); r.status != cli.StatusOK {
		t.Fatal(r)
	}
	if text := read(t, filepath.Join(out, "report.md")); !strings.Contains(text, "| left ") || strings.Contains(text, "| top ") {
		t.Errorf("the report has other masks:\n%s", text)
	}
}

// TestReproducePlain: of examples without labels, of one pixel, or all the same, there is a report
// too, but for what labels serve for.
func TestReproducePlain(t *testing.T) {
	leaveToPlain(t)
	dir := t.TempDir()
	for name, content := range map[string][]byte{
		"same":  untuned.NPY("|u1", bytes.Repeat([]byte{7}, 240*16), 240, 4, 4),
		"pixel": untuned.NPY("|u1", bytes.Repeat([]byte{0, 90, 255}, 80), 240, 1, 1),
		"rows":  untuned.NPY("|u1", bytes.Repeat([]byte{0, 90, 255, 3, 200, 17, 99}, 240), 240, 7),
	} {
		data, out := filepath.Join(dir, name+".npy"), filepath.Join(dir, name)
		untuned.Write(t, content, data)
		mustSucceed(t, "reproduce", "--data", data, "--out", out, "--layers", "6,4", "--epochs", "1", "--samples", "20")
		if text := read(t, filepath.Join(out, "report.md")); strings.Contains(text, "NaN") || strings.Contains(text, "linear classifier") {
			t.Errorf("%s: report\n%s", name, text)
		}
		mustFail(t, cli.StatusFailed, []string{"--only classifier", "0 labels"}, "reproduce", "--data", data, "--out", out+"-labels", "--only", "classifier")
	}
}
