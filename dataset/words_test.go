package dataset

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("HOME", folder)
	t.Setenv("XDG_CACHE_HOME", folder)
	path := filepath.Join(folder, "examples")
	if err := os.WriteFile(path, make([]byte, 200), 0o644); err != nil {
		t.Fatal(err)
	}
	stored, err := Open(path, 0, 3, 6, false)
	if err != nil {
		t.Fatal(err)
	}
	floats, err := Open(path, 0, 3, 6, true)
	if err != nil {
		t.Fatal(err)
	}
	scale := &Scale{Lo: make([]float32, 6), Hi: make([]float32, 6)}
	for _, images := range []Images{
		{Height: 2, Width: 3, Pixels: make([]uint8, 18), Labels: make([]uint8, 3)},
		{Height: 1, Width: 6, Numbers: make([]float32, 18), Scale: scale},
		{Height: 2, Width: 3, Stored: stored},
		{Height: 2, Width: 3, Stored: floats, Scale: scale},
		{Height: 2, Width: 3, Pixels: make([]uint8, 17), Labels: make([]uint8, 1)},
		{Height: -2, Width: 3, Pixels: make([]uint8, 18)},
		{Height: 2, Width: 3, Channels: -1, Numbers: make([]float32, 18)},
		{Height: 1, Width: 6, Stored: &Stored{}},
		{Height: 1, Width: 7, Stored: stored},
		{Height: 1, Width: 6, Numbers: make([]float32, 18), Scale: &Scale{Lo: make([]float32, 2)}},
	} {
		caught.InWords(t, map[string]any{
			"ReadImages": func(data []byte) (Images, error) { return ReadImages(bytes.NewReader(data)) },
			"ReadLabels": func(data []byte) ([]uint8, error) { return ReadLabels(bytes.NewReader(data)) },
			"Load":       Load, "Open": Open, "FindTraining": FindTraining,
		}, images, scale, &ReadError{Err: errors.New("mine")}, &Scale{}, stored, Training{}, &Reader{}, &Set{Train: images}, path, Options{CacheDir: folder}, io.Reader(bytes.NewReader(nil)))
	}
}
