package atomicfile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// isMount tells whether the open file is mounted where it is, as container systems mount single files. The number of the
// mount says it, where the system has one: devices are the same when a disk's file is mounted elsewhere on the
// disk, and differ in a mount of layers.
func isMount(f *os.File) bool {
	folder, err := os.Open(filepath.Dir(f.Name()))
	if err != nil {
		return false
	}
	defer folder.Close()
	of, around := mountOf(f), mountOf(folder)
	return of != "" && around != "" && of != around
}

// mountOf is the number of the mount that a file was opened in, or "".
func mountOf(f *os.File) string {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/self/fdinfo/%d", f.Fd()))
	for line := range strings.Lines(string(text)) {
		if id, ok := strings.CutPrefix(line, "mnt_id:"); ok {
			return strings.TrimSpace(id)
		}
	}
	return ""
}
