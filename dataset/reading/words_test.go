package reading

import (
	"crypto/sha256"
	"errors"
	"path/filepath"
	"testing"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/internal/caught"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("HOME", folder)
	t.Setenv("XDG_CACHE_HOME", folder)
	images := dataset.Images{Height: 2, Width: 3, Pixels: make([]uint8, 18), Labels: make([]uint8, 3)}
	set := &dataset.Set{Train: images, Valid: images, Test: images}
	for _, o := range []Options{{CacheDir: folder}, {CacheDir: folder, InMemory: 1}} {
		b, err := NewBuilder(o, sha256.New(), 3, 6)
		if err != nil {
			t.Fatal(err)
		}
		caught.InWords(t, map[string]any{
			"Cached": Cached, "CheckMany": CheckMany, "NewBuilder": NewBuilder, "Start": Start, "LabelsOf": LabelsOf, "IsFolder": IsFolder, "Files": Files, "Ends": Ends,
			"PartOf": PartOf, "Of": Of, "Whole": Whole, "ParseSplit": ParseSplit, "Number": Number,
		}, o, sha256.New(), b, set, Unread{errors.New("why"), "label"}, &Rounding{}, o.Split, Train, filepath.Join(folder, "missing"), func(string) bool { return true }, func(int) string { return "" })
	}
}
