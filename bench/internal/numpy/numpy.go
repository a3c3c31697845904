// Package numpy runs operations of NumPy in a process of its own, which times them.
package numpy

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed serve.py
var script string

// PythonVariable is the environment variable that names the interpreter to use.
const PythonVariable = "TARGETPROP_PYTHON"

// NumPy is an interpreter that has NumPy.
type NumPy struct {
	Version string
	python  string
}

// Find looks for an interpreter with NumPy: python3 of the path, or else Debian's, whose
// package python3-numpy another interpreter would not find.
func Find() (*NumPy, error) {
	candidates := []string{"python3", "/usr/bin/python3"}
	if python := os.Getenv(PythonVariable); python != "" {
		candidates = []string{python}
	}
	var errs []error
	for _, python := range candidates {
		cmd := exec.Command(python, "-c", script)
		out, err := cmd.Output()
		if err == nil {
			return &NumPy{Version: strings.TrimSpace(string(out)), python: python}, nil
		}
		errs = append(errs, fmt.Errorf("%s has no numpy: %w", python, err))
	}
	return nil, errors.Join(errs...)
}

// operands writes the matrices to files.
func operands(matrices ...[]float64) (dir string, paths []string, err error) {
	dir, err = os.MkdirTemp("", "numpy")
	if err != nil {
		return "", nil, err
	}
	for i, m := range matrices {
		var text bytes.Buffer
		if err := binary.Write(&text, binary.NativeEndian, m); err != nil {
			return dir, nil, err
		}
		path := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
			return dir, nil, err
		}
		paths = append(paths, path)
	}
	return dir, paths, nil
}
