package modeltest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// Older is the path of a copy of a checkpoint whose training settings have old in the place
// of now, as those of an older program had.
func Older(t *testing.T, path, now, old string) string {
	t.Helper()
	stored, err := tensors.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(stored.Metadata["training"], now, old, 1)
	if text == stored.Metadata["training"] {
		t.Fatalf("%s is not in %s", now, text)
	}
	stored.Metadata["training"] = text
	older := filepath.Join(t.TempDir(), "older.safetensors")
	if err := safetensors.WriteFile(older, stored); err != nil {
		t.Fatal(err)
	}
	return older
}
