package reading

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// MaxNames is the most bytes of a file with the names of classes.
const MaxNames = 1 << 20

// IsFolder tells whether path is one.
func IsFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Files are the files at path whose names do for match: path itself, or those in
// the folder path, in the order of their names. Hidden ones are left out.
func Files(path string, match func(name string) bool) ([]string, error) {
	if match == nil {
		return nil, fmt.Errorf("files of %s without a function that says which", path)
	}
	if !IsFolder(path) {
		if match(filepath.Base(path)) {
			return []string{path}, nil
		}
		return nil, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		name := filepath.Join(path, e.Name())
		if strings.HasPrefix(e.Name(), ".") || !match(e.Name()) || IsFolder(name) {
			continue
		}
		files = append(files, name)
	}
	return files, nil
}

// Ends makes a match of the ends of names, whatever their case.
func Ends(ends ...string) func(name string) bool {
	return func(name string) bool {
		for _, end := range ends {
			if strings.HasSuffix(strings.ToLower(name), end) {
				return true
			}
		}
		return false
	}
}
