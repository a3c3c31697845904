package atomicfile

import (
	"errors"
	"io/fs"
	"os"
)

// bare takes the names off a system error. Write adds the one the user gave;
// the temporary file's would only puzzle.
func bare(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	var linkErr *os.LinkError
	if errors.As(err, &linkErr) {
		return linkErr.Err
	}
	return err
}
