package modelfile

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/targetprop/targetprop/internal/atomicfile"
)

// Name is the name of a model's file in the folder of its run.
const Name = "model.safetensors"

// Checkpoint is the name of the file from which a run continues.
const Checkpoint = "checkpoint.safetensors"

// MaxBytes is more than any model or checkpoint has: 2^28 weights, with two averages each, take
// some 4 GB.
const MaxBytes = 1 << 36

// fileOf is the model's file, if path is the folder of a run, or its checkpoint's if
// there is no model yet.
func fileOf(path string) string {
	for _, name := range []string{Name, Checkpoint} {
		inside := filepath.Join(path, name)
		if _, err := os.Stat(inside); err == nil || errors.Is(err, fs.ErrPermission) { // which opening it will say
			return inside
		}
	}
	return path
}

// Digest is the SHA-256 of a model's file, in hexadecimal.
func Digest(path string) (string, error) {
	f, err := atomicfile.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
