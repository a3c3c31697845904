package program

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/model"
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
	checkKept(t, alone, epochs)

	group := run.Dir(dir + "/group")
	if r := inGroup(t, 3, stopping(data, string(group))...); r.status != 0 || read(t, group.Model()) != want {
		t.Errorf("in a group: status %d, %s; the same model %v", r.status, r.stderr, r.status == 0 && read(t, group.Model()) == want)
	}

	killed := run.Dir(dir + "/killed")
	cmd := process(t, stopping(data, string(killed))...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if _, err := model.LoadCheckpoint(killed.Checkpoint()); err == nil && strings.Count(soFar(killed.Log()), "\n") > 2 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	mustCall(t, "train", "--out", string(killed), "--resume", "--threads", "1")
	if read(t, killed.Model()) != want {
		t.Error("a run that was killed stops at another model")
	}
}

// checkKept: the model has the best epoch's parameters and not the last's.
func checkKept(t *testing.T, dir run.Dir, epochs int) {
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
	kept, last := of(dir.Model())["encoder.1.weight"], of(dir.Checkpoint())
	if !equal(kept, last["best.encoder.1.weight"]) || equal(kept, last["encoder.1.weight"]) {
		t.Errorf("the model of %d epochs has not the best epoch's parameters", epochs)
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
		{"--task classify --early-stop 2", "goes with --task generate"},
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
