package main

import (
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/model"
)

func TestTrain(t *testing.T) {
	data := tinyData(t)
	dir := filepath.Join(t.TempDir(), "new", "folder")
	out := mustCall(t, tinyArgs(data, dir)...)
	for _, want := range []string{"35-20-10 on 250 images of ./tiny, 3 epochs", "f1", "g2", "images/s", "sample --model " + dir, "eval --model " + dir} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in the output:\n%s", want, out)
		}
	}
	files := slices.Sorted(maps.Keys(contents(t, dir)))
	if want := []string{"checkpoint.safetensors", "log.csv", "model.safetensors", "samples.png"}; !slices.Equal(files, want) {
		t.Errorf("files %q, want %q", files, want)
	}
	f, err := model.Load(runDir(dir).model())
	if err != nil {
		t.Fatal(err)
	}
	if f.Training.Epochs != 3 || f.Training.Batch != 20 || f.Training.Optimizer.Rate != 1e-3 || len(f.Network.Prior.Mean) != 10 {
		t.Errorf("model of %+v", f.Training)
	}
	if keys := slices.Sorted(maps.Keys(f.Notes)); !slices.Equal(keys, []string{noteData, noteDigest, noteHeight, noteWidth}) || f.Notes[noteData] != "./tiny" || f.Notes[noteHeight] != "7" || f.Notes[noteWidth] != "5" {
		t.Errorf("notes %v", f.Notes)
	}
	log := strings.Split(read(t, runDir(dir).log()), "\n")
	if len(log) != 5 || log[0] != "epoch,f1,g1,f2,g2,images_per_second,seconds" || !strings.HasPrefix(log[3], "3,") || strings.Count(log[3], ",") != 6 {
		t.Errorf("log.csv: %q", log)
	}
	r, err := os.Open(runDir(dir).samples())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	picture, err := png.Decode(r)
	if err != nil {
		t.Fatal(err)
	}
	columns := gridColumns(shownSamples, tinyHeight, tinyWidth)
	lines := (shownSamples + columns - 1) / columns
	if b := picture.Bounds(); b.Dx() != columns*(tinyWidth+gap)+gap || b.Dy() != lines*(tinyHeight+gap)+gap {
		t.Errorf("samples.png is %v", b)
	}
}

func TestTrainDefaultFolder(t *testing.T) {
	data := tinyData(t)
	t.Chdir(filepath.Dir(data))
	mustCall(t, "train", "--data", "tiny", "--layers", "4", "--epochs", "1")
	if contents(t, "runs/tiny")["model.safetensors"] == "" {
		t.Error("no model in runs/tiny")
	}
	t.Chdir(data)
	mustCall(t, "train", "--data", ".", "--layers", "4", "--epochs", "0")
	if contents(t, "runs/tiny")["model.safetensors"] == "" {
		t.Error("no model in runs/tiny, from within the folder")
	}
}

// TestExistingRun: a run is only ever replaced on demand.
func TestExistingRun(t *testing.T) {
	data := tinyData(t)
	dir := tinyRun(t, data)
	before := contents(t, string(dir))
	for name := range before {
		only := t.TempDir()
		write(t, filepath.Join(only, name), "mine")
		mustFail(t, statusFailed, []string{name, "--resume", "--overwrite", "--out"}, tinyArgs(data, only)...)
		if got := contents(t, only); len(got) != 1 || got[name] != "mine" {
			t.Errorf("%s was not left alone: %v", name, got)
		}
	}
	write(t, filepath.Join(string(dir), ".targetprop-0123456789abcdef.tmp"), "left by a killed process")
	mustCall(t, tinyArgs(data, string(dir), "--overwrite", "--seed", "2", "--epochs", "1")...)
	after := contents(t, string(dir))
	if len(after) != 4 || after["model.safetensors"] == before["model.safetensors"] || strings.Count(after["log.csv"], "\n") != 2 {
		t.Errorf("--overwrite left %d files, log %q", len(after), after["log.csv"])
	}
}

// TestDivergence: a run that diverges ends with advice, and its checkpoint stays
// loadable, whether a loss shows it or the weights do before the next loss.
func TestDivergence(t *testing.T) {
	data := tinyData(t)
	for _, more := range [][]string{
		{"--lr", "1e30"},
		{"--lr", "3e38", "--batch", "250", "--epochs", "1"},
	} {
		dir := runDir(filepath.Join(t.TempDir(), "run"))
		args := append(tinyArgs(data, string(dir), "--optimizer", "sgd"), more...)
		mustFail(t, statusFailed, []string{"diverged in epoch 1", "--lr", "--overwrite"}, args...)
		if _, err := model.LoadCheckpoint(dir.checkpoint()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(dir.model()); err == nil {
			t.Error("a diverged run left a model")
		}
	}
}
