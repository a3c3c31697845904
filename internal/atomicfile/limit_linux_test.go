package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A limit on the size of files stands for a full disk: the failure comes from
// the system, in the middle of the content or when the buffer is flushed.
func TestWriteOutOfSpace(t *testing.T) {
	const limit = bufferSize / 2
	dir := t.TempDir()
	path := filepath.Join(dir, "model")
	put(t, path, "old")

	signal.Ignore(syscall.SIGXFSZ) // which would come before the error
	defer signal.Reset(syscall.SIGXFSZ)
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: limit, Max: old.Max}); err != nil {
		t.Fatal(err)
	}
	var errs []error
	for _, size := range []int{limit + 1, 5 * bufferSize} {
		errs = append(errs, Write(path, func(w io.Writer) error {
			if _, err := io.WriteString(w, strings.Repeat("x", size)); err != nil {
				return fmt.Errorf("tensor 1: %w", err)
			}
			return nil
		}))
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	for _, err := range errs {
		wantError(t, err, path, "file too large")
		if !errors.Is(err, syscall.EFBIG) {
			t.Errorf("error %v is not EFBIG", err)
		}
	}
	wantContent(t, path, "old")
	wantOnly(t, dir, "model")
}
