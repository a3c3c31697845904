package dataset

import (
	"fmt"
)

// Images is a set of examples of one shape: pictures, or rows of numbers that are
// none. Example i is Height x Width x Channels numbers, row-major, the channels of a
// pixel beside each other. They are in one of three places: bytes in Pixels, floats
// in Numbers, or either on disk in Stored.
//
// A byte of a picture is from 0, which is the background, to 255. Labels has one
// entry per example; it is nil if there are none.
type Images struct {
	Height, Width int
	Channels      int // of a pixel: 3 for colour; 0 is 1
	Pixels        []uint8
	Labels        []uint8

	Numbers []float32
	Stored  *Stored
	// Scale says which values Read makes 0 and 1; nil is 0 and 255 for bytes, and none
	// for floats, which are read as they are.
	Scale *Scale
	// Flat says that the numbers are a row and no picture: Height is 1 then.
	Flat bool
}

// Len is the number of examples.
func (s Images) Len() int { return s.count(s.Dim()) }

// count is the number of examples of d numbers.
func (s Images) count(d int) int {
	switch {
	case d == 0:
		return 0
	case s.Stored != nil:
		return s.Stored.Len()
	case s.Numbers != nil:
		return len(s.Numbers) / d
	default:
		return len(s.Pixels) / d
	}
}

// Depth is the number of channels, at least 1.
func (s Images) Depth() int { return max(s.Channels, 1) }

// Dim is the number of numbers of one example. It panics if no example can have so many.
func (s Images) Dim() int {
	if err := s.checkShape(); err != nil {
		panic(err.Error())
	}
	return s.Height * s.Width * s.Depth()
}

// Check says what is wrong with a set that was put together by hand, if anything is. Methods without
// an error panic with it.
func (s Images) Check() error {
	if err := s.checkShape(); err != nil {
		return err
	}
	d, held := s.Dim(), max(len(s.Numbers), len(s.Pixels))
	n := s.count(d)
	switch {
	case s.Stored != nil && s.Stored.file == nil:
		return fmt.Errorf("dataset: a Stored that is not what Open returns")
	case s.Stored == nil && held != n*d:
		return fmt.Errorf("dataset: %d numbers of examples of %d: want a multiple", held, d)
	case s.Labels != nil && len(s.Labels) != n:
		return fmt.Errorf("dataset: %d labels of %d examples: want one for each, or none", len(s.Labels), n)
	case !s.Scale.Fits(d):
		return fmt.Errorf("dataset: a scale of %d lowest and %d highest values for examples of %d numbers", len(s.Scale.Lo), len(s.Scale.Hi), d)
	}
	return nil
}

// checkShape fails if no example can have so many numbers, or they are others on disk.
func (s Images) checkShape() error {
	if s.Height|s.Width|s.Channels < 0 || s.Height > mostNumbers || s.Width > mostNumbers || s.Channels > mostNumbers ||
		int64(s.Height)*int64(s.Width) > mostNumbers || int64(s.Height*s.Width)*int64(s.Depth()) > mostNumbers {
		return fmt.Errorf("dataset: examples of %d x %d pixels with %d channels: want none negative, and %d numbers at most", s.Height, s.Width, s.Channels, mostNumbers)
	}
	if s.Stored != nil && s.Stored.dim != s.Height*s.Width*s.Depth() {
		return fmt.Errorf("dataset: examples of %d x %d pixels with %d channels, and %d numbers each on disk", s.Height, s.Width, s.Depth(), s.Stored.dim)
	}
	return nil
}

// mustHave panics unless there is an example i, of d numbers.
func (s Images) mustHave(i, d int) {
	if n := s.count(d); uint(i) >= uint(n) {
		panic(fmt.Sprintf("dataset: example %d of %d", i, n))
	}
}

// mustBe panics with what [Images.Check] says.
func (s Images) mustBe() {
	if err := s.Check(); err != nil {
		panic(err.Error())
	}
}

// Floats tells whether the numbers are floats, and not bytes.
func (s Images) Floats() bool { return s.Numbers != nil || s.Stored != nil && s.Stored.size == 4 }

// Row is image i of bytes: shared memory if they are in Pixels, a copy if they are
// on disk. It panics if i is not in [0, Len), and if there are no bytes.
func (s Images) Row(i int) []uint8 {
	d := s.Dim()
	s.mustHave(i, d)
	if s.Stored != nil && !s.Floats() {
		return s.Stored.append(make([]uint8, 0, d), i)
	}
	n := len(s.Pixels)
	if n == 0 && s.Floats() {
		panic("dataset: Row of examples that are no bytes")
	}
	return s.Pixels[:n:n][i*d : (i+1)*d : (i+1)*d]
}

