package atomicfile

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

// TestAtOnce: several that write to the same new file all do: what another has just made is no link to nothing. It runs
// after the tests that limit the size of files, since the go command's log of the files that a test opens is one.
func TestAtOnce(t *testing.T) {
	dir := t.TempDir()
	for round := range 200 {
		path := filepath.Join(dir, fmt.Sprint(round))
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := WriteLoose(path, []byte("new")); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
}
