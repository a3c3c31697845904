package atomicfile

import (
	"os"
	"runtime"
	"syscall"
	"testing"
)

// asOrdinaryUser calls f without root's right to write everywhere, which a
// continuous integration machine often has. On Linux a single thread can give
// it up; the thread ends with its goroutine, which never unlocks it.
func asOrdinaryUser(t *testing.T, f func()) {
	t.Helper()
	if os.Getuid() != 0 {
		f()
		return
	}
	const nobody = 65534
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		if _, _, errno := syscall.RawSyscall(syscall.SYS_SETRESUID, ^uintptr(0), nobody, ^uintptr(0)); errno != 0 {
			done <- errno
			return
		}
		f()
		done <- nil
	}()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}
