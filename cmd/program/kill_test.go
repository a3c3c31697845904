package program

import (
	"bufio"
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/race"
)

// often saves after every minibatch, so that a signal has much to disturb.
var often = []string{"--epochs", "6", "--checkpoint-every", "1ns"}

// TestKill: SIGKILL at any moment leaves a checkpoint that leads to the model
// of an undisturbed run, byte for byte, whatever the task.
func TestKill(t *testing.T) {
	if race.Enabled {
		t.Skip("a killed process says nothing of races")
	}
	for _, c := range []struct {
		flags string
		runs  int
	}{
		{"--task generate", 3}, {"--task label --missing 0.2", 1}, {"--task classify --rule dtp", 1}, {"--task reward --policy softmax", 1},
	} {
		t.Run(c.flags, func(t *testing.T) { testKill(t, c.runs, append(strings.Fields(c.flags), often...)...) })
	}
}

func testKill(t *testing.T, runs int, flags ...string) {
	data := tiny.Data(t)
	undisturbed := tinyRun(t, data, flags...)
	want := contents(t, string(undisturbed))
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 0))
	t.Logf("delays from seed %d", seed)
	for range runs {
		dir := run.Dir(filepath.Join(t.TempDir(), "run"))
		args, kills := tinyArgs(data, string(dir), flags...), 0
		for {
			cmd := process(t, args...)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			// A slow machine might not get anywhere in so short a time:
			// later attempts have more.
			delay := time.Duration(rng.IntN(150+20*kills)) * time.Millisecond
			timer := time.AfterFunc(delay, func() { _ = cmd.Process.Kill() })
			err := cmd.Wait()
			timer.Stop()
			if err == nil {
				break
			}
			if cmd.ProcessState.Exited() {
				t.Fatalf("after %d kills: %v: %s", kills, err, &stderr)
			}
			kills++
			switch _, err := dir.Task().Load(dir.Checkpoint()); {
			case err == nil:
				args = []string{"train", "--out", string(dir), "--resume", "--checkpoint-every", "1ns"}
			case !errors.Is(err, fs.ErrNotExist):
				t.Fatalf("after %d kills: %v", kills, err)
			}
		}
		t.Logf("%d kills", kills)
		files := contents(t, string(dir))
		for _, name := range []string{"model.safetensors", "samples.png"} {
			if files[name] != want[name] {
				t.Errorf("after %d kills %s is another", kills, name)
			}
		}
		if log := read(t, dir.Log()); strings.Count(log, "\n") != 7 {
			t.Errorf("after %d kills log.csv is %q", kills, log)
		}
		if len(files) != len(want) {
			t.Errorf("after %d kills there are %d files, want %d", kills, len(files), len(want))
		}
	}
}

// TestInterrupt: Ctrl-C, SIGTERM and a terminal that is closed save and say how to continue.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no way to send these signals to one process")
	}
	data := tiny.Data(t)
	long := append(slices.Clone(often), "--epochs", "30") // so that a signal that comes late still meets a run
	want := read(t, tinyRun(t, data, long...).Model())
	for _, sent := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if signal.Ignored(sent) {
			continue // under nohup: TestIgnoredSignals
		}
		dir := run.Dir(filepath.Join(t.TempDir(), "my run"))
		cmd := process(t, tinyArgs(data, string(dir), long...)...)
		stderr := interruptAfterEpoch(t, cmd, sent)
		if cmd.ProcessState.ExitCode() != cli.StatusFailed {
			t.Fatalf("%v: status %d, stderr %q", sent, cmd.ProcessState.ExitCode(), stderr)
		}
		// A terminal that has gone is not answered.
		rest, answered := strings.CutPrefix(stderr, "targetprop: interrupted; finishing the minibatch and saving. Ctrl-C again ends at once\n")
		if answered == (sent == syscall.SIGHUP) {
			t.Errorf("%v: answered with %q", sent, stderr)
		}
		stderr = rest
		if !strings.HasPrefix(stderr, "targetprop: interrupted and saved after ") || !strings.HasSuffix(stderr, "train --out '"+string(dir)+"' --resume\n") || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: stderr %q", sent, stderr)
		}
		if _, err := os.Stat(dir.Model()); err == nil {
			t.Fatalf("%v came too late", sent)
		}
		out := mustCall(t, "train", "--out", string(dir), "--resume")
		if !strings.Contains(out, "continuing after ") {
			t.Errorf("%v: %s", sent, out)
		}
		if read(t, dir.Model()) != want {
			t.Errorf("%v: the model is another", sent)
		}
	}
}

// TestQuit: SIGQUIT prints where the program is, and costs no more than to be killed.
func TestQuit(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no way to send this signal to one process")
	}
	data := tiny.Data(t)
	long := append(slices.Clone(often), "--epochs", "12")
	want := read(t, tinyRun(t, data, long...).Model())
	dir := run.Dir(filepath.Join(t.TempDir(), "run"))
	stderr := interruptAfterEpoch(t, process(t, tinyArgs(data, string(dir), long...)...), syscall.SIGQUIT)
	if _, err := os.Stat(dir.Model()); err == nil || !strings.Contains(stderr, "SIGQUIT") || !strings.Contains(stderr, "goroutine ") {
		t.Errorf("too late, or %q", stderr)
	}
	mustCall(t, "train", "--out", string(dir), "--resume")
	if read(t, dir.Model()) != want {
		t.Error("the model is another")
	}
}

// interruptAfterEpoch sends the signal when the first epoch is done, waits for
// the end and returns what was on stderr.
func interruptAfterEpoch(t *testing.T, cmd *exec.Cmd, signal os.Signal) string {
	t.Helper()
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
			if err := cmd.Process.Signal(signal); err != nil {
				t.Error(err)
			}
		}
	}
	_ = cmd.Wait() // the caller looks at the status
	return stderr.String()
}
