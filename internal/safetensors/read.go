package safetensors

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
)

// Read reads a file of size bytes from r, which must end there. Memory is taken
// in proportion to size, so size must be measured and not be read from anywhere.
// Tensors are returned in the order of their data.
//
// It is an error if the file is truncated or has bytes that belong to no
// tensor or to two, if a shape does not fit its place, a name comes twice, a
// tensor is not F32, or the header has anything the format does not know.
func Read(r io.Reader, size int64) (File, error) {
	header, err := readHeader(r, size)
	if err != nil {
		return File{}, err
	}
	metadata, entries, err := parseHeader(header)
	if err != nil {
		return File{}, err
	}
	if err := checkLayout(entries, size-lengthSize-int64(len(header))); err != nil {
		return File{}, err
	}
	f := File{Metadata: metadata, Tensors: make([]Tensor, 0, len(entries))}
	buf := make([]byte, chunk*valueSize)
	for _, e := range entries {
		data := make([]float32, e.count)
		if err := readValues(r, data, buf); err != nil {
			return File{}, fmt.Errorf("tensor %s: %w", quote(e.name), err)
		}
		f.Tensors = append(f.Tensors, Tensor{Name: e.name, Shape: e.shape, Data: data})
	}
	if n, err := io.ReadFull(r, buf[:1]); n > 0 {
		return File{}, fmt.Errorf("more follows after the %d bytes of the file", size)
	} else if !errors.Is(err, io.EOF) {
		return File{}, err
	}
	return f, nil
}

// ReadFile reads the file at path; see Read. Errors name the path.
func ReadFile(path string) (File, error) {
	f, err := readFile(path)
	var pathErr *fs.PathError
	if err != nil && !(errors.As(err, &pathErr) && pathErr.Path == path) {
		err = fmt.Errorf("%s: %w", path, err)
	}
	return f, err
}

func readFile(path string) (File, error) {
	// Before opening, which would wait for a writer if this is a pipe.
	info, err := os.Stat(path)
	if err != nil {
		return File{}, err
	}
	if info.IsDir() {
		return File{}, errors.New("is a directory, want a safetensors file")
	}
	if !info.Mode().IsRegular() {
		return File{}, errors.New("is a device, pipe or socket, want an ordinary file")
	}
	r, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer r.Close()
	// Again, of the open file: path may have been replaced in between.
	if info, err = r.Stat(); err != nil {
		return File{}, err
	}
	return Read(r, info.Size())
}

// readHeader reads and returns the JSON header, after checking its length.
func readHeader(r io.Reader, size int64) ([]byte, error) {
	if size <= 0 {
		return nil, errors.New("empty file, want safetensors")
	}
	// The byte after the length tells whether a header begins there.
	start := make([]byte, min(size, lengthSize+1))
	if err := readFull(r, start); err != nil {
		return nil, err
	}
	length, err := headerLength(start, size)
	if err != nil {
		return nil, err
	}
	header := make([]byte, length)
	n := copy(header, start[lengthSize:])
	return header, readFull(r, header[n:])
}

// readValues fills values by way of buf, which holds a chunk.
func readValues(r io.Reader, values []float32, buf []byte) error {
	for len(values) > 0 {
		n := min(chunk, len(values))
		part := buf[:n*valueSize]
		if err := readFull(r, part); err != nil {
			return err
		}
		for i := range values[:n] {
			values[i] = math.Float32frombits(binary.LittleEndian.Uint32(part[i*valueSize:]))
		}
		values = values[n:]
	}
	return nil
}

// readFull fills b; a reader that ends before its size was reached is an error.
func readFull(r io.Reader, b []byte) error {
	_, err := io.ReadFull(r, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the file ended while it was read")
	}
	return err
}
