package program

import (
	"bufio"
	"bytes"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/folderlock"
	"github.com/targetprop/targetprop/model"
)

// TestWatch: the page is at the address that is printed, until Ctrl-C.
func TestWatch(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no way to send this signal to one process")
	}
	dir := tinyRun(t, tiny.Data(t))
	cmd := process(t, "watch", string(dir), "--address", "0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		address, ok := strings.CutPrefix(lines.Text(), "  http://127.0.0.1:")
		if !ok {
			continue
		}
		r, err := http.Get("http://127.0.0.1:" + address + "api/runs")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(body), `"finished"`) {
			t.Errorf("status %d, %v: %s", r.StatusCode, err, body)
		}
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
	}
	if err := cmd.Wait(); err != nil || stderr.String() != "targetprop: interrupted; closing the page. Ctrl-C again ends at once\n" {
		t.Errorf("%v, stderr %q", err, &stderr)
	}
	mustFail(t, cli.StatusFailed, []string{"none", "train"}, "watch", "none")
	mustFail(t, cli.StatusUsage, []string{"--address", "host:port"}, "watch", "--address", "a:b:c", string(dir))
	// Before anything is written: the run that would be replaced is whole, and there is no new one.
	before, none := contents(t, string(dir)), filepath.Join(t.TempDir(), "none")
	for _, address := range []string{"a:b:c", "abc", "127.0.0.1:99999", "0.0.0.1:1"} {
		mustFail(t, cli.StatusUsage, []string{"--watch=" + address}, tinyArgs(tiny.Data(t), string(dir), "--overwrite", "--layers", "5", "--watch="+address)...)
		mustFail(t, cli.StatusUsage, []string{"--watch=" + address}, tinyArgs(tiny.Data(t), none, "--watch="+address)...)
	}
	if _, err := os.Stat(none); err == nil || !maps.Equal(contents(t, string(dir)), before) {
		t.Error("an address that is none changed the folder of a run")
	}
}

// TestTrainWatch: the page changes no byte of the model, and ends with the run.
func TestTrainWatch(t *testing.T) {
	data := tiny.Data(t)
	want := read(t, tinyRun(t, data).Model())
	dir := run.Dir(t.TempDir())
	out := mustCall(t, tinyArgs(data, string(dir), "--watch=127.0.0.1:0")...)
	_, after, _ := strings.Cut(out, "watch    ")
	address, _, _ := strings.Cut(after, "\n")
	if read(t, dir.Model()) != want || !strings.HasPrefix(address, "http://127.0.0.1:") {
		t.Errorf("another model, or no address: %s", out)
	}
	if r, err := http.Get(address); err == nil {
		r.Body.Close()
		t.Error("the page outlives the run")
	}
}

// TestFinish: a run that is asked to finish makes a model of what it has.
func TestFinish(t *testing.T) {
	data := tiny.Data(t)
	dir := run.Dir(t.TempDir() + "/run")
	cmd := process(t, tinyArgs(data, string(dir), "--epochs", "1000000")...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	asked, said := false, ""
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "    1 ") {
			asked = strings.Contains(mustCall(t, "finish", string(dir)), "finishes now")
		}
		if asked {
			said += lines.Text() + "\n"
		}
	}
	if err := cmd.Wait(); err != nil || !strings.Contains(said, "finishing after ") || !strings.Contains(said, "train --out "+string(dir)+" --resume") {
		t.Errorf("%v: %s", err, said)
	}
	f, err := model.Load(dir.Model())
	if err != nil || !strings.Contains(f.Notes[modelfile.NoteEarly], "epoch") {
		t.Errorf("%v: notes %v", err, f.Notes)
	}
	before := contents(t, string(dir))
	// At once, since nobody holds the folder; not if another machine may.
	mustFail(t, cli.StatusFailed, []string{"nobody trains there now", dir.Checkpoint()}, "finish", string(dir), "--wait", "10h")
	lock := filepath.Join(string(dir), folderlock.Name)
	write(t, lock, "process 1 on another-machine, started long ago: targetprop train\n")
	mustFail(t, cli.StatusFailed, []string{"nobody who trains there has answered", dir.Checkpoint()}, "finish", string(dir), "--wait", "1ms")
	_ = os.Remove(lock)
	if after := contents(t, string(dir)); len(after) != len(before) {
		t.Error("a request that nobody answered is still there")
	}
	mustFail(t, cli.StatusFailed, []string{"no folder of a run"}, "finish", t.TempDir())
	mustFail(t, cli.StatusUsage, []string{"at most 1"}, "finish", "a", "b")
}
