package program

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// TestResumeFinished: nothing to do, but a lost picture comes back.
func TestResumeFinished(t *testing.T) {
	data := tiny.Data(t)
	dir := tinyRun(t, data)
	before := contents(t, string(dir))
	resume := []string{"train", "--out", string(dir), "--resume"}
	for _, lost := range []string{"", "samples.png", "model.safetensors"} {
		if lost != "" {
			if err := os.Remove(filepath.Join(string(dir), lost)); err != nil {
				t.Fatal(err)
			}
		}
		out := mustCall(t, resume...)
		if complete := strings.Contains(out, "complete with its 3 epochs"); complete != (lost != "model.safetensors") {
			t.Errorf("without %q: %s", lost, out)
		}
		after := contents(t, string(dir))
		for _, name := range []string{"model.safetensors", "samples.png", "log.csv"} {
			if after[name] != before[name] {
				t.Errorf("without %q: resuming changed %s", lost, name)
			}
		}
	}
	// A model that is damaged, or of an earlier end, does not count.
	write(t, dir.Model(), "damaged")
	mustCall(t, resume...)
	if read(t, dir.Model()) != before["model.safetensors"] {
		t.Error("the damaged model is still there")
	}
}

// TestRaiseEpochs: a finished run goes on as if it had never ended.
func TestRaiseEpochs(t *testing.T) {
	data := tiny.Data(t)
	want := read(t, tinyRun(t, data, "--epochs", "5").Model())
	dir := tinyRun(t, data)
	mustCall(t, "train", "--out", string(dir), "--resume", "--epochs", "5", "--threads", "1")
	if read(t, dir.Model()) != want {
		t.Error("3 and 2 epochs do not make 5")
	}
	if log := read(t, dir.Log()); strings.Count(log, "\n") != 6 {
		t.Errorf("log.csv: %s", log)
	}
}

// TestResumeSettings: they come from the checkpoint, and flags may not
// contradict it.
func TestResumeSettings(t *testing.T) {
	data, other := tiny.Data(t), tiny.Data(t)
	// The same numbers of images, but another one among them.
	path := filepath.Join(other, tiny.TrainImagesFile)
	content := []byte(read(t, path))
	content[100] ^= 1
	write(t, path, string(content))

	dir := tinyRun(t, data)
	before := contents(t, string(dir))
	resume := func(more ...string) []string {
		return append([]string{"train", "--out", string(dir), "--resume"}, more...)
	}
	for flag, value := range map[string]string{
		"layers": "20,11", "batch": "21", "lr": "0.0001", "seed": "2", "epochs": "2", "iterations": "3", "delta": "0.2", "alpha": "0.5",
		"optimizer": "adam", "momentum": "0.5", "decay": "0.5", "epsilon": "1", "up-noise": "1", "down-noise": "1", "draws": "1",
	} {
		mustFail(t, cli.StatusUsage, []string{"--" + flag, value}, resume("--"+flag, value)...)
	}
	mustFail(t, cli.StatusUsage, []string{"other data", "--data"}, resume("--data", other)...)
	mustFail(t, cli.StatusUsage, []string{"other data", "--data"}, resume("--data", "digits")...)
	mustFail(t, cli.StatusFailed, []string{"nothing to resume", "--out"}, "train", "--resume", "--out", t.TempDir())
	for _, more := range [][]string{
		{"--layers", "20,10", "--batch", "20", "--lr", "0.001", "--seed", "1", "--epochs", "3", "--optimizer", "rmsprop"},
		{"--data", data + "/"},
	} {
		mustCall(t, resume(more...)...)
	}
	after := contents(t, string(dir))
	for name, content := range before {
		if after[name] != content {
			t.Errorf("%s has changed", name)
		}
	}
	// The folder of the data has gone elsewhere.
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(data, moved); err != nil {
		t.Fatal(err)
	}
	mustFail(t, cli.StatusFailed, []string{data}, resume()...)
	mustCall(t, resume("--data", moved)...)
}

// TestBatchBeyondData: the trainer cuts the batch, the flag stays right.
func TestBatchBeyondData(t *testing.T) {
	data := tiny.Data(t)
	dir := tinyRun(t, data, "--batch", "5000")
	mustCall(t, "train", "--data", data, "--out", string(dir), "--resume", "--batch", "5000")
}

