package program

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/safetensors"
)

// stopping are flags of a training that stops early: the rate is so high that the
// reconstruction is soon no better.
func stopping(data, out string) []string {
	return []string{"train", "--data", data, "--out", out, "--layers", "16,6", "--batch", "50", "--iterations", "3", "--checkpoint-every", "0s",
		"--epochs", "40", "--lr", "0.002", "--schedule", "cosine", "--final-rate", "0.5", "--warmup", "4", "--early-stop", "2"}
}

// TestEarlyStop: training stops by itself, says so, keeps the best epoch's parameters,
// and is complete; a group does the same, and so does a run that was interrupted.
func TestEarlyStop(t *testing.T) {
	data, dir := tiny.Data(t), t.TempDir()
	alone := run.Dir(dir + "/alone")
	out := mustCall(t, stopping(data, string(alone))...)
	for _, want := range []string{"stopped after", "(--early-stop 2)", "kept     the parameters of epoch", "valid"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in %s", want, out)
		}
	}
	epochs := strings.Count(read(t, alone.Log()), "\n") - 1
	if epochs < 3 || epochs >= 40 {
		t.Fatalf("stopped after %d epochs: no test", epochs)
	}
	want := read(t, alone.Model())
	if out := mustCall(t, "train", "--out", string(alone), "--resume"); !strings.Contains(out, "is complete: stopped after") || read(t, alone.Model()) != want {
		t.Errorf("resumed when complete: %s", out)
	}
	checkKept(t, data, alone, "encoder.1.weight")
	// The last image of the training file is one that validates.
	images := filepath.Join(data, "train-images-idx3-ubyte")
	content := read(t, images)
	write(t, images, content[:len(content)-1]+string(content[len(content)-1]^1))
	mustFail(t, cli.StatusUsage, []string{"other validation images"}, "train", "--out", string(alone), "--resume", "--epochs", "50")
	write(t, images, content)

	group := run.Dir(dir + "/group")
	if r := inGroup(t, 3, stopping(data, string(group))...); r.status != 0 || read(t, group.Model()) != want {
		t.Errorf("in a group: status %d, %s; the same model %v", r.status, r.stderr, r.status == 0 && read(t, group.Model()) == want)
	}

	checkKilled(t, run.Dir(dir+"/killed"), want, stopping(data, dir+"/killed"))
}

// checkKilled kills a training when it has done some epochs: resumed, it leads to the
// wanted model.
func checkKilled(t *testing.T, dir run.Dir, want string, args []string) {
	t.Helper()
	cmd := process(t, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if _, err := modelfile.TaskOf(dir.Checkpoint()); err == nil && strings.Count(soFar(dir.Log()), "\n") > 2 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	mustCall(t, "train", "--out", string(dir), "--resume", "--threads", "1")
	if read(t, dir.Model()) != want {
		t.Error("a run that was killed stops at another model")
	}
}

// TestEarlyStopOfTasks: so do the tasks that learn from labels, by the accuracy on the
// validation images.
func TestEarlyStopOfTasks(t *testing.T) {
	data, dir := tiny.Data(t), t.TempDir()
	for name, first := range map[string]string{"label": "encoder.1.weight", "classify": "layer.1.weight", "reward": "layer.1.weight"} {
		args := func(out string) []string {
			return tinyTask(name, data, out, "--epochs", "60", "--lr", "0.01", "--schedule", "cosine", "--final-rate", "0.5", "--warmup", "4", "--early-stop", "3", "--checkpoint-every", "0s")
		}
		alone := run.Dir(dir + "/" + name)
		out := mustCall(t, args(string(alone))...)
		log, err := csv.NewReader(strings.NewReader(read(t, alone.Log()))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		best, epochs, column := 1, len(log)-1, slices.Index(log[0], "valid_acc")
		if epochs < 4 || epochs >= 60 {
			t.Fatalf("%s: stopped after %d epochs: no test", name, epochs)
		}
		for epoch := range log[1:] {
			if number(t, log[1+epoch][column]) > number(t, log[best][column]) {
				best = 1 + epoch
			}
		}
		for _, want := range []string{
			fmt.Sprintf("stopped after %d epochs: none since epoch %d made fewer mistakes on the validation images (--early-stop 3)", epochs, best),
			fmt.Sprintf("kept     the parameters of epoch %d, the best of %d: accuracy %.2f %% on the validation images", best, epochs, 100*number(t, log[best][column])),
			"test     accuracy",
		} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is missing in %s", name, want, out)
			}
		}
		if epochs != best+3 {
			t.Errorf("%s: stopped %d epochs after the best one", name, epochs-best)
		}
		checkKept(t, data, alone, first)
		want := read(t, alone.Model())
		if out := mustCall(t, "train", "--out", string(alone), "--resume"); !strings.Contains(out, "is complete: stopped after") || read(t, alone.Model()) != want {
			t.Errorf("%s: resumed when complete: %s", name, out)
		}
		checkKilled(t, run.Dir(dir+"/killed-"+name), want, args(dir+"/killed-"+name))
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// checkKept: the model has the best epoch's parameters and not the last's.
func checkKept(t *testing.T, data string, dir run.Dir, name string) {
	t.Helper()
	of := func(path string) map[string][]float32 {
		f, err := safetensors.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all := map[string][]float32{}
		for _, tensor := range f.Tensors {
			all[tensor.Name] = tensor.Data
		}
		return all
	}
	kept, last := of(dir.Model())[name], of(dir.Checkpoint())
	if !equal(kept, last["best."+name]) || equal(kept, last[name]) {
		t.Errorf("the model in %s has not the best epoch's parameters", dir)
	}
	states := func(path string) string {
		out := filepath.Join(t.TempDir(), "states.npz")
		mustCall(t, "encode", "--data", data, "--n", "5", "--model", path, "--out", out)
		return read(t, out)
	}
	if states(dir.Checkpoint()) != states(dir.Model()) {
		t.Errorf("the checkpoint in %s is another model than that of the best epoch", dir)
	}
}

// TestEarlyStopUsage: what can not be is refused with its reason.
func TestEarlyStopUsage(t *testing.T) {
	data := tiny.Data(t)
	for _, c := range []struct{ flags, words string }{
		{"--early-stop -1", "want 0 or more"},
		{"--schedule step", "constant, linear, cosine"},
		{"--final-rate 0.1", "does not fall"},
		{"--schedule linear --final-rate 2", "want 0 to 1"},
		{"--warmup -3", "want 0 to"},
		{"--task classify --early-stop -1", "want 0 or more"},
		{"--task classify --cooling=false --schedule cosine", "leave one of them out"},
		{"--task classify --cooling=false --final-rate 0.1", "does not fall"},
		{"--task label --final-rate 2", "want 0 to 1"},
		{"--task label --schedule constant --final-rate 0.1", "does not fall"},
		{"--task label --cooling", "goes with --task classify or reward"},
	} {
		mustFail(t, cli.StatusUsage, []string{c.words}, append([]string{"train", "--data", data, "--out", t.TempDir() + "/x"}, strings.Fields(c.flags)...)...)
	}
}

func equal(a, b []float32) bool { return len(a) > 0 && slices.Equal(a, b) }

// soFar is what the file holds, if it is there.
func soFar(path string) string {
	b, _ := os.ReadFile(path)
	return string(b)
}
