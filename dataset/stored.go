package dataset

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"math"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/targetprop/targetprop/internal/atomicfile"
	"github.com/targetprop/targetprop/internal/memory"
)

// Stored is examples in a file, one behind the other, that are read when they are
// wanted. They take no memory but for 12 bytes each; the system keeps in memory what
// of the file there is room for. The file stays open, and its examples must not change: [Images.Fetch] fails
// if somebody writes to it, unless those that were read before are the same still, as far as it looks.
type Stored struct {
	file  *os.File
	info  fs.FileInfo // of the file when it was opened
	first int64       // byte at which the examples begin
	dim   int         // numbers of an example
	size  int         // bytes of a number
	place []int32
	sums  *sums      // of the file
	rows  *sync.Pool // of buffers for one example

	fetched sync.RWMutex // of what follows; who reads may be somebody else than who fetches
	at      []int32      // where in latest each example is, plus one
	last    []int        // examples fetched
	latest  []byte
}

// sums are those of the examples of a file, whoever reads which of its examples.
type sums struct {
	of   []uint32     // each as it was first read; 0 before. They are read and written atomically
	same atomic.Int64 // the time of the file at which it was last found to be the same
}

// ReadError is a file of a stored set that can no longer be read, as after somebody has cut
// it short or written to it. [Images.Fetch] returns it. Methods without an error panic with it.
type ReadError struct {
	Example int
	Err     error
}

func (e *ReadError) Error() string {
	if errors.As(e.Err, new(writtenError)) {
		return fmt.Sprintf("example %d of the set on disk may be no longer what it was: %v", e.Example, e.Err)
	}
	return fmt.Sprintf("example %d of the set on disk can not be read any more: %v", e.Example, e.Err)
}

func (e *ReadError) Unwrap() error { return e.Err }

// writtenError says that somebody has written to a file, or set its time.
type writtenError struct {
	name        string
	before, now time.Time
	sameSize    bool
}

func (w writtenError) Error() string {
	return fmt.Sprintf("%s was changed at %v, while it was in use; it was of %v before", w.name, w.now.Format(time.DateTime), w.before.Format(time.DateTime))
}

// mostNumbers is the most numbers of an example. So many floats are 4 GB. The places of mostExamples
// can be in memory, also where that has 32 bits.
const (
	mostNumbers  = 1 << 30
	mostExamples = min(math.MaxInt32, math.MaxInt/64)
)

