package dataset

import (
	"hash/crc32"
	"sync/atomic"
	"time"
)

// sums are those of the examples of a file, whoever reads which of its examples.
type sums struct {
	of   []uint32     // each as it was first read; 0 before. They are read and written atomically
	same atomic.Int64 // the time of the file at which it was last found to be the same
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
