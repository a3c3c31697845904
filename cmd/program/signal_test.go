package program

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/model"
)

// TestIgnoredSignals: a signal that was ignored when the process was started, as by nohup
// or by a shell that runs it in the background, does not end it.
func TestIgnoredSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such signals")
	}
	dir := run.Dir(filepath.Join(t.TempDir(), "run"))
	cmd := process(t, tinyArgs(tiny.Data(t), string(dir), "--epochs", "12")...)
	cmd.Args = append([]string{"sh", "-c", `trap "" INT HUP; exec "$0" "$@"`}, cmd.Args...)
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell to start it")
	}
	cmd.Path = sh
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
		if strings.HasPrefix(lines.Text(), "    1 ") {
			for _, s := range []os.Signal{os.Interrupt, syscall.SIGHUP} {
				if err := cmd.Process.Signal(s); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v: %s", err, &stderr)
	}
	if _, err := os.Stat(dir.Model()); err != nil {
		t.Error(err)
	}
}

// TestLongStart: a network of large layers takes long to make. The user is told, and Ctrl-C
// is answered at once.
func TestLongStart(t *testing.T) {
	leaveToPlain(t)
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such signal")
	}
	dir := run.Dir(filepath.Join(t.TempDir(), "run"))
	cmd := process(t, "train", "--data", tiny.Data(t), "--out", string(dir), "--layers", "5000,5000", "--batch", "1")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	var asked time.Time
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		said = append(said, lines.Text())
		if strings.Contains(lines.Text(), "making the network") {
			asked = time.Now()
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Error(err)
			}
		}
	}
	_ = cmd.Wait()
	if d := time.Since(asked); d > 2*time.Second {
		t.Errorf("answered after %v", d)
	}
	if n := len(said); cmd.ProcessState.ExitCode() != cli.StatusFailed || n != 3 || said[n-1] != "targetprop: interrupted before the first step; nothing was written" {
		t.Errorf("%v, stderr %q", cmd.ProcessState, said)
	}
	if _, err := os.Stat(string(dir)); err == nil {
		t.Error("a folder was made")
	}
}

// TestReaderGoes: with train | head -1 the run is saved and says how to continue, from wherever it is by now; a
// command that is done ends in silence.
func TestReaderGoes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such signal")
	}
	dir := run.Dir(filepath.Join(t.TempDir(), "run"))
	for _, c := range []struct {
		args   []string
		stderr string
	}{
		{tinyArgs(tiny.Data(t), string(dir), "--epochs", "1000000"), "targetprop: interrupted and saved after "},
		{[]string{"info"}, ""},
	} {
		cmd := process(t, c.args...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		cmd.Stdout = writer
		reader.Close()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		writer.Close()
		_ = cmd.Wait()
		if cmd.ProcessState.ExitCode() != cli.StatusFailed || !strings.HasPrefix(stderr.String(), c.stderr) || (c.stderr == "") != (stderr.Len() == 0) {
			t.Errorf("%s: %v, stderr %q", c.args[0], cmd.ProcessState, &stderr)
		}
	}
	if _, err := model.LoadCheckpoint(dir.Checkpoint()); err != nil {
		t.Error(err)
	}
	moved := run.Dir(filepath.Join(t.TempDir(), "moved"))
	if err := os.Rename(string(dir), string(moved)); err != nil {
		t.Fatal(err)
	}
	if said := mustCall(t, "runs", string(moved)); !strings.Contains(said, ": interrupted and saved after ") || !strings.Contains(said, "; continue with "+moved.Resume()+"\n") || strings.Contains(said, string(dir)) {
		t.Errorf("a run that was moved: %s", said)
	}
}

// TestLongMinibatch: a command that has nothing to save ends soon after Ctrl-C, however long its
// minibatch takes.
func TestLongMinibatch(t *testing.T) {
	leaveToPlain(t)
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such signal")
	}
	if signal.Ignored(os.Interrupt) {
		t.Skip("in the background of a shell")
	}
	data := tiny.Data(t)
	dir := tinyRun(t, data, "--layers", "300,200", "--epochs", "1", "--iterations", "1")
	// Other images: there is a note of them before the work.
	images := filepath.Join(data, "train-images-idx3-ubyte")
	content := []byte(read(t, images))
	content[16] ^= 1
	write(t, images, string(content))
	out := filepath.Join(t.TempDir(), "x.npz")
	cmd := process(t, "encode", "--model", string(dir), "--data", data, "--part", "train", "--iterations", "65536", "--threads", "1", "--out", out)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stderr)
	if note, err := lines.ReadString('\n'); err != nil {
		t.Errorf("%q, %v", note, err)
	}
	time.Sleep(500 * time.Millisecond) // the minibatch begins
	asked := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	said, err := io.ReadAll(lines)
	if err != nil {
		t.Error(err)
	}
	_ = cmd.Wait()
	if d := time.Since(asked); d > 15*time.Second || cmd.ProcessState.ExitCode() != cli.StatusFailed || !strings.HasSuffix(string(said), "\ntargetprop: interrupted\n") {
		t.Errorf("after %v: %v, stderr %q", d, cmd.ProcessState, said)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a file was written")
	}
}
