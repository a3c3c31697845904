package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Temporary files are named tempPrefix, tempDigits hexadecimal digits, and a suffix: in a folder of the
// program's own that of its process, see [Own], which no other process has there. Elsewhere, and in folders of
// other processes, any number may write at once.
const (
	tempPrefix  = ".targetprop-"
	tempDigits  = 16
	ownSuffix   = ".tmp"
	guestSuffix = ".out.tmp"
)

// abandoned is the age at which a temporary file is one of nobody.
const abandoned = 24 * time.Hour

// usual is the mode of a file that replaces none, less the umask.
const usual fs.FileMode = 0o644

// createTemp makes a new file in dir, to replace the one at path, under a name of its own, of a mode less the umask.
// The name does not repeat the target's, which may already be as long as names can be.
func createTemp(dir, path string, mode fs.FileMode) (*os.File, error) {
	const attempts = 100 // of 2^64 names: more than one means something is odd
	var err error
	for range attempts {
		name := tempName(dir, path)
		var f *os.File
		f, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err == nil || !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, err
}

// tempName is a new name in dir for what is to replace the file at path.
func tempName(dir, path string) string {
	suffix := guestSuffix
	if owned(path) {
		suffix = ownSuffix
	}
	return filepath.Join(dir, fmt.Sprintf("%s%0*x%s", tempPrefix, tempDigits, rand.Uint64(), suffix))
}

// RemoveLeftovers removes the temporary files that killed processes left in dir, a folder of the program's own:
// those of a process that owned it, which has ended, and those of others that nobody has written to for a day.
// Leftovers only take up room, so what cannot be removed stays without an error.
func RemoveLeftovers(dir string) {
	if allowed(filepath.Join(dir, tempPrefix)) != nil {
		return
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.Type().IsRegular() && (isTemp(e.Name(), ownSuffix) || isTemp(e.Name(), guestSuffix) && old(e)) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// old tells whether a temporary file is one of nobody.
func old(e fs.DirEntry) bool {
	info, err := e.Info()
	return err == nil && time.Since(info.ModTime()) > abandoned
}

// isTemp tells whether a file's name is one of tempName's.
func isTemp(name, suffix string) bool {
	name, hasPrefix := strings.CutPrefix(name, tempPrefix)
	digits, hasSuffix := strings.CutSuffix(name, suffix)
	return hasPrefix && hasSuffix && len(digits) == tempDigits && strings.Trim(digits, "0123456789abcdef") == ""
}