// Read writes example i to dst, which has length Dim, as Scale says: numbers from 0 to 1, if
// there is one or they are bytes.
// Several goroutines may call it at once. It panics with a [ReadError] if the
// file of a stored set can no longer be read; after [Images.Fetch] it does not, unless
// somebody else has fetched other examples of the set since. It panics if dst has
// another length.
func (s Images) Read(i int, dst []float32) {
	d := s.Dim()
	if len(dst) != d {
		panic(fmt.Sprintf("dataset: an example of %d numbers to %d", d, len(dst)))
	}
	s.mustHave(i, d)
	switch {
	case s.Stored != nil:
		s.Stored.visit(i, func(raw []byte) { s.Decode(dst, raw) })
	case s.Numbers != nil:
		copy(dst, s.Numbers[i*d:(i+1)*d])
		s.Scale.apply(dst)
	default:
		s.Decode(dst, s.Row(i))
	}
}

// Fetch makes the examples of a stored set ready for Read, until the next call, in
// one go. It is how a failing disk becomes an error. Other sets are always ready.
func (s Images) Fetch(examples []int) error {
	if s.Stored == nil {
		return nil
	}
	return s.Stored.fetch(examples)
}

// RawSize is the number of bytes of an example.
func (s Images) RawSize() int {
	if s.Floats() {
		return 4 * s.Dim()
	}
	return s.Dim()
}

// AppendRaw appends the bytes of example i, floats in little-endian order.
func (s Images) AppendRaw(b []byte, i int) []byte {
	d := s.Dim()
	s.mustHave(i, d)
	switch {
	case s.Stored != nil:
		return s.Stored.append(b, i)
	case s.Numbers != nil:
		return appendFloats(b, s.Numbers[i*d:(i+1)*d])
	}
	return append(b, s.Row(i)...)
}

// Decode is Read of an example whose bytes are raw.
func (s Images) Decode(dst []float32, raw []byte) {
	size := 1
	if s.Floats() {
		size = 4
	}
	if len(raw) != size*len(dst) {
		panic(fmt.Sprintf("dataset: %d bytes of an example for %d numbers of %d bytes each", len(raw), len(dst), size))
	}
	switch {
	case s.Floats():
		for j := range dst {
			dst[j] = floatAt(raw, j)
		}
	case s.Scale == nil:
		for j, p := range raw {
			dst[j] = float32(p) / 255
		}
		return
	default:
		for j, p := range raw {
			dst[j] = float32(p)
		}
	}
	s.Scale.apply(dst)
}

// Slice is the examples lo <= i < hi, sharing memory with s. It panics unless
// 0 <= lo <= hi <= Len. The capacities end with the part, so that appending to
// the training images never overwrites the validation images behind them.
func (s Images) Slice(lo, hi int) Images {
	s.mustBe()
	n, d := s.Len(), s.Dim()
	if lo < 0 || lo > hi || hi > n {
		panic(fmt.Sprintf("dataset: examples %d to %d of %d", lo, hi, n))
	}
	part := s
	switch {
	case s.Stored != nil:
		part.Stored = s.Stored.slice(lo, hi)
	case s.Numbers != nil:
		part.Numbers = s.Numbers[: n*d : n*d][lo*d : hi*d : hi*d]
	default:
		part.Pixels = s.Pixels[: n*d : n*d][lo*d : hi*d : hi*d]
	}
	if s.Labels != nil {
		part.Labels = s.Labels[:n:n][lo:hi:hi]
	}
	return part
}

// Pick is the examples by these numbers, in their order: a copy, but of what is on
// disk.
func (s Images) Pick(examples []int) Images {
	s.mustBe()
	d, part := s.Dim(), s
	for _, i := range examples {
		s.mustHave(i, d)
	}
	switch {
	case s.Stored != nil:
		part.Stored = s.Stored.pick(examples)
	case s.Numbers != nil:
		part.Numbers = make([]float32, 0, len(examples)*d)
		for _, i := range examples {
			part.Numbers = append(part.Numbers, s.Numbers[i*d:(i+1)*d]...)
		}
	default:
		part.Pixels = make([]uint8, 0, len(examples)*d)
		for _, i := range examples {
			part.Pixels = append(part.Pixels, s.Row(i)...)
		}
	}
	if s.Labels != nil {
		part.Labels = make([]uint8, 0, len(examples))
		for _, i := range examples {
			part.Labels = append(part.Labels, s.Labels[i])
		}
	}
	return part
}

// Centred is the same examples, read as -1 to 1 and not as 0 to 1.
func (s Images) Centred() Images {
	scale := Scale{Lo: []float32{0}, Hi: []float32{255}}
	if s.Scale != nil {
		scale = *s.Scale
	} else if s.Floats() {
		scale.Hi = []float32{1}
	}
	scale.Signed = true
	s.Scale = &scale
	return s
}
