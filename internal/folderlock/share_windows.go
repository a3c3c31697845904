package folderlock

import (
	"errors"
	"os"
	"syscall"
)

// openFile opens the file so that others can read it and not open it as this does, or, to
// read it, so that others cannot open it. The system ends that with the process.
func openFile(path string, how int) (*os.File, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	var access, shared, creation uint32 = syscall.GENERIC_READ | syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ, syscall.OPEN_EXISTING
	if how == os.O_RDONLY {
		access, shared = syscall.GENERIC_READ, 0
	}
	if how&os.O_CREATE != 0 {
		creation = syscall.CREATE_NEW
	}
	h, err := syscall.CreateFile(name, access, shared, nil, creation, syscall.FILE_ATTRIBUTE_NORMAL, 0)
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
func release(f *os.File, path string) error {
	f.Close()
	return os.Remove(path)
}

func readOnly(error) bool { return false }
