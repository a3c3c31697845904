package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// syncFolder makes a rename in dir durable. Where a folder cannot be opened or
// synced (Windows, some network file systems, a folder without permission to
// read) the operating system decides when the rename reaches the disk.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if errors.Is(err, fs.ErrPermission) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("replaced, but the folder was not synced: %w", err)
	}
	defer f.Close()
	err = f.Sync()
	if err == nil || errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return fmt.Errorf("replaced, but the folder was not synced: %w", err)
}
