package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// createTemp makes a new file in dir under a name of its own. os.CreateTemp
// would give it 0600; opening with 0644 lets the umask decide. The name does
// not repeat the target's, which may already be as long as names can be.
func createTemp(dir string) (*os.File, error) {
	const attempts = 100 // of 2^64 names: more than one means something is odd
	var err error
	for range attempts {
		name := filepath.Join(dir, fmt.Sprintf(".targetprop-%016x.tmp", rand.Uint64()))
		var f *os.File
		f, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err == nil || !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, err
}
