package folderlock

import (
	"errors"
	"os"
	"syscall"
)

// openFile opens the file so that others can read it and not open it as this does. The
// system ends that with the process.
func openFile(path string) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	const sharingViolation = syscall.Errno(32)
	if errors.Is(err, sharingViolation) {
		return nil, errHeld
	}
	if err != nil {
		return nil, &os.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(h), path), nil
}

func lockFile(*os.File) error { return nil }

// release closes the file first: an open one can not be removed.
func release(f *os.File, path string) {
	f.Close()
	os.Remove(path)
}

func readOnly(error) bool { return false }
