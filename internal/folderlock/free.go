package folderlock

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Free tells whether surely nobody works in the folder: locks work there, nobody holds
// it, and the file of the lock, if somebody left it, is of this machine. A lock of another
// machine may be one that is not to be seen from here.
func Free(dir string) bool {
	local := Local(dir) // before the take, which writes there
	l, err := takeWithin(dir, "looking for who is there", 0)
	if err != nil || l.file == nil {
		return false
	}
	l.Release()
	return local
}

// Check fails if what is in place of the folder's lock is none, and has to be removed.
func Check(dir string) error { return inTheWay(filepath.Join(dir, Name)) }

// Local tells whether the file of the folder's lock, if there is one, is of a process of this
// machine.
func Local(dir string) bool {
	path := filepath.Join(dir, Name)
	if _, err := os.Stat(path); err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	host, err := os.Hostname()
	return err == nil && strings.Contains(owner(path), fmt.Sprintf(" on %s, ", host))
}
