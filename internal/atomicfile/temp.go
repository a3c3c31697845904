package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Temporary files are named tempPrefix, tempDigits hexadecimal digits, tempSuffix.
const (
	tempPrefix = ".targetprop-"
	tempDigits = 16
	tempSuffix = ".tmp"
)

// usual is the mode of a file that replaces none, less the umask.
const usual fs.FileMode = 0o644

// createTemp makes a new file in dir under a name of its own, of a mode less the umask. The name does
// not repeat the target's, which may already be as long as names can be.
func createTemp(dir string, mode fs.FileMode) (*os.File, error) {
	const attempts = 100 // of 2^64 names: more than one means something is odd
	var err error
	for range attempts {
		name := tempName(dir)
		var f *os.File
		f, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err == nil || !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, err
}

// tempName is a new name in dir.
func tempName(dir string) string {
	return filepath.Join(dir, fmt.Sprintf("%s%0*x%s", tempPrefix, tempDigits, rand.Uint64(), tempSuffix))
}

// RemoveLeftovers removes the temporary files that killed processes left in
// dir. It must not run while another process writes there, whose file it would
// take for one of them. Leftovers only take up room, so what cannot be removed
// stays without an error.
func RemoveLeftovers(dir string) {
	if allowed(filepath.Join(dir, tempPrefix)) != nil {
		return
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.Type().IsRegular() && isTemp(e.Name()) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// isTemp tells whether a file's name is one of tempName's.
func isTemp(name string) bool {
	name, hasPrefix := strings.CutPrefix(name, tempPrefix)
	digits, hasSuffix := strings.CutSuffix(name, tempSuffix)
	return hasPrefix && hasSuffix && len(digits) == tempDigits && strings.Trim(digits, "0123456789abcdef") == ""
}
