package fill

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

// FuzzMask: whatever a file holds, it is a mask of the images' size or an error. make fuzz
// runs it for long.
func FuzzMask(f *testing.F) {
	path := filepath.Join(f.TempDir(), "mask.png")
	for _, size := range []int{3, 4} {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, size, 2))); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		f.Add(b.Bytes()[:b.Len()/2])
	}
	f.Add([]byte("GIF89a"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		if m, err := readMask(path, 3, 2); err == nil && len(m) != 6 {
			t.Errorf("a mask of %d pixels", len(m))
		}
	})
}
