package dataset

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"slices"
	"testing"
	"testing/iotest"
)

func TestReadImages(t *testing.T) {
	pixels := noise(1, 5*4*3)
	// More than one chunk, and not a whole number of chunks.
	large := noise(2, 7*500*123)
	for _, c := range []struct {
		name    string
		n, h, w uint32
		data    []byte
	}{
		{"small", 5, 4, 3, pixels},
		{"one pixel", 1, 1, 1, []byte{255}},
		{"one chunk", 1, firstChunk, 1, noise(3, firstChunk)},
		{"many chunks", 7, 500, 123, large},
	} {
		file := imageFile(c.n, c.h, c.w, c.data)
		for kind, r := range map[string]io.Reader{
			"plain":  bytes.NewReader(file),
			"gzip":   bytes.NewReader(zipped(file)),
			"halves": iotest.HalfReader(bytes.NewReader(file)),
			"eof":    iotest.DataErrReader(bytes.NewReader(zipped(file))),
		} {
			t.Run(c.name+"/"+kind, func(t *testing.T) {
				got, err := ReadImages(r)
				if err != nil {
					t.Fatal(err)
				}
				if got.Len() != int(c.n) || got.Height != int(c.h) || got.Width != int(c.w) || got.Labels != nil {
					t.Errorf("%d images of %dx%d, labels %v, want %d of %dx%d, none",
						got.Len(), got.Height, got.Width, got.Labels, c.n, c.h, c.w)
				}
				if !bytes.Equal(got.Pixels, c.data) {
					t.Error("pixels differ")
				}
			})
		}
	}
}

func TestReadLabels(t *testing.T) {
	want := []byte{0, 9, 10, 255} // more than ten classes are allowed
	for kind, file := range map[string][]byte{"plain": labelFile(want), "gzip": zipped(labelFile(want))} {
		if got, err := ReadLabels(bytes.NewReader(file)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v, want %v", kind, got, err, want)
		}
	}
}

func TestReadImagesRejects(t *testing.T) {
	good := imageFile(2, 3, 4, noise(1, 24))
	badSum := zipped(good)
	badSum[len(badSum)-5] ^= 1 // CRC-32 of the content
	for _, c := range []struct {
		name string
		file []byte
		want []string
	}{
		{"empty", nil, []string{"after 0 bytes", "header of 16"}},
		{"one byte", []byte{0}, []string{"after 1 bytes"}},
		{"header cut", good[:9], []string{"after 9 bytes", "header of 16"}},
		{"labels", labelFile([]byte{1, 2}), []string{"0x00000801", "labels", "0x00000803", "images"}},
		{"floats", idxFile(nil, 0x00000d03, 1, 1, 1), []string{"0x00000d03", "0x00000803"}},
		{"html", []byte("<!DOCTYPE html>"), []string{"0x3c21444f"}},
		{"little-endian", []byte{3, 8, 0, 0, 1, 0, 0, 0}, []string{"0x03080000"}},
		{"no data", good[:16], []string{"after 0 bytes", "want 24", "2x3x4"}},
		{"data cut", good[:39], []string{"after 23 bytes", "want 24", "2x3x4"}},
		{"trailing", append(bytes.Clone(good), 0), []string{"goes on after the 24 bytes", "2x3x4"}},
		{"twice", append(bytes.Clone(good), good...), []string{"goes on"}},
		{"no images", imageFile(0, 28, 28, nil), []string{"0x28x28", "zero"}},
		{"zero height", imageFile(2, 0, 28, nil), []string{"2x0x28", "zero"}},
		{"zero width", imageFile(2, 28, 0, nil), []string{"2x28x0", "zero"}},
		{"too large", imageFile(1<<20, 1<<5, 1<<5, nil), []string{"1048576x32x32", "at most"}},
		{"too many", imageFile(1<<24+1, 1, 1, nil), []string{"16777217x1x1", "at most 16777216 examples"}},
		{"one size too large", imageFile(1, 1<<31, 1, nil), []string{"2147483648", "at most"}},
		// Products that are small again when they overflow 32 or 64 bits.
		{"wraps 32 bits", imageFile(1<<16, 1<<16, 1, noise(1, 16)), []string{"65536x65536x1", "at most"}},
		{"wraps 64 bits", imageFile(1<<30, 1<<30, 1<<4, noise(1, 16)), []string{"at most"}},
		{"all ones", idxFile(nil, magicImages, 1<<32-1, 1<<32-1, 1<<32-1), []string{"4294967295", "at most"}},
		{"gzip header only", []byte{0x1f, 0x8b}, []string{"gzip header", "EOF"}},
		{"gzip cut", zipped(good)[:30], []string{"after"}},
		{"gzip without checksum", zipped(good)[:len(zipped(good))-8], []string{"end of the data", "EOF"}},
		{"gzip checksum", badSum, []string{"gzip", "checksum"}},
		{"gzip trailing", append(zipped(good), "long enough for a header"...), []string{"end of the data", "gzip"}},
		{"gzip twice", append(zipped(good), zipped(good)...), []string{"goes on"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadImages(bytes.NewReader(c.file))
			wantError(t, err, c.want...)
			if got.Pixels != nil {
				t.Error("returned pixels with an error")
			}
		})
	}
}

