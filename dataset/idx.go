package dataset

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/targetprop/targetprop/internal/memory"
)

// The magic number of an IDX file is two zero bytes, the element type (0x08:
// unsigned byte) and the number of dimensions.
const (
	magicLabels = 0x00000801
	magicImages = 0x00000803
)

const (
	// maxContent is more than any published set in this format has (EMNIST
	// by class: 547 MB) and stops a small hostile file that unpacks for ever.
	maxContent = 1 << 30

	// maxExamples is more than any published set has (infinite MNIST: 8 million). Each takes
	// some 100 bytes in use, beside its pixels.
	maxExamples = 1 << 24

	// firstChunk is what a header alone, before any data, may make us allocate.
	firstChunk = 64 << 10
)

// ReadImages reads an IDX file of images, plain or gzip, to its end. It accepts
// nothing but a complete file: a wrong magic number, a size of zero, missing
// bytes and bytes left over are errors. Labels stays nil.
func ReadImages(r io.Reader) (Images, error) {
	f, err := readIDX(r, magicImages, maxContent)
	if err != nil {
		return Images{}, err
	}
	return f.images(), nil
}

// ReadLabels reads an IDX file of labels as ReadImages reads images. Every byte
// value is a valid label.
func ReadLabels(r io.Reader) ([]uint8, error) {
	f, err := readIDX(r, magicLabels, maxContent)
	return f.data, err
}

// idx is the content of an IDX file of bytes.
type idx struct {
	sizes []int64
	data  []uint8
}

// images is the view of a three-dimensional file as images.
func (f idx) images() Images {
	return Images{Height: int(f.sizes[1]), Width: int(f.sizes[2]), Pixels: f.data}
}

// readIDX reads one IDX file with the given magic number, plain or gzip, of at
// most limit bytes when plain.
func readIDX(r io.Reader, magic uint32, limit int64) (idx, error) {
	r, err := plain(r)
	if err != nil {
		return idx{}, err
	}
	return readPlain(r, magic, limit)
}

// plain is what r holds, decompressed if it is gzip. An IDX file begins with
// two zero bytes and can not be mistaken for one.
func plain(r io.Reader) (io.Reader, error) {
	buf := bufio.NewReader(&lively{Reader: r})
	start, err := buf.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(start) < 2 || start[0] != 0x1f || start[1] != 0x8b {
		return buf, nil
	}
	z, err := gzip.NewReader(buf)
	if err != nil {
		return nil, fmt.Errorf("gzip header: %w", err)
	}
	return z, nil
}

// lively ends with io.ErrNoProgress where a reader goes on to read nothing, for which io.ReadFull would wait for ever.
type lively struct {
	io.Reader
	empty int // reads of nothing, one after the other
}

func (l *lively) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	if n > 0 || err != nil || len(p) == 0 {
		l.empty = 0
		return n, err
	}
	if l.empty++; l.empty == 100 {
		return 0, io.ErrNoProgress
	}
	return 0, nil
}

func readPlain(r io.Reader, magic uint32, limit int64) (idx, error) {
	sizes, err := readHeader(r, magic)
	if err != nil {
		return idx{}, err
	}
	if sizes[0] > maxExamples {
		return idx{}, fmt.Errorf("sizes are %s, want at most %d examples", times(sizes), maxExamples)
	}
	want, err := contentSize(sizes, limit-headerSize(magic))
	if err != nil {
		return idx{}, err
	}
	// The buffer and the one that it grows out of.
	if err := memory.Check("to hold the data of sizes "+times(sizes), 1.5*float64(want)); err != nil {
		return idx{}, err
	}
	data, err := readData(r, want)
	if err != nil {
		return idx{}, fmt.Errorf("%w, want %d for sizes %s", err, want, times(sizes))
	}
	// Reading on to the end is also what makes gzip compare its checksum.
	var extra [1]byte
	switch _, err := io.ReadFull(r, extra[:]); {
	case err == nil:
		return idx{}, fmt.Errorf("data goes on after the %d bytes of sizes %s", want, times(sizes))
	case !errors.Is(err, io.EOF):
		return idx{}, fmt.Errorf("at the end of the data: %w", err)
	}
	return idx{sizes, data}, nil
}

// headerSize is the number of bytes before the data: the magic number and one
// size for each dimension.
func headerSize(magic uint32) int64 { return 4 + 4*int64(magic&0xff) }

// readHeader checks the magic number before it reads on, so that a file of
// another kind is called by that name rather than too short.
func readHeader(r io.Reader, magic uint32) ([]int64, error) {
	buf := make([]byte, headerSize(magic))
	if n, err := io.ReadFull(r, buf[:4]); err != nil {
		return nil, headerError(n, len(buf), err)
	}
	if got := binary.BigEndian.Uint32(buf); got != magic {
		return nil, fmt.Errorf("magic number is 0x%08x (%s), want 0x%08x (%s)",
			got, magicName(got), magic, magicName(magic))
	}
	if n, err := io.ReadFull(r, buf[4:]); err != nil {
		return nil, headerError(4+n, len(buf), err)
	}
	sizes := make([]int64, 0, 3)
	for b := buf[4:]; len(b) > 0; b = b[4:] {
		sizes = append(sizes, int64(binary.BigEndian.Uint32(b)))
	}
	return sizes, nil
}

func headerError(got, want int, err error) error {
	if isEnd(err) {
		return fmt.Errorf("ends after %d bytes, want a header of %d", got, want)
	}
	return fmt.Errorf("in the header: %w", err)
}

// contentSize is the product of the sizes. A size has 32 bits and the limit at
// most 31, so the product passes the limit long before it overflows.
func contentSize(sizes []int64, limit int64) (int, error) {
	size := int64(1)
	for _, n := range sizes {
		if n == 0 {
			return 0, fmt.Errorf("sizes are %s, want none to be zero", times(sizes))
		}
		if size *= n; size > limit {
			return 0, fmt.Errorf("sizes are %s, want at most %d bytes of data", times(sizes), limit)
		}
	}
	return int(size), nil
}

// readData reads exactly want bytes. The buffer doubles as data arrives: its
// size is never more than twice what the file has really held.
func readData(r io.Reader, want int) ([]uint8, error) {
	data := make([]uint8, 0, min(want, firstChunk))
	for {
		n, err := io.ReadFull(r, data[len(data):cap(data)])
		data = data[:len(data)+n]
		switch {
		case err != nil && isEnd(err):
			return nil, fmt.Errorf("data ends after %d bytes", len(data))
		case err != nil:
			return nil, fmt.Errorf("data breaks after %d bytes: %w", len(data), err)
		case len(data) == want:
			return data, nil
		}
		data = append(make([]uint8, 0, min(want, 2*cap(data))), data...)
	}
}

func isEnd(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

func magicName(magic uint32) string {
	switch magic {
	case magicImages:
		return "IDX images"
	case magicLabels:
		return "IDX labels"
	}
	return "neither images nor labels of bytes"
}

// times writes sizes as 60000x28x28.
func times(sizes []int64) string {
	parts := make([]string, len(sizes))
	for i, n := range sizes {
		parts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(parts, "x")
}
