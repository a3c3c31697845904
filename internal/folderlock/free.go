package folderlock

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Free tells whether surely nobody works in the folder: locks work there, nobody holds
// it, and the file of the lock, if somebody left it, is of this machine. A lock of another
// machine may be one that is not to be seen from here.
func Free(dir string) bool {
	local := Local(dir) // before Take, which writes there
	l, err := Take(dir, "looking for who is there")
	if err != nil || l.file == nil {
		return false
	}
	l.Release()
	return local
}

// Local tells whether the file of the folder's lock, if there is one, is of a process of this
// machine.
func Local(dir string) bool {
	path := filepath.Join(dir, Name)
	if _, err := os.Stat(path); err != nil {
		return true
	}
	left := owner(path)
	host, err := os.Hostname()
	return left == "" || err == nil && strings.Contains(left, fmt.Sprintf(" on %s, ", host))
}
