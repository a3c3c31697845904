//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package folderlock

import (
	"errors"
	"os"
)

func openFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
}

func lockFile(*os.File) error { return errors.ErrUnsupported }

func release(f *os.File, path string) {
	os.Remove(path)
	f.Close()
}

func readOnly(error) bool { return false }
