package memory

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"testing"

	"github.com/targetprop/targetprop/internal/race"
)

// limited is set in the process that TestLimit starts.
const limited = "TARGETPROP_TEST_LIMITED"

// TestLimit: a process under ulimit -v that holds most of the limit gets an error where the runtime would end it, and what
// it holds no more it can have again.
func TestLimit(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector takes addresses without end")
	}
	if os.Getenv(limited) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestLimit$", "-test.v")
		cmd.Env = append(os.Environ(), limited+"=1", "GOMEMLIMIT=off")
		out, err := cmd.CombinedOutput()
		if t.Logf("%s", out); errors.As(err, new(*exec.ExitError)) {
			t.Error(err)
		} else if err != nil { // under an emulator
			t.Skip(err)
		}
		return
	}
	const hold, more = 600 << 20, 400 << 20
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Skip(err)
	}
	pages, _ := number(statm, 0)
	// Beside both blocks, of which one fits, an arena for each.
	limit := pages*float64(os.Getpagesize()) + hold + 4*arena
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: uint64(limit), Max: uint64(limit)}); err != nil {
		t.Skip(err)
	}
	limits, err := fs.ReadFile(os.DirFS("/"), "proc/self/limits")
	if got, ok := field(limits, "Max address space"); err != nil || !ok || got > limit {
		t.Skip("the system has no such limit")
	}
	if err := Check("the block", hold); err != nil {
		t.Fatal(err)
	}
	held := make([]byte, hold)
	if err := Check("another", more); err == nil {
		t.Error("another is accepted, for which there are no addresses")
	} else {
		fmt.Println(err)
	}
	runtime.KeepAlive(held)
	if err := Check("another", more); err != nil {
		t.Fatal(err)
	}
	held = make([]byte, more)
	runtime.KeepAlive(held)
}