func TestReadLabelsRejects(t *testing.T) {
	_, err := ReadLabels(bytes.NewReader(imageFile(1, 1, 1, []byte{0})))
	wantError(t, err, "0x00000803", "images", "0x00000801", "labels")
	_, err = ReadLabels(bytes.NewReader(labelFile(nil)))
	wantError(t, err, "zero")
}

// An error of the medium is not a truncated file: it must come through.
func TestReadImagesPassesErrorsOn(t *testing.T) {
	broken := errors.New("broken disk")
	file := imageFile(2, 3, 4, noise(1, 24))
	for n := range file {
		r := io.MultiReader(bytes.NewReader(file[:n]), iotest.ErrReader(broken))
		if _, err := ReadImages(r); !errors.Is(err, broken) {
			t.Fatalf("after %d bytes: %v, want %v", n, err, broken)
		}
	}
}

// A header that promises the largest set must not cost its memory.
func TestReadImagesAllocatesAsDataArrives(t *testing.T) {
	file := imageFile(1, 1<<15, 1<<14, noise(1, 100)) // 512 MiB promised
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := ReadImages(bytes.NewReader(file))
	runtime.ReadMemStats(&after)
	wantError(t, err, "after 100 bytes", "536870912")
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
		t.Errorf("allocated %d bytes for a file of %d", used, len(file))
	}
}

func FuzzReadImages(f *testing.F) {
	good := imageFile(2, 3, 4, noise(1, 24))
	for _, seed := range [][]byte{
		nil,
		good,
		good[:20],
		append(bytes.Clone(good), 0),
		zipped(good),
		zipped(good)[:40],
		labelFile([]byte{1, 2, 3}),
		imageFile(0, 1, 1, nil),
		imageFile(1<<30, 1<<30, 1<<30, nil),
		idxFile(nil, magicImages, 1<<32-1, 1<<32-1, 1<<32-1),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := ReadImages(bytes.NewReader(file))
		if err != nil {
			return
		}
		n := got.Len()
		if n < 1 || got.Dim() < 1 || len(got.Pixels) != n*got.Dim() {
			t.Fatalf("accepted %d images of %dx%d in %d bytes", n, got.Height, got.Width, len(got.Pixels))
		}
		// Writing it again gives the file, or what the file unpacks to.
		again := imageFile(uint32(n), uint32(got.Height), uint32(got.Width), got.Pixels)
		if file[0] == 0 && !bytes.Equal(again, file) {
			t.Fatal("accepted a file that is not the images it was read as")
		}
		if back, err := ReadImages(bytes.NewReader(again)); err != nil || !bytes.Equal(back.Pixels, got.Pixels) {
			t.Fatalf("read again: %v", err)
		}
	})
}
