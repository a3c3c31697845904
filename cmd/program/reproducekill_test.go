package program

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// TestReproduceInterrupt: Ctrl-C in the middle of training, and the same
// command again, lead to the network and the parts of an undisturbed run.
func TestReproduceInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no way to send this signal to one process")
	}
	data := tiny.Data(t)
	more := []string{"--only", "agreement", "--epochs", "30"}
	whole, cut := filepath.Join(t.TempDir(), "whole"), filepath.Join(t.TempDir(), "cut")
	mustCall(t, tinyReproduce(data, whole, more...)...)

	cmd := process(t, tinyReproduce(data, cut, more...)...)
	stderr := interruptAfterEpoch(t, cmd, os.Interrupt)
	if cmd.ProcessState.ExitCode() != cli.StatusFailed || !strings.HasPrefix(stderr, "targetprop: interrupted; ") || !strings.Contains(stderr, "--epochs 30 ") || !strings.Contains(stderr, "--only agreement --out "+cut) {
		t.Fatalf("status %d, stderr %q", cmd.ProcessState.ExitCode(), stderr)
	}
	told := mustCall(t, tinyReproduce(data, cut, more...)...)
	if strings.Contains(told, "\n    1 ") || !strings.Contains(told, "\n   30 ") {
		t.Errorf("training was not continued:\n%s", told)
	}
	for _, name := range []string{"model.safetensors", "agreement.json"} {
		if read(t, filepath.Join(string(trainedDir(t, cut)), name)) != read(t, filepath.Join(string(trainedDir(t, whole)), name)) {
			t.Errorf("another %s", name)
		}
	}
}
