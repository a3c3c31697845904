package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// waiting are calls that wait for a writer if the path is a pipe, and read for ever from a
// device.
var waiting = regexp.MustCompile(`\bos\.(Open|ReadFile)\(|\bzip\.OpenReader\(`)

// opensElse are the files that open what no user names: folders, files of the system's, and
// programs of the project's own; and one that looks before.
var opensElse = []string{
	"cmd/release/main.go", "dataset/digits/make.go", "dataset/part.go",
	"internal/atomicfile/mount.go", "internal/atomicfile/sync.go", "internal/folderlock/lock.go", "internal/safetensors/read.go",
}

// changing are calls that change files, and follow links.
var changing = regexp.MustCompile(`\bos\.(Remove|RemoveAll|Rename|Link|Mkdir|MkdirAll|Create|WriteFile|OpenFile|Truncate)\(`)

// changesElse are the files of the program that change what no user names.
var changesElse = []string{"cmd/internal/tiny/tiny.go", "cmd/release/main.go"}

// TestOpens: files of the user's are opened with package atomicfile, which refuses pipes and
// devices.
func TestOpens(t *testing.T) {
	for _, dir := range []string{"cmd", "dataset", "model", "internal"} {
		calls(t, dir, waiting, opensElse, "atomicfile.Open or ReadFile for files of the user's, and a place in opensElse for others")
	}
}

// TestChanges: the program changes files with package atomicfile, which follows no links out of
// its folders, and looks first whether they are its own still.
func TestChanges(t *testing.T) {
	calls(t, "cmd", changing, changesElse, "atomicfile.Write, Remove, Keep or MakeFolder")
}

// calls fails the test if files below dir make calls, but for those listed, which have to.
func calls(t *testing.T, dir string, call *regexp.Regexp, listed []string, want string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(root, dir), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		if found := call.FindString(string(text)); (found != "") != slices.Contains(listed, filepath.ToSlash(name)) {
			t.Errorf("%s calls %q: want %s", name, found, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
