package folderlock

import (
	"errors"
	"fmt"
)

// errHeld is returned by lockFile if another has locked the file.
var errHeld = errors.New("locked")

// HeldError says that another process works in the folder, or this one by another Lock.
type HeldError struct {
	Dir   string
	Owner string // the process, its machine, start and command
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("%s is in use by %s: wait for its end, or name another folder", e.Dir, e.Owner)
}
