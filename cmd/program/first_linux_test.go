package program

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// TestFirstProcess: as process 1, as of a container, which no signal ends by default, a second one ends it at
// once all the same, with the status of a failure.
func TestFirstProcess(t *testing.T) {
	leaveToPlain(t)
	dir := run.Dir(filepath.Join(t.TempDir(), "run"))
	cmd := process(t, tinyArgs(tiny.Data(t), string(dir), "--layers", "300,200", "--iterations", "65536", "--threads", "1")...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Skip("no container here: ", err)
	}
	until(t, dir.Frames().NowPath())
	time.Sleep(500 * time.Millisecond) // the minibatch begins
	for range 2 {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		time.Sleep(500 * time.Millisecond)
	}
	ends(t, cmd)
	if want := "targetprop: interrupted; finishing the minibatch and saving. Ctrl-C again ends at once\n"; cmd.ProcessState.ExitCode() != cli.StatusFailed || stderr.String() != want {
		t.Errorf("%v, %q", cmd.ProcessState, &stderr)
	}
}
