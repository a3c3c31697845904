package program

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// TestCheckpointAsModel: what a command makes of the last checkpoint is what it makes
// of the model, whose prior it estimates for itself; a folder without a model is
// its checkpoint.
func TestCheckpointAsModel(t *testing.T) {
	data := tiny.Data(t)
	for _, task := range []string{"generate", "label"} {
		dir := tinyRun(t, data, "--task", task)
		if err := os.Rename(dir.Model(), dir.Model()+".away"); err != nil {
			t.Fatal(err)
		}
		out := t.TempDir()
		made := func(name string, args ...string) string {
			path := filepath.Join(out, name)
			text := mustCall(t, append(args, "--out", path)...)
			return read(t, path) + strings.ReplaceAll(text, path, "")
		}
		whole := filepath.Join(out, "model.safetensors")
		if err := os.Rename(dir.Model()+".away", whole); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{string(dir), dir.Checkpoint()} {
			if made("a.png", "sample", "--model", path, "--n", "9") != made("b.png", "sample", "--model", whole, "--n", "9") {
				t.Errorf("%s: samples of %s are others than the model's", task, path)
			}
			fill := []string{"fill", "--data", data, "--n", "5", "--rounds", "2", "--model"}
			if made("a.png", append(fill, path)...) != made("b.png", append(fill, whole)...) {
				t.Errorf("%s: %s fills in otherwise than the model", task, path)
			}
		}
		if task != "generate" {
			mustCall(t, "classify", "--data", data, "--model", dir.Checkpoint())
			continue
		}
		eval := func(path string) string {
			out := mustCall(t, "eval", "--data", data, "--samples", "20", "--json", "--model", path)
			digest, err := modelfile.Digest(path)
			if err != nil {
				t.Fatal(err)
			}
			return strings.NewReplacer(path, "", digest, "").Replace(out)
		}
		if eval(dir.Checkpoint()) != eval(whole) {
			t.Error("the checkpoint is measured otherwise than the model")
		}
		// Without the images there is no prior, and one that is estimated on others
		// would be another.
		moved := filepath.Join(t.TempDir(), "moved")
		if err := os.Rename(data, moved); err != nil {
			t.Fatal(err)
		}
		mustFail(t, cli.StatusFailed, []string{"checkpoint", "trained on", data}, "sample", "--model", dir.Checkpoint(), "--out", filepath.Join(out, "c.png"))
		if err := os.Rename(moved, data); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(data, tiny.TrainImagesFile)
		images := []byte(read(t, path))
		write(t, path, string(bytes.Replace(images, images[20:21], []byte{images[20] + 1}, 1)))
		mustFail(t, cli.StatusFailed, []string{"checkpoint", "others now"}, "sample", "--model", dir.Checkpoint(), "--out", filepath.Join(out, "c.png"))
		write(t, path, string(images))
	}
}

// TestCheckpointOfReading: the prior of a checkpoint is estimated on the images as the run reads
// them.
func TestCheckpointOfReading(t *testing.T) {
	photos := setOf(t, "photographs", 40)
	for _, args := range [][]string{
		{"--data", tiny.Data(t), "--centre"},
		{"--data", photos, "--size", "8x6", "--split", "60,20,20", "--split-seed", "3"},
		{"--data", photos, "--size", "8x6", "--centre"},
		{"--data", setOf(t, "table", 60)},
		{"--data", setOf(t, "floats", 60), "--size", "8x8"},
	} {
		dir := run.Dir(filepath.Join(t.TempDir(), "run"))
		mustSucceed(t, append([]string{"train", "--out", string(dir), "--layers", "6,4", "--batch", "8", "--epochs", "2"}, args...)...)
		var made [2]string
		for i, path := range []string{dir.Model(), dir.Checkpoint()} {
			out := filepath.Join(t.TempDir(), "a.npy")
			mustSucceed(t, "sample", "--model", path, "--n", "9", "--out", out)
			made[i] = read(t, out)
		}
		if made[0] != made[1] {
			t.Errorf("%q: samples of the checkpoint are others than the model's", args)
		}
	}
}

// TestModelOfBefore: where a run goes on after its model was made, whoever uses the model is told, and which file has more.
func TestModelOfBefore(t *testing.T) {
	data, out := tiny.Data(t), t.TempDir()
	uses := map[string][]string{
		"generate": {"sample --n 4 --out " + out + "/a.png", "eval --samples 20 --data " + data, "fill --n 5 --rounds 1 --out " + out + "/a.png --data " + data,
			"encode --out " + out + "/a.npz --data " + data, "export --onnx " + out + "/a.onnx"},
		"label":    {"sample --n 4 --out " + out + "/a.png", "fill --n 5 --rounds 1 --out " + out + "/a.png --data " + data},
		"classify": {"classify --data " + data},
	}
	for task, commands := range uses {
		dir := tinyRun(t, data, "--task", task)
		check := func(moment string, want int) {
			t.Helper()
			for _, command := range commands {
				for _, path := range []string{string(dir), dir.Model()} {
					r := call(append(strings.Fields(command), "--model", path)...)
					if got := strings.Count(r.stderr, "note: the run in "+string(dir)+" went on after model.safetensors was made ("); r.status != cli.StatusOK || got != want || want > 0 && !strings.Contains(r.stderr, "name "+dir.Checkpoint()) {
						t.Errorf("%s, %s: %d notes, want %d: status %d, %q", moment, command, got, want, r.status, r.stderr)
					}
				}
			}
		}
		check("a finished run", 0)
		mustCall(t, "train", "--out", string(dir), "--resume", "--epochs", "4")
		check("with more epochs", 0)
		cmd := process(t, "train", "--out", string(dir), "--resume", "--epochs", "1000000")
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(stdout)
		for lines.Scan() && !strings.HasPrefix(lines.Text(), "    5 ") {
		}
		check("a run that goes on", 1)
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		for lines.Scan() {
		}
		_ = cmd.Wait()
		check("a run that was killed", 1)
	}
}
