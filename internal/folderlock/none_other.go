//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package folderlock

import (
	"errors"
	"os"
)

func openFile(path string, how int) (*os.File, error) { return os.OpenFile(path, how, 0o644) }

func lockFile(*os.File) error { return errors.ErrUnsupported }

func release(f *os.File, path string) error {
	defer f.Close()
	return os.Remove(path)
}

func readOnly(error) bool { return false }
