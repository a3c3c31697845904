package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBadData: a data folder with a mistake in it stops train and eval before
// anything is written or replaced.
func TestBadData(t *testing.T) {
	good := tinyData(t)
	run := tinyRun(t, good)
	before := contents(t, string(run))
	images := read(t, filepath.Join(good, trainImagesFile))
	for _, c := range []struct {
		name, file, content string // an empty content removes the file
		want                string
	}{
		{"missing", trainImagesFile, "", trainImagesFile},
		{"missing labels", testLabelsFile, "", testLabelsFile},
		{"truncated", trainImagesFile, images[:len(images)-1], trainImagesFile},
		{"cut in the header", trainImagesFile, images[:10], trainImagesFile},
		{"oversized", trainImagesFile, images + "x", trainImagesFile},
		{"wrong magic", trainImagesFile, "\x00\x00\x0d\x03" + images[4:], "magic"},
		{"not IDX", testImagesFile, "hello, world, this is text", "magic"},
		{"no images", trainImagesFile, idxFile(0x803, nil, 0, tinyHeight, tinyWidth), "zero"},
		{"sizes beyond reason", trainImagesFile, idxFile(0x803, nil, 0x7fffffff, 0x7fffffff, 0x7fffffff), trainImagesFile},
		{"mismatched counts", trainLabelsFile, idxFile(0x801, make([]byte, 5), 5), "5 labels"},
		{"mismatched sizes", testImagesFile, idxFile(0x803, make([]byte, 60*9), 60, 3, 3), "3"},
		{"broken gzip", trainImagesFile + ".gz", "\x1f\x8bnonsense", trainImagesFile},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := tinyData(t)
			path := filepath.Join(dir, c.file)
			if c.content == "" {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			} else {
				write(t, path, c.content)
			}
			fresh := filepath.Join(t.TempDir(), "fresh")
			mustFail(t, statusFailed, []string{c.want}, tinyArgs(dir, fresh)...)
			if contents(t, fresh) != nil {
				t.Error("a folder was made")
			}
			mustFail(t, statusFailed, []string{c.want}, tinyArgs(dir, string(run), "--overwrite")...)
			mustFail(t, statusFailed, []string{c.want}, "train", "--data", dir, "--out", string(run), "--resume", "--epochs", "9")
			mustFail(t, statusFailed, []string{c.want}, "eval", "--data", dir, "--model", run.model())
			if !maps.Equal(contents(t, string(run)), before) {
				t.Error("the run in the folder has changed")
			}
		})
	}
	mustFail(t, statusFailed, []string{"nowhere"}, "train", "--data", "nowhere")
	mustFail(t, statusUsage, []string{"learning rate NaN"}, tinyArgs(good, string(run), "--overwrite", "--lr", "NaN")...)
	mustFail(t, statusUsage, []string{"0 units"}, tinyArgs(good, string(run), "--overwrite", "--layers", "0")...)
	if !maps.Equal(contents(t, string(run)), before) {
		t.Error("the run in the folder has changed")
	}
}

// TestBadModel: a damaged model or checkpoint stops whoever reads it.
func TestBadModel(t *testing.T) {
	data := tinyData(t)
	run := tinyRun(t, data)
	for _, file := range []string{run.model(), run.checkpoint()} {
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
				dir := runDir(t.TempDir())
				if file == run.checkpoint() {
					write(t, dir.checkpoint(), c.content)
					mustFail(t, statusFailed, []string{"checkpoint"}, "train", "--data", data, "--out", string(dir), "--resume")
					if got := contents(t, string(dir)); len(got) != 1 || got["checkpoint.safetensors"] != c.content {
						t.Error("the folder has changed")
					}
					return
				}
				write(t, dir.model(), c.content)
				picture := filepath.Join(t.TempDir(), "a.png")
				write(t, picture, "mine")
				mustFail(t, statusFailed, []string{dir.model()}, "sample", "--model", dir.model(), "--out", picture)
				mustFail(t, statusFailed, []string{dir.model()}, "eval", "--model", dir.model(), "--data", data)
				if read(t, picture) != "mine" {
					t.Error("the picture was overwritten")
				}
			})
		}
	}
	none := filepath.Join(t.TempDir(), "none.safetensors")
	mustFail(t, statusFailed, []string{none, "train"}, "sample", "--model", none, "--out", "a.png")
	mustFail(t, statusFailed, []string{none, "train"}, "eval", "--model", none)
	mustFail(t, statusFailed, []string{"checkpoint", "--resume"}, "sample", "--model", run.checkpoint(), "--out", "a.png")
	mustFail(t, statusFailed, []string{"directory"}, "sample", "--model", t.TempDir(), "--out", "a.png")
	mustFail(t, statusFailed, []string{"finished model"}, "train", "--resume", "--out", copyAs(t, run.model(), "checkpoint.safetensors"))
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
	data := tinyData(t)
	model := tinyRun(t, data).model()
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "mine")
	for _, out := range []string{file, filepath.Join(file, "run")} {
		mustFail(t, statusFailed, []string{file}, tinyArgs(data, out)...)
		mustFail(t, statusFailed, []string{file}, tinyArgs(data, out, "--overwrite")...)
	}
	if read(t, file) != "mine" {
		t.Error("the file was overwritten")
	}
	for _, name := range []string{"checkpoint.safetensors", "model.safetensors", "log.csv", "samples.png"} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, name, "x"), 0o755); err != nil {
			t.Fatal(err)
		}
		mustFail(t, statusFailed, []string{name, "in the way"}, tinyArgs(data, dir)...)
		mustFail(t, statusFailed, []string{name, "in the way"}, tinyArgs(data, dir, "--overwrite")...)
	}
	folder := filepath.Join(t.TempDir(), "folder.png")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{filepath.Join(file, "a.png"), filepath.Join(folder, "none", "a.npy"), folder} {
		mustFail(t, statusFailed, []string{out}, "sample", "--model", model, "--out", out, "--n", "2")
	}
}
