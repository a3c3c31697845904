package modelfile

import (
	"os"
	"path/filepath"
)

// Name is the name of a model's file in the folder of its run.
const Name = "model.safetensors"

// fileOf is the model's file, if path is the folder of a run.
func fileOf(path string) string {
	inside := filepath.Join(path, Name)
	if _, err := os.Stat(inside); err == nil {
		return inside
	}
	return path
}
