package program

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// TestBadData: a data folder with a mistake in it stops train and eval before
// anything is written or replaced.
func TestBadData(t *testing.T) {
	good := tiny.Data(t)
	folder := tinyRun(t, good)
	before := contents(t, string(folder))
	images := read(t, filepath.Join(good, tiny.TrainImagesFile))
	for _, c := range []struct {
		name, file, content string // an empty content removes the file
		want                string
	}{
		{"missing", tiny.TrainImagesFile, "", tiny.TrainImagesFile},
		{"missing labels", tiny.TestLabelsFile, "", tiny.TestLabelsFile},
		{"truncated", tiny.TrainImagesFile, images[:len(images)-1], tiny.TrainImagesFile},
		{"cut in the header", tiny.TrainImagesFile, images[:10], tiny.TrainImagesFile},
		{"oversized", tiny.TrainImagesFile, images + "x", tiny.TrainImagesFile},
		{"wrong magic", tiny.TrainImagesFile, "\x00\x00\x0d\x03" + images[4:], "magic"},
		{"not IDX", tiny.TestImagesFile, "hello, world, this is text", "magic"},
		{"no images", tiny.TrainImagesFile, tiny.IDX(0x803, nil, 0, tiny.Height, tiny.Width), "zero"},
		{"sizes beyond reason", tiny.TrainImagesFile, tiny.IDX(0x803, nil, 0x7fffffff, 0x7fffffff, 0x7fffffff), tiny.TrainImagesFile},
		{"mismatched counts", tiny.TrainLabelsFile, tiny.IDX(0x801, make([]byte, 5), 5), "5 labels"},
		{"mismatched sizes", tiny.TestImagesFile, tiny.IDX(0x803, make([]byte, 60*9), 60, 3, 3), "3"},
		{"broken gzip", tiny.TrainImagesFile + ".gz", "\x1f\x8bnonsense", tiny.TrainImagesFile},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := tiny.Data(t)
			path := filepath.Join(dir, c.file)
			if c.content == "" {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			} else {
				write(t, path, c.content)
			}
			fresh := filepath.Join(t.TempDir(), "fresh")
			mustFail(t, cli.StatusFailed, []string{c.want}, tinyArgs(dir, fresh)...)
			if contents(t, fresh) != nil {
				t.Error("a folder was made")
			}
			mustFail(t, cli.StatusFailed, []string{c.want}, tinyArgs(dir, string(folder), "--overwrite")...)
			mustFail(t, cli.StatusFailed, []string{c.want}, "train", "--data", dir, "--out", string(folder), "--resume", "--epochs", "9")
			mustFail(t, cli.StatusFailed, []string{c.want}, "eval", "--data", dir, "--model", folder.Model())
			if !maps.Equal(contents(t, string(folder)), before) {
				t.Error("the run in the folder has changed")
			}
		})
	}
	mustFail(t, cli.StatusFailed, []string{"nowhere"}, "train", "--data", "nowhere")
	mustFail(t, cli.StatusUsage, []string{"--lr NaN"}, tinyArgs(good, string(folder), "--overwrite", "--lr", "NaN")...)
	mustFail(t, cli.StatusUsage, []string{"0 units"}, tinyArgs(good, string(folder), "--overwrite", "--layers", "0")...)
	if !maps.Equal(contents(t, string(folder)), before) {
		t.Error("the run in the folder has changed")
	}
}

