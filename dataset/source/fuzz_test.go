package source

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"runtime/metrics"
	"testing"

	"github.com/targetprop/targetprop/dataset/reading"
)

// fuzzedNames are files of each format but IDX, which has a target of its own.
var fuzzedNames = []string{"x.npy", "x.npz", "x.csv", "x.tsv", "data_batch_1.bin", "train.bin", "x.png", "x.jpg"}

// mostForAFile is what a small file may have its reader allocate.
const mostForAFile = 200 << 20

// FuzzLoad: whatever a file holds, it is read or refused, in memory that fits its size, and
// what is read has a shape, finite numbers and a label for each example. make fuzz runs it
// for long.
func FuzzLoad(f *testing.F) {
	dir := f.TempDir()
	npy := func(header string, data []byte) []byte {
		return append([]byte("\x93NUMPY\x01\x00"+string(rune(len(header)))+"\x00"+header), data...)
	}
	array := npy("{'descr': '|u1', 'fortran_order': False, 'shape': (4, 3), }\n", []byte("abcdefghijkl"))
	var archive, picture bytes.Buffer
	z := zip.NewWriter(&archive)
	member, err := z.Create("x_train.npy")
	if err != nil {
		f.Fatal(err)
	}
	if _, err := member.Write(array); err != nil {
		f.Fatal(err)
	}
	if err := z.Close(); err != nil {
		f.Fatal(err)
	}
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 2, 3))); err != nil {
		f.Fatal(err)
	}
	f.Add(uint8(0), array)
	f.Add(uint8(0), npy("{'descr': '<f4', 'fortran_order': True, 'shape': (3, 1), }\n", []byte("\x00\x00\x80\x3f\x00\x00\xc0\x7f\x00\x00\x00\x00")))
	f.Add(uint8(0), npy("{'descr': '<i8', 'fortran_order': False, 'shape': (1152921504606846976, 16), }\n", nil))
	f.Add(uint8(1), archive.Bytes())
	f.Add(uint8(2), []byte("a,b,label\n1,2,x\n3,1e39,y\n5,6,x\n"))
	f.Add(uint8(3), []byte("1\t2\n\"3\n\t4\n"))
	f.Add(uint8(4), make([]byte, 3073))
	f.Add(uint8(5), make([]byte, 3074))
	f.Add(uint8(6), picture.Bytes())
	f.Add(uint8(7), []byte("\xff\xd8\xff\xe0"))
	f.Fuzz(func(t *testing.T, kind uint8, content []byte) {
		path := filepath.Join(dir, fuzzedNames[int(kind)%len(fuzzedNames)])
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(path)
		before := allocated()
		set, err := Load(t.Context(), path, reading.Options{})
		if used := allocated() - before; used > mostForAFile+100*uint64(len(content)) {
			t.Errorf("%s of %d bytes: %d bytes allocated", filepath.Base(path), len(content), used)
		}
		if err != nil {
			return
		}
		for p := reading.Train; p <= reading.Test; p++ {
			images := reading.Of(&set, p)
			if images.Dim() < 1 && images.Len() > 0 || images.Labels != nil && len(images.Labels) != images.Len() {
				t.Fatalf("%d examples of %d numbers, %d labels", images.Len(), images.Dim(), len(images.Labels))
			}
			x := make([]float32, images.Dim())
			for i := range images.Len() {
				images.Read(i, x)
				for _, v := range x {
					if v-v != 0 {
						t.Fatalf("example %d has %v", i, v)
					}
				}
			}
		}
	})
}

// allocated is what the process has asked for so far, in bytes.
func allocated() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
