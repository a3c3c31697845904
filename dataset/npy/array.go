package npy

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
	"github.com/targetprop/targetprop/internal/memory"
)

// array is a NumPy array: bytes, or floats.
type array struct {
	name    string // for people
	file    string
	member  string // of the file, if that is an archive
	shape   []int
	kind    string // its descr, without the order of bytes: u1, f4, i8, ...
	bytes   []uint8
	numbers []float32
	stored  *dataset.Stored

	rounding reading.Rounding // of numbers that float32 may not have
}

const magic = "\x93NUMPY"

var (
	descr   = regexp.MustCompile(`'descr':\s*'([<>|=]?)([a-z?]\d*)'`)
	fortran = regexp.MustCompile(`'fortran_order':\s*(True|False)`)
	shape   = regexp.MustCompile(`'shape':\s*\(([^)]*)\)`)
)

// maxBytes keeps a wrong header from asking for all of memory.
const maxBytes = 1 << 34

// maxUnpacked is the most memory that the arrays of an archive take, which may be small on
// disk. All elements but bytes become float32: CIFAR's 50,000 images have 0.6 GB.
const maxUnpacked = 1 << 30

// readArray reads an array in the format of NumPy, versions 1 to 3, and takes the memory for
// it from room. r has at most so many bytes.
func readArray(ctx context.Context, r io.Reader, most int64, room *int64) (a array, err error) {
	order, size, err := a.readHeader(r)
	if err != nil {
		return a, err
	}
	n, err := a.count(size)
	if err != nil {
		return a, err
	}
	if *room -= a.memory(n); *room < 0 {
		return a, fmt.Errorf("makes more than %d bytes of all arrays: unpack the archive into a folder, whose arrays of bytes and of float32 stay on disk", maxUnpacked)
	}
	return a, a.readElements(ctx, r, most, order, size, n)
}

// count is the number of elements, of so many bytes each.
func (a *array) count(size int) (int, error) {
	n := 1
	for i, d := range a.shape {
		if d < 0 || d > 0 && n > int(min(maxBytes, math.MaxInt))/size/d {
			return 0, fmt.Errorf("its shape is %v: want at most %d bytes", a.shape, int64(min(maxBytes, math.MaxInt)))
		}
		if d == 0 {
			return 0, fmt.Errorf("its shape is %v: size %d is 0", a.shape, i)
		}
		n *= d
	}
	if len(a.shape) == 0 {
		return n, nil
	}
	return n, reading.CheckMany(a.shape[0])
}

// memory is what n elements take, in bytes: all but bytes become float32.
func (a *array) memory(n int) int64 {
	if a.kind == "u1" {
		return int64(n)
	}
	return 4 * int64(n)
}

// readElements reads n elements, to the end of r, which has at most so many bytes: none of more is asked for.
func (a *array) readElements(ctx context.Context, r io.Reader, most int64, order binary.ByteOrder, size, n int) error {
	if err := memory.Check(fmt.Sprintf("of shape %v", a.shape), float64(a.memory(n))); err != nil {
		return err
	}
	held := int(min(int64(n), most/int64(size)))
	if a.kind == "u1" {
		a.bytes = make([]uint8, 0, held)
	} else {
		a.numbers = make([]float32, 0, held)
	}
	in := bufio.NewReaderSize(r, 1<<16)
	row := make([]byte, min(n*size, 1<<16/size*size))
	for done := 0; done < n; {
		if err := ctx.Err(); err != nil {
			return err
		}
		piece := row[:min(len(row), (n-done)*size)]
		if got, err := io.ReadFull(in, piece); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return fmt.Errorf("ends after element %d of the %d of shape %v", done+got/size, n, a.shape)
			}
			return err
		}
		if err := a.take(piece, order, size, done); err != nil {
			return err
		}
		done += len(piece) / size
	}
	if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("goes on after the %d elements of shape %v", n, a.shape)
	}
	return nil
}