// Open is n examples of dim numbers in the file at path, from the byte first on:
// bytes, or floats of 32 bits in little-endian order.
func Open(path string, first int64, n, dim int, floats bool) (*Stored, error) {
	size := 1
	if floats {
		size = 4
	}
	if first < 0 || n < 0 || dim < 1 || n > mostExamples || dim > mostNumbers || int64(n)*int64(dim) > math.MaxInt64/8-first {
		return nil, fmt.Errorf("%s: %d examples of %d numbers from byte %d on: want at most %d of 1 to %d", path, n, dim, first, mostExamples, mostNumbers)
	}
	f, err := atomicfile.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && info.Size() < first+int64(n)*int64(dim)*int64(size) {
		err = fmt.Errorf("%s has %d bytes, want %d examples of %d bytes from byte %d on", path, info.Size(), n, dim*size, first)
	}
	if err == nil {
		err = memory.Check(fmt.Sprintf("%s: to hold the places of %d examples, and of those that are fetched,", path, n), 12*float64(n))
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	s := &Stored{file: f, info: info, first: first, dim: dim, size: size, place: make([]int32, n), sums: &sums{of: make([]uint32, n)}}
	for i := range s.place {
		s.place[i] = int32(i)
	}
	return s.fresh(), nil
}

// fresh is s with buffers of its own.
func (s *Stored) fresh() *Stored {
	return &Stored{file: s.file, info: s.info, first: s.first, dim: s.dim, size: s.size, place: s.place, sums: s.sums, rows: &sync.Pool{New: func() any {
		b := make([]byte, 0, s.dim*s.size)
		return &b
	}}}
}

// Len is the number of examples.
func (s *Stored) Len() int { return len(s.place) }

// Close closes the file.
func (s *Stored) Close() error { return s.file.Close() }

func (s *Stored) slice(lo, hi int) *Stored {
	part := s.fresh()
	part.place = s.place[lo:hi:hi]
	return part
}

func (s *Stored) pick(examples []int) *Stored {
	part := s.fresh()
	part.place = make([]int32, len(examples))
	for i, example := range examples {
		part.place[i] = s.place[example]
	}
	return part
}

// load reads example i into raw.
func (s *Stored) load(i int, raw []byte) error {
	_, err := s.file.ReadAt(raw, s.first+int64(s.place[i])*int64(len(raw)))
	return err
}

// append appends the bytes of example i.
func (s *Stored) append(b []byte, i int) []byte {
	s.visit(i, func(raw []byte) { b = append(b, raw...) })
	return b
}

// visit shows the bytes of example i.
func (s *Stored) visit(i int, show func(raw []byte)) {
	n := s.dim * s.size
	if s.visitFetched(i, n, show) {
		return
	}
	buf := s.rows.Get().(*[]byte)
	raw := (*buf)[:n]
	if err := s.load(i, raw); err != nil {
		panic(&ReadError{i, err})
	}
	s.remember(i, raw)
	show(raw)
	s.rows.Put(buf)
}

// visitFetched is visit of an example of n bytes if it was fetched, and tells whether it was.
func (s *Stored) visitFetched(i, n int, show func(raw []byte)) bool {
	s.fetched.RLock()
	defer s.fetched.RUnlock()
	if s.at == nil || s.at[i] == 0 {
		return false
	}
	show(s.latest[int(s.at[i]-1)*n:][:n])
	return true
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli) // which processors have instructions for

func sum(raw []byte) uint32 { return max(crc32.Checksum(raw, castagnoli), 1) }

// remember keeps the sum of example i, unless it was read before.
func (s *Stored) remember(i int, raw []byte) {
	if at := &s.sums.of[s.place[i]]; atomic.LoadUint32(at) == 0 {
		atomic.CompareAndSwapUint32(at, 0, sum(raw))
	}
}

// isSame tells whether example i, of a file that somebody has written to at a time, is what it was. If it was not read
// before, it is if some that were are: each is as it was when it was first read.
func (s *Stored) isSame(i int, raw []byte, at time.Time) bool {
	if was := atomic.LoadUint32(&s.sums.of[s.place[i]]); was != 0 {
		return was == sum(raw)
	}
	if s.sums.same.Load() != at.UnixNano() && !s.someAreSame() {
		return false
	}
	s.sums.same.Store(at.UnixNano())
	s.remember(i, raw)
	return true
}

// someAreSame tells whether examples here and there, of those that were read, are what they were.
func (s *Stored) someAreSame() bool {
	const looks = 64
	read := 0
	for i := range s.sums.of {
		if atomic.LoadUint32(&s.sums.of[i]) != 0 {
			read++
		}
	}
	raw, every, k := make([]byte, s.dim*s.size), max(1, read/looks), 0
	for i := range s.sums.of {
		was := atomic.LoadUint32(&s.sums.of[i])
		if was == 0 {
			continue
		}
		if k++; k%every != 0 {
			continue
		}
		if _, err := s.file.ReadAt(raw, s.first+int64(i)*int64(len(raw))); err != nil || sum(raw) != was {
			return false
		}
	}
	return true
}

// unchanged fails, with a [writtenError], if somebody has written to the file since it was opened, or has set its
// time: what is read then may be of other examples than those that were looked through. A file that was put in its
// place is another, and does no harm.
func (s *Stored) unchanged() error {
	info, err := s.file.Stat()
	if err != nil || info.Size() == s.info.Size() && info.ModTime().Equal(s.info.ModTime()) {
		return err
	}
	return writtenError{s.file.Name(), s.info.ModTime(), info.ModTime(), info.Size() == s.info.Size()}
}

// fetch reads examples at once, and forgets those of before.
func (s *Stored) fetch(examples []int) error {
	for _, i := range examples {
		if i < 0 || i >= len(s.place) {
			return fmt.Errorf("example %d of %d of the set on disk", i, len(s.place))
		}
	}
	s.fetched.Lock()
	defer s.fetched.Unlock()
	if s.at == nil {
		s.at = make([]int32, len(s.place))
	}
	for _, i := range s.last {
		s.at[i] = 0
	}
	s.last = append(s.last[:0], examples...)
	n := s.dim * s.size
	if need := n * len(examples); need > cap(s.latest) {
		s.latest = make([]byte, need)
	}
	s.latest = s.latest[:n*len(examples)]
	for k, i := range examples {
		if err := s.load(i, s.latest[k*n:][:n]); err != nil {
			return &ReadError{i, err}
		}
	}
	err := s.unchanged()
	written, _ := err.(writtenError)
	for k, i := range examples {
		raw := s.latest[k*n:][:n]
		if err == nil {
			s.remember(i, raw)
		} else if !written.sameSize || !s.isSame(i, raw, written.now) {
			return &ReadError{i, err}
		}
	}
	for k, i := range examples {
		s.at[i] = int32(k + 1)
	}
	return nil
}
