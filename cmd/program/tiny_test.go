package program

import (
	"path/filepath"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// tinyArgs are the flags of a small run; more of them may follow.
func tinyArgs(data, out string, more ...string) []string {
	return append([]string{"train", "--data", data, "--out", out, "--layers", "20,10", "--epochs", "3", "--batch", "20", "--lr", "1e-3"}, more...)
}

// labelTasks are the tasks that need labels.
var labelTasks = []string{"label", "classify", "reward"}

// tinyTask are the flags of a small run of a task; more of them may follow.
func tinyTask(task, data, out string, more ...string) []string {
	return append(tinyArgs(data, out, "--task", task), more...)
}

// tinyRun trains a small model and returns the run's folder.
func tinyRun(t *testing.T, data string, more ...string) run.Dir {
	t.Helper()
	dir := run.Dir(filepath.Join(t.TempDir(), "run"))
	mustCall(t, tinyArgs(data, string(dir), more...)...)
	return dir
}

// tinyModel trains a small model, and goes to an empty folder. It returns the data and the
// run's folder.
func tinyModel(t *testing.T, more ...string) (data string, dir run.Dir) {
	t.Helper()
	data = tiny.Data(t)
	dir = tinyRun(t, data, more...)
	t.Chdir(t.TempDir())
	return data, dir
}