// TestForeignLog: a log that is not as the run left it is kept under another name, with a word,
// and the run's own goes on from there.
func TestForeignLog(t *testing.T) {
	data := tiny.Data(t)
	other := read(t, tinyRun(t, data, "--seed", "7").Log())
	resume := func(dir run.Dir, epochs int) result {
		return call("train", "--out", string(dir), "--resume", "--epochs", fmt.Sprint(epochs))
	}
	want := read(t, tinyRun(t, data, "--epochs", "4").Model())
	for name, change := range map[string]func(log string) string{
		"a spreadsheet's":        func(log string) string { return strings.ReplaceAll(log, ",", ";") },
		"a comment":              func(log string) string { return "# mine\n" + log },
		"of another run":         func(string) string { return other },
		"a row cut":              func(log string) string { return strings.Replace(log, "\n2,", "\n2", 1) },
		"a row removed":          func(log string) string { return log[:strings.Index(log, "\n2,")] + log[strings.Index(log, "\n3,"):] },
		"a number of the user's": func(log string) string { return strings.Replace(log, "\n2,", "\n2,1", 1) },
	} {
		dir := tinyRun(t, data)
		mine := change(read(t, dir.Log()))
		write(t, dir.Log(), mine)
		kept := filepath.Join(string(dir), "log.kept1.csv")
		// Nothing is written, and nothing moved.
		if r := call("train", "--out", string(dir), "--resume"); r.status != cli.StatusOK || r.stderr != "" || read(t, dir.Log()) != mine {
			t.Errorf("%s, finished: %+v", name, r)
		}
		if r := resume(dir, 4); r.status != cli.StatusOK || strings.Count(r.stderr, "\n") != 1 || !strings.Contains(r.stderr, "note: "+dir.Log()) || !strings.Contains(r.stderr, kept) {
			t.Errorf("%s: %+v", name, r)
		}
		if read(t, kept) != mine || read(t, dir.Model()) != want {
			t.Errorf("%s: the user's log, or the model, is another", name)
		}
		if log := strings.Split(read(t, dir.Log()), "\n"); len(log) != 3 || !strings.HasPrefix(log[1], "4,") {
			t.Errorf("%s: the new log is %q", name, log)
		}
		if r := resume(dir, 5); r.status != cli.StatusOK || r.stderr != "" || strings.Count(read(t, dir.Log()), "\n") != 3 {
			t.Errorf("%s, the second time: %+v\n%s", name, r, read(t, dir.Log()))
		}
	}
	// A copy that was made while the run went on: the checkpoint is older than the log.
	dir, later := tinyRun(t, data), tinyRun(t, data, "--epochs", "8")
	write(t, dir.Log(), read(t, later.Log()))
	if r := resume(dir, 4); r.status != cli.StatusOK || !strings.Contains(r.stderr, "a row of epoch 8") || !strings.Contains(r.stderr, "begins with epoch 1\n") {
		t.Errorf("a copy: %+v", r)
	}
	if rows := strings.Count(read(t, dir.Log()), "\n"); rows != 5 || read(t, filepath.Join(string(dir), "log.kept1.csv")) != read(t, later.Log()) {
		t.Errorf("a copy: the log has %d lines, or the one that was there is lost", rows)
	}
	dir = tinyRun(t, data)
	if err := os.Remove(dir.Log()); err != nil {
		t.Fatal(err)
	}
	if said := mustCall(t, "train", "--out", string(dir), "--resume"); strings.Contains(said, "log.csv") {
		t.Errorf("a log that is not there is named:\n%s", said)
	}
	if r := resume(dir, 4); r.status != cli.StatusOK || !strings.Contains(r.stderr, "rows of 0 of the 3 epochs") {
		t.Errorf("without a log: %+v", r)
	}
}

// TestResumeElsewhere: a run whose data are not where they were says so, and goes on with --data. The same table may be
// in another form of Unicode there.
func TestResumeElsewhere(t *testing.T) {
	table, dir := twoClasses(t, "a,b,caf\u00e9,label", "no", "yes"), filepath.Join(t.TempDir(), "run")
	write(t, table, strings.ReplaceAll(read(t, table), ",,", ",1,"))
	resume := func(epochs string, more ...string) []string {
		return append([]string{"train", "--out", dir, "--resume", "--epochs", epochs}, more...)
	}
	mustSucceed(t, "train", "--task", "classify", "--data", table, "--label", "label", "--layers", "8", "--epochs", "1", "--out", dir)
	moved := filepath.Join(t.TempDir(), "moved.csv")
	write(t, moved, strings.Replace(read(t, table), "caf\u00e9", "cafe\u0301", 1))
	if err := os.Remove(table); err != nil {
		t.Fatal(err)
	}
	mustFail(t, cli.StatusFailed, []string{"was begun on " + table, "can not be read there any more", "say with --data where they are now"}, resume("2")...)
	mustSucceed(t, resume("2", "--data", moved)...)
	mustSucceed(t, resume("3")...)
	// A name that is no UTF-8 can not be noted.
	latin := filepath.Join(t.TempDir(), "caf\xe9.csv")
	if err := os.Rename(moved, latin); err != nil {
		t.Skip(err) // some systems have no such names
	}
	mustSucceed(t, resume("4", "--data", latin)...)
	mustFail(t, cli.StatusUsage, []string{"was begun on a folder or a file, ./table.csv, and could not note where that is: say so with --data"}, resume("5")...)
	mustSucceed(t, resume("5", "--data", latin)...)
}

// TestNamesake: a file of the user's that has the name of a set is noticed.
func TestNamesake(t *testing.T) {
	t.Chdir(t.TempDir())
	if r := call("data", "digits"); r.status != cli.StatusOK || r.stderr != "" {
		t.Errorf("status %d, %q", r.status, r.stderr)
	}
	if err := os.Mkdir("digits", 0o755); err != nil {
		t.Fatal(err)
	}
	if r := call("data", "digits"); r.status != cli.StatusOK || r.stderr != "targetprop: note: the data are the set that is called digits; what has that name in this folder is ./digits\n" {
		t.Errorf("status %d, %q", r.status, r.stderr)
	}
}
