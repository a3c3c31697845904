package program

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/folderlock"
)

// flip changes one bit of the file, in the middle of its tensors.
func flip(t *testing.T, path string) {
	t.Helper()
	content := []byte(read(t, path))
	content[len(content)*2/3] ^= 4
	write(t, path, string(content))
}

// TestDamagedCheckpoint: the one before it leads to the same model, and what happened is
// said. So it is if a process was killed after the first was moved.
func TestDamagedCheckpoint(t *testing.T) {
	data := tiny.Data(t)
	want := read(t, tinyRun(t, data, "--epochs", "5").Model())
	for name, damage := range map[string]func(run.Dir){
		"flipped": func(dir run.Dir) { flip(t, dir.Checkpoint()) },
		"cut": func(dir run.Dir) {
			if err := os.Truncate(dir.Checkpoint(), 4096); err != nil {
				t.Fatal(err)
			}
		},
		"missing": func(dir run.Dir) {
			if err := os.Remove(dir.Checkpoint()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		dir := tinyRun(t, data)
		damage(dir)
		args := []string{"train", "--out", string(dir), "--resume", "--epochs", "5"}
		r := call(args...)
		if r.status != cli.StatusOK || !strings.Contains(r.stderr, dir.Checkpoint()) || !strings.Contains(r.stderr, "continuing from the one before it, "+dir.Previous()) || strings.Count(r.stderr, "\n") != 1 {
			t.Fatalf("%s: status %d, stderr %q", name, r.status, r.stderr)
		}
		if read(t, dir.Model()) != want {
			t.Errorf("%s: another model", name)
		}
		mustCall(t, args...) // the damaged one has been replaced
	}
	// So it is where nothing is left to train.
	done := tinyRun(t, data)
	checkpoint := read(t, done.Checkpoint())
	write(t, done.Previous(), checkpoint)
	flip(t, done.Checkpoint())
	for _, note := range []bool{true, false} {
		if r := call("train", "--out", string(done), "--resume"); r.status != cli.StatusOK || strings.Contains(r.stderr, "can not be read") != note || !strings.Contains(r.stdout, "is complete") {
			t.Errorf("a finished run: status %d, stderr %q, stdout %q", r.status, r.stderr, r.stdout)
		}
	}
	// The first save after a resumption from the previous one leaves that alone until the
	// damaged one is replaced. With both damaged, the last is named.
	dir := tinyRun(t, data)
	flip(t, dir.Checkpoint())
	flip(t, dir.Previous())
	before := contents(t, string(dir))
	mustFail(t, cli.StatusFailed, []string{dir.Checkpoint(), "the file is damaged"}, "train", "--out", string(dir), "--resume")
	if after := contents(t, string(dir)); len(after) != len(before) || after["checkpoint.safetensors"] != before["checkpoint.safetensors"] {
		t.Error("the folder has changed")
	}
	// A damaged model is named by whoever reads it, and made again by its run.
	dir = tinyRun(t, data)
	model := read(t, dir.Model())
	flip(t, dir.Model())
	for _, args := range [][]string{
		{"sample", "--model", dir.Model(), "--out", filepath.Join(t.TempDir(), "a.png")}, {"eval", "--model", dir.Model(), "--data", data},
		{"fill", "--model", dir.Model(), "--data", data, "--mask", "left", "--out", filepath.Join(t.TempDir(), "b.png")},
	} {
		mustFail(t, cli.StatusFailed, []string{dir.Model(), "the file is damaged"}, args...)
	}
	mustCall(t, "train", "--out", string(dir), "--resume")
	if read(t, dir.Model()) != model {
		t.Error("the damaged model was not made again")
	}
}

// TestFolderOfAnother: a folder is one process's, which the others are told. When it is
// killed the folder is free.
func TestFolderOfAnother(t *testing.T) {
	data := tiny.Data(t)
	dir := run.Dir(filepath.Join(t.TempDir(), "run"))
	owner := process(t, tinyArgs(data, string(dir), "--epochs", "1000000")...)
	stdout, err := owner.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := owner.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := stdout.Read(make([]byte, 1)); err != nil { // it trains
		t.Fatal(err)
	}
	who := fmt.Sprintf("%s is in use by process %d on ", dir, owner.Process.Pid)
	for _, more := range []string{"", "--overwrite", "--resume"} {
		args := tinyArgs(data, string(dir), "--epochs", "1000000")
		if more != "" {
			args = append(args, more)
		}
		mustFail(t, cli.StatusFailed, []string{who, "started", "targetprop train"}, args...)
	}
	if err := owner.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = owner.Wait()
	mustCall(t, tinyArgs(data, string(dir), "--overwrite", "--epochs", "1")...)
	for name := range contents(t, string(dir)) {
		if strings.HasPrefix(name, ".") {
			t.Errorf("%s was left", name)
		}
	}
	report := t.TempDir()
	l, err := folderlock.Take(report, "somebody else")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Release()
	mustFail(t, cli.StatusFailed, []string{report + " is in use by", "somebody else"}, "reproduce", "--data", data, "--out", report, "--layers", "4,3", "--epochs", "1")
}
