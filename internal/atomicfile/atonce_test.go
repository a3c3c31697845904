package atomicfile

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

// TestAtOnce: several that write to the same new file all do: what another has just made is no link to nothing.
func TestAtOnce(t *testing.T) {
	dir := t.TempDir()
	for round := range 500 {
		path := filepath.Join(dir, fmt.Sprint(round))
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := WriteBytes(path, []byte("new")); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
}
