package program

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

func TestTrain(t *testing.T) {
	data := tiny.Data(t)
	dir := filepath.Join(t.TempDir(), "new", "folder")
	out := mustCall(t, tinyArgs(data, dir)...)
	for _, want := range []string{"35-20-10 on 250 images of ./tiny, 3 epochs", "f1", "g2", "images/s", "sample --model " + dir, "eval --model " + dir} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in the output:\n%s", want, out)
		}
	}
	files := slices.Sorted(maps.Keys(contents(t, dir)))
	if want := []string{"checkpoint.previous.safetensors", "checkpoint.safetensors", "curves.png", "log.csv", "model.safetensors", "reconstructions.png", "samples.png"}; !slices.Equal(files, want) {
		t.Errorf("files %q, want %q", files, want)
	}
	f, err := model.Load(run.Dir(dir).Model())
	if err != nil {
		t.Fatal(err)
	}
	if f.Training.Epochs != 3 || f.Training.Batch != 20 || f.Training.Optimizer.Rate != 1e-3 || len(f.Network.Prior.Mean) != 10 {
		t.Errorf("model of %+v", f.Training)
	}
	if keys := slices.Sorted(maps.Keys(f.Notes)); !slices.Equal(keys, []string{modelfile.NoteData, modelfile.NoteDigest, "height", "width"}) || f.Notes[modelfile.NoteData] != "./tiny" || f.Notes["height"] != "7" || f.Notes["width"] != "5" {
		t.Errorf("notes %v", f.Notes)
	}
	log := strings.Split(read(t, run.Dir(dir).Log()), "\n")
	if len(log) != 5 || log[0] != "epoch,f1,g1,f2,g2,images_per_second,seconds" || !strings.HasPrefix(log[3], "3,") || strings.Count(log[3], ",") != 6 {
		t.Errorf("log.csv: %q", log)
	}
	drawn := decodePNG(t, run.Dir(dir).Samples())
	const gap = 2 // see package picture
	lines := picture.Square(kernels.NewMatrix(100, tiny.Height*tiny.Width), tiny.Height, tiny.Width)
	if b := drawn.Bounds(); b.Dx() != len(lines[0].Images)*(tiny.Width+gap)+gap || b.Dy() != len(lines)*(tiny.Height+gap)+gap {
		t.Errorf("samples.png is %v", b)
	}
}

func TestTrainDefaultFolder(t *testing.T) {
	data := tiny.Data(t)
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
	data := tiny.Data(t)
	dir := tinyRun(t, data)
	before := contents(t, string(dir))
	for name := range before {
		only := t.TempDir()
		write(t, filepath.Join(only, name), "mine")
		mustFail(t, cli.StatusFailed, []string{name, "--resume", "--overwrite", "--out"}, tinyArgs(data, only)...)
		if got := contents(t, only); len(got) != 1 || got[name] != "mine" {
			t.Errorf("%s was not left alone: %v", name, got)
		}
	}
	write(t, filepath.Join(string(dir), ".targetprop-0123456789abcdef.tmp"), "left by a killed process")
	mustCall(t, tinyArgs(data, string(dir), "--overwrite", "--seed", "2", "--epochs", "1")...)
	after := contents(t, string(dir))
	if len(after) != 7 || after["model.safetensors"] == before["model.safetensors"] || strings.Count(after["log.csv"], "\n") != 2 {
		t.Errorf("--overwrite left %d files, log %q", len(after), after["log.csv"])
	}
}

// TestDivergence: a run that diverges ends with advice, and its checkpoint stays
// loadable, whether a loss shows it or the weights do before the next loss.
func TestDivergence(t *testing.T) {
	data := tiny.Data(t)
	for _, c := range []struct{ flags, want string }{
		{"--optimizer sgd --lr 1e30", "diverged in epoch 1: "},
		{"--optimizer sgd --lr 3e38 --batch 250 --epochs 1", "diverged in epoch 1: "},
		// All numbers stay finite.
		{"--lr 1000", "diverged in epoch 1: the loss of f1 has grown to "},
		{"--lr 1000", "is too high for these settings; try --lr 1e+02"},
		{"--up-noise 1000", "--up-noise 1000 drowns the values, which are of size 1; try --up-noise 0.3"},
		{"--lr 0.01 --layers 20,15,12,10 --alpha 0.001 --epochs 100", "or --alpha 0.03 --up-noise 0.1 for so many layers, with"},
		{"--lr 0.005 --layers 20,15,12,10,8 --alpha 0.1 --up-noise 0.5 --schedule constant --epochs 100", ": the units of layer h"},
	} {
		dir := run.Dir(filepath.Join(t.TempDir(), "run"))
		args := append(tinyArgs(data, string(dir)), strings.Fields(c.flags)...)
		mustFail(t, cli.StatusFailed, []string{"diverged in epoch ", c.want, "; try --", "--overwrite"}, args...)
		if _, err := model.LoadCheckpoint(dir.Checkpoint()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(dir.Model()); err == nil {
			t.Error("a diverged run left a model")
		}
	}
}
