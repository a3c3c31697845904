package safetensors

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/targetprop/targetprop/internal/atomicfile"
)

// ReadFile reads the file at path; see Read. Errors name the path.
func ReadFile(path string) (File, error) {
	f, err := readFile(path)
	var pathErr *fs.PathError
	if err != nil && !(errors.As(err, &pathErr) && pathErr.Path == path) {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return f, err
}

func readFile(path string) (File, error) {
	// Before opening, which would wait for a writer if this is a pipe.
	info, err := os.Stat(path)
	if err != nil {
		return File{}, err
	}
	if info.IsDir() {
		return File{}, errors.New("is a directory, want a safetensors file")
	}
	if !info.Mode().IsRegular() {
		return File{}, errors.New("is a device, pipe or socket, want an ordinary file")
	}
	r, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer r.Close()
	// Again, of the open file: path may have been replaced in between.
	if info, err = r.Stat(); err != nil {
		return File{}, err
	}
	return Read(r, info.Size())
}

// WriteFile writes f to path; see Write. A file already there is replaced
// whole, or left as it was if there is an error. Errors name the path.
func WriteFile(path string, f File) error {
	return atomicfile.Write(path, func(w io.Writer) error { return Write(w, f) })
}