// readHeader reads what comes before the elements.
func (a *array) readHeader(r io.Reader) (order binary.ByteOrder, size int, err error) {
	start := make([]byte, len(magic)+2)
	if _, err := io.ReadFull(r, start); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, 0, fmt.Errorf("is damaged: %w", err)
	} else if err != nil || string(start[:len(magic)]) != magic {
		return nil, 0, fmt.Errorf("is no NumPy array: it does not begin with \\x93NUMPY")
	}
	version := start[len(magic)]
	if version < 1 || version > 3 {
		return nil, 0, fmt.Errorf("has version %d of NumPy's format: want 1, 2 or 3", version)
	}
	length := make([]byte, 2)
	if version > 1 {
		length = make([]byte, 4)
	}
	if _, err := io.ReadFull(r, length); err != nil {
		return nil, 0, fmt.Errorf("ends within its header")
	}
	n := int(binary.LittleEndian.Uint16(length))
	if len(length) == 4 {
		n = int(min(binary.LittleEndian.Uint32(length), 1<<20))
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return nil, 0, fmt.Errorf("ends within its header")
	}
	d, f, s := descr.FindSubmatch(text), fortran.FindSubmatch(text), shape.FindSubmatch(text)
	if d == nil || f == nil || s == nil {
		return nil, 0, fmt.Errorf("has the header %q: want one kind of numbers, no records and no objects", strings.TrimSpace(string(text)))
	}
	if a.kind = string(d[2]); string(f[1]) == "True" {
		return nil, 0, fmt.Errorf("is in Fortran's order: save numpy.ascontiguousarray of it")
	}
	for field := range strings.SplitSeq(string(s[1]), ",") {
		if field = strings.TrimSpace(field); field == "" {
			continue
		}
		n, err := strconv.Atoi(field)
		if err != nil {
			return nil, 0, fmt.Errorf("has the shape (%s)", s[1])
		}
		a.shape = append(a.shape, n)
	}
	if order = binary.LittleEndian; string(d[1]) == ">" {
		order = binary.BigEndian
	}
	size = map[string]int{"u1": 1, "i1": 1, "b1": 1, "?": 1, "u2": 2, "i2": 2, "f2": 2, "u4": 4, "i4": 4, "f4": 4, "u8": 8, "i8": 8, "f8": 8}[a.kind]
	if size == 0 {
		return nil, 0, fmt.Errorf("has elements of the kind %q: want integers or floats", a.kind)
	}
	return order, size, nil
}

// take appends elements, of which the first is element done.
func (a *array) take(raw []byte, order binary.ByteOrder, size, done int) error {
	if a.kind == "u1" {
		a.bytes = append(a.bytes, raw...)
		return nil
	}
	columns := a.columns()
	watched, j := size >= 4 && a.kind != "f4" && columns <= maxWatched, done%columns
	for i := 0; i < len(raw); i += size {
		x, rest := element(a.kind, raw[i:i+size], order)
		if math.IsNaN(x) || math.Abs(x) > math.MaxFloat32 {
			return fmt.Errorf("element %s is %v: want finite numbers", a.place(done+i/size), x)
		}
		if !watched {
			a.numbers = append(a.numbers, float32(x))
			continue
		}
		a.numbers = append(a.numbers, a.rounding.Take(j, x, rest))
		if j++; j == columns {
			j = 0
		}
	}
	return nil
}

// maxWatched is the most columns whose rounding is looked at: as many as a layer has units.
const maxWatched = 1 << 20

// columns is how many ranges the numbers have: rows one for each of their numbers, and anything else
// one for all.
func (a *array) columns() int {
	if len(a.shape) == 2 {
		return a.shape[1]
	}
	return 1
}

// place writes the indices of an element.
func (a *array) place(n int) string {
	at := make([]string, len(a.shape))
	for i := len(a.shape) - 1; i >= 0; i-- {
		at[i] = strconv.Itoa(n % a.shape[i])
		n /= a.shape[i]
	}
	return "[" + strings.Join(at, ", ") + "]"
}

// element is a number, and what float64 lacks of it.
func element(kind string, b []byte, order binary.ByteOrder) (x, rest float64) {
	switch kind {
	case "i1":
		return float64(int8(b[0])), 0
	case "b1", "?":
		return float64(b[0]), 0
	case "u2":
		return float64(order.Uint16(b)), 0
	case "i2":
		return float64(int16(order.Uint16(b))), 0
	case "f2":
		return half(order.Uint16(b)), 0
	case "u4":
		return float64(order.Uint32(b)), 0
	case "i4":
		return float64(int32(order.Uint32(b))), 0
	case "f4":
		return float64(math.Float32frombits(order.Uint32(b))), 0
	case "u8":
		n := order.Uint64(b)
		return reading.Whole(int64(n>>32), uint32(n))
	case "i8":
		n := order.Uint64(b)
		return reading.Whole(int64(n)>>32, uint32(n))
	}
	return math.Float64frombits(order.Uint64(b)), 0
}

// half is a float of 16 bits.
func half(bits uint16) float64 {
	sign, exponent, fraction := 1.0, int(bits>>10&31), float64(bits&1023)
	if bits>>15 == 1 {
		sign = -1
	}
	switch exponent {
	case 0:
		return sign * math.Ldexp(fraction, -24)
	case 31:
		if fraction != 0 {
			return math.NaN()
		}
		return math.Inf(int(sign))
	}
	return sign * math.Ldexp(1+fraction/1024, exponent-15)
}
