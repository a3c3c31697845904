package program

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// TestTooLarge: a network that does not fit in memory is refused before it is made, with the
// numbers, for each task.
func TestTooLarge(t *testing.T) {
	data := tiny.Data(t)
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(1 << 30))
	for _, name := range []string{"generate", "label", "classify", "reward"} {
		out := filepath.Join(t.TempDir(), "run")
		mustFail(t, cli.StatusFailed, []string{"a network of 35-4000-4000", "takes about ", "GB of memory, and 1.07 GB are free"},
			"train", "--task", name, "--data", data, "--out", out, "--layers", "4000,4000")
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s: a folder was made", name)
		}
	}
}
