package untuned

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Write writes a file, and the folders that it is in.
func Write(t testing.TB, content []byte, path ...string) {
	t.Helper()
	file := filepath.Join(path...)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// IDX is an IDX file of bytes.
func IDX(data []byte, sizes ...int) []byte {
	b := []byte{0, 0, 8, byte(len(sizes))}
	for _, n := range sizes {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
	}
	return append(b, data...)
}

// NPY is a .npy file. descr is NumPy's word for the elements, as <f4.
func NPY(descr string, data []byte, sizes ...int) []byte {
	shape := strings.Trim(strings.Join(strings.Fields(fmt.Sprint(sizes)), ", "), "[]")
	if len(sizes) == 1 {
		shape += ","
	}
	head := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", descr, shape)
	head += strings.Repeat(" ", (64-(10+len(head)+1)%64)%64) + "\n"
	b := append([]byte("\x93NUMPY\x01\x00"), byte(len(head)), byte(len(head)>>8))
	return append(append(b, head...), data...)
}

// Float32s are numbers as <f4.
func Float32s(x ...float64) []byte {
	var b []byte
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v)))
	}
	return b
}

// PNG is a picture of bytes with 1 or 3 channels.
func PNG(t testing.TB, pixels []byte, height, width int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture(pixels, height, width)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// JPEG is the same, with losses.
func JPEG(t testing.TB, pixels []byte, height, width int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(pixels, height, width), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func picture(pixels []byte, height, width int) image.Image {
	if len(pixels) == height*width {
		return &image.Gray{Pix: pixels, Stride: width, Rect: image.Rect(0, 0, width, height)}
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range height * width {
		p := pixels[3*i:]
		img.SetRGBA(i%width, i/width, color.RGBA{p[0], p[1], p[2], 0xff})
	}
	return img
}