// TestBadModel: a damaged model or checkpoint stops whoever reads it.
func TestBadModel(t *testing.T) {
	data := tiny.Data(t)
	folder := tinyRun(t, data)
	for _, file := range []string{folder.Model(), folder.Checkpoint()} {
		good := read(t, file)
		for _, c := range []struct{ name, content string }{
			{"empty", ""},
			{"short", good[:7]},
			{"cut in the header", good[:200]},
			{"truncated", good[:len(good)-1]},
			{"oversized", good + "more"},
			{"wrong magic", "\x89PNG\r\n\x1a\n" + good[8:]},
			{"header beyond the file", "\xff\xff\xff\xff\xff\xff\xff\xff" + good[8:]},
			{"not ours", "\x02\x00\x00\x00\x00\x00\x00\x00{}"},
			{"other format", strings.Replace(good, `targetprop 1`, `targetprop 9`, 1)},
			{"other shape", strings.Replace(good, `[35,20]`, `[20,35]`, 1)},
			{"other layers", strings.Replace(good, `[35,20,10]`, `[35,20,11]`, 1)},
			{"layer of 0", strings.Replace(good, `[35,20,10]`, `[35,0 ,10]`, 1)},
			{"no activation", strings.Replace(good, `softplus`, `softmult`, 1)},
			{"text for a number", strings.Replace(good, `Epochs\":3`, `Epochs\":x`, 1)},
			{"NaN", good[:len(good)-4] + "\x00\x00\xc0\x7f"},
			{"infinity", good[:len(good)-4] + "\x00\x00\x80\x7f"},
		} {
			t.Run(filepath.Base(file)+"/"+c.name, func(t *testing.T) {
				if c.content == good {
					t.Fatal("the mistake was not made")
				}
				dir := run.Dir(t.TempDir())
				if file == folder.Checkpoint() {
					write(t, dir.Checkpoint(), c.content)
					mustFail(t, cli.StatusFailed, []string{"checkpoint"}, "train", "--data", data, "--out", string(dir), "--resume")
					if got := contents(t, string(dir)); len(got) != 1 || got["checkpoint.safetensors"] != c.content {
						t.Error("the folder has changed")
					}
					return
				}
				write(t, dir.Model(), c.content)
				picture := filepath.Join(t.TempDir(), "a.png")
				write(t, picture, "mine")
				mustFail(t, cli.StatusFailed, []string{dir.Model()}, "sample", "--model", dir.Model(), "--out", picture)
				mustFail(t, cli.StatusFailed, []string{dir.Model()}, "eval", "--model", dir.Model(), "--data", data)
				if read(t, picture) != "mine" {
					t.Error("the picture was overwritten")
				}
			})
		}
	}
	none := filepath.Join(t.TempDir(), "none.safetensors")
	mustFail(t, cli.StatusFailed, []string{none, "train"}, "sample", "--model", none, "--out", "a.png")
	mustFail(t, cli.StatusFailed, []string{none, "train"}, "eval", "--model", none)
	mustFail(t, cli.StatusFailed, []string{"directory"}, "sample", "--model", t.TempDir(), "--out", "a.png")
	mustFail(t, cli.StatusFailed, []string{"finished model"}, "train", "--resume", "--out", copyAs(t, folder.Model(), "checkpoint.safetensors"))
}

// copyAs makes a folder with a copy of the file under another name.
func copyAs(t *testing.T, path, name string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, name), read(t, path))
	return dir
}

// TestUnwritable: places where nothing can be written, also for root.
func TestUnwritable(t *testing.T) {
	data := tiny.Data(t)
	model := tinyRun(t, data).Model()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "mine")
	for _, out := range []string{file, filepath.Join(file, "run")} {
		mustFail(t, cli.StatusFailed, []string{file}, tinyArgs(data, out)...)
		mustFail(t, cli.StatusFailed, []string{file}, tinyArgs(data, out, "--overwrite")...)
	}
	if read(t, file) != "mine" {
		t.Error("the file was overwritten")
	}
	for _, name := range []string{"checkpoint.safetensors", "model.safetensors", "log.csv", "samples.png"} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, name, "x"), 0o755); err != nil {
			t.Fatal(err)
		}
		mustFail(t, cli.StatusFailed, []string{name, "in the way"}, tinyArgs(data, dir)...)
		mustFail(t, cli.StatusFailed, []string{name, "in the way"}, tinyArgs(data, dir, "--overwrite")...)
	}
	folder := filepath.Join(t.TempDir(), "folder.png")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{filepath.Join(file, "a.png"), filepath.Join(folder, "none", "a.npy"), folder} {
		mustFail(t, cli.StatusFailed, []string{out}, "sample", "--model", model, "--out", out, "--n", "2")
	}
}
