package program

import (
	"bytes"
	"errors"
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
	"github.com/targetprop/targetprop/internal/folderlock"
	"github.com/targetprop/targetprop/model"
)

// stuck is a pipe that takes nothing: it is full, and nobody reads.
func stuck(t *testing.T) *os.File {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { reader.Close(); writer.Close() })
	for err == nil {
		if err := writer.SetWriteDeadline(time.Now().Add(20 * time.Millisecond)); err != nil {
			t.Skip(err)
		}
		_, err = writer.Write([]byte("x"))
	}
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatal(err)
	}
	return writer
}

// ends waits for the end of a process that was told to end.
func ends(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	late := time.AfterFunc(20*time.Second, func() {
		t.Errorf("%q goes on", cmd.Args[1:])
		_ = cmd.Process.Kill()
	})
	_ = cmd.Wait() // the caller looks at the status
	late.Stop()
}

// until waits for a file, which may take long on a slow machine.
func until(t *testing.T, path string) {
	t.Helper()
	for range 1000 {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("no %s", path)
}

// TestStuckOutputs: a signal is heard, and the run saved, while nobody takes what the program writes.
func TestStuckOutputs(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no way to send these signals to one process")
	}
	data := tiny.Data(t)
	whole := tinyRun(t, data)
	for _, c := range []struct {
		args     []string
		out, err bool // stuck
		sent     os.Signal
		last     string // on the other
	}{
		{args: []string{"train"}, out: true, sent: syscall.SIGTERM, last: "targetprop: interrupted and saved after "},
		{args: []string{"train", "--json"}, out: true, sent: os.Interrupt, last: "targetprop: interrupted and saved after "},
		{args: []string{"train"}, err: true, sent: os.Interrupt},
		{args: []string{"train"}, out: true, err: true, sent: syscall.SIGHUP},
		{args: []string{"info"}, out: true, sent: syscall.SIGTERM, last: "targetprop: standard output: takes nothing"},
		{args: []string{"sample", "--model", string(whole), "--out", filepath.Join(t.TempDir(), "x.png")}, out: true, err: true, sent: syscall.SIGTERM},
	} {
		if signal.Ignored(c.sent) {
			continue
		}
		dir := run.Dir(filepath.Join(t.TempDir(), "run"))
		if c.args[0] == "train" {
			c.args = append(tinyArgs(data, string(dir), "--epochs", "1000000"), c.args[1:]...)
		}
		cmd := process(t, c.args...)
		var said bytes.Buffer
		if cmd.Stdout, cmd.Stderr = &said, &said; c.out {
			cmd.Stdout = stuck(t)
		}
		if c.err {
			cmd.Stderr = stuck(t)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if c.args[0] == "train" {
			until(t, dir.Checkpoint())
		}
		time.Sleep(300 * time.Millisecond) // it comes to what it can not write
		if err := cmd.Process.Signal(c.sent); err != nil {
			t.Fatal(err)
		}
		ends(t, cmd)
		if cmd.ProcessState.ExitCode() != cli.StatusFailed || !strings.Contains(said.String(), c.last) {
			t.Errorf("%q: %v, %q", c.args, cmd.ProcessState, &said)
		}
		if c.args[0] != "train" {
			continue
		}
		if _, err := model.LoadCheckpoint(dir.Checkpoint()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(filepath.Join(string(dir), folderlock.Name)); err == nil {
			t.Errorf("%q, %v: it did not come to its end", c.args, c.sent)
		}
	}
}

// TestSignalsInTheSave: what follows a terminal that is closed, and a signal that comes as two, does not cut the
// saving short.
func TestSignalsInTheSave(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no way to send these signals to one process")
	}
	for _, sent := range [][]os.Signal{{syscall.SIGHUP, syscall.SIGTERM}, {syscall.SIGHUP, syscall.SIGHUP, os.Interrupt}, {syscall.SIGTERM, syscall.SIGHUP}, {syscall.SIGTERM, syscall.SIGTERM}} {
		if signal.Ignored(syscall.SIGHUP) || signal.Ignored(os.Interrupt) {
			t.Skip("under nohup or in the background of a shell")
		}
		dir := run.Dir(filepath.Join(t.TempDir(), "run"))
		// Layers whose saving takes some time.
		cmd := process(t, tinyArgs(tiny.Data(t), string(dir), "--layers", "2000,400", "--epochs", "1000000")...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		until(t, dir.Frames().NowPath())
		for _, s := range sent {
			_ = cmd.Process.Signal(s) // it may have ended
			time.Sleep(10 * time.Millisecond)
		}
		ends(t, cmd)
		if cmd.ProcessState.ExitCode() != cli.StatusFailed || !strings.Contains(stderr.String(), "targetprop: interrupted and saved after ") {
			t.Errorf("%v: %v, %q", sent, cmd.ProcessState, &stderr)
		}
	}
}
