package picture

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/kernels"
)

// WriteNPY writes the rows of m as a NumPy array of float32. shape is that of a row:
// (height, width), (height, width, channels) or (numbers).
func WriteNPY(path string, m kernels.Matrix, shape ...int) error {
	return atomicfile.Write(path, func(w io.Writer) error { return writeNPY(w, m, shape) })
}

// Array is an array with a name. Shape is that of a row.
type Array struct {
	Name  string
	Rows  kernels.Matrix
	Shape []int
}

// WriteNPZ writes arrays as an archive of NumPy. It has no times, so that the same arrays
// are the same bytes.
func WriteNPZ(path string, arrays ...Array) error {
	return atomicfile.Write(path, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, a := range arrays {
			member, err := z.CreateHeader(&zip.FileHeader{Name: a.Name + ".npy", Method: zip.Store})
			if err != nil {
				return err
			}
			if err := writeNPY(member, a.Rows, a.Shape); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

func writeNPY(w io.Writer, m kernels.Matrix, shape []int) error {
	if _, err := w.Write(npyHeader(append([]int{m.Rows}, shape...)...)); err != nil {
		return err
	}
	buf := make([]byte, 0, 4*m.Cols)
	for i := range m.Rows {
		buf = buf[:0]
		for _, x := range m.Row(i) {
			buf = binary.LittleEndian.AppendUint32(buf, math.Float32bits(x))
		}
		if _, err := w.Write(buf); err != nil {
			return err
		}
	}
	return nil
}

// npyHeader is the header of version 1.0 of the format (NEP 1), for an array of
// two or more dimensions: magic number, version, length, and a Python
// dictionary padded with spaces so that the data begin at a multiple of 64 bytes.
func npyHeader(shape ...int) []byte {
	const (
		start     = "\x93NUMPY\x01\x00"
		alignment = 64
	)
	sizes := make([]string, len(shape))
	for i, n := range shape {
		sizes[i] = fmt.Sprint(n)
	}
	dict := fmt.Sprintf("{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }", strings.Join(sizes, ", "))
	unpadded := len(start) + 2 + len(dict) + len("\n")
	dict += strings.Repeat(" ", (alignment-unpadded%alignment)%alignment) + "\n"
	header := binary.LittleEndian.AppendUint16([]byte(start), uint16(len(dict)))
	return append(header, dict...)
}
