package dataset

import (
	"encoding/binary"
	"math"
)

// Scale says which values of the numbers of an example become 0 and 1: one pair for
// all of them or one for each. Where both are the same the number is constant, and
// becomes 0.5.
type Scale struct {
	Lo []float32 `json:"lo"`
	Hi []float32 `json:"hi"`
	// Open says that values beyond stay beyond, and are not cut to [0,1].
	Open bool `json:"open,omitempty"`
}

// of is the pair for number j.
func (s *Scale) of(j int) (lo, hi float32) {
	if len(s.Lo) == 1 {
		j = 0
	}
	return s.Lo[j], s.Hi[j]
}

// apply scales the numbers of an example. A nil Scale leaves them.
func (s *Scale) apply(x []float32) {
	if s == nil {
		return
	}
	for j := range x {
		lo, hi := s.of(j)
		switch {
		case hi <= lo:
			x[j] = 0.5
		case s.Open:
			x[j] = (x[j] - lo) / (hi - lo)
		default:
			x[j] = min(max((x[j]-lo)/(hi-lo), 0), 1)
		}
	}
}

// Undo makes numbers from 0 to 1 values as they were stored. A nil Scale leaves
// them.
func (s *Scale) Undo(x []float32) {
	if s == nil {
		return
	}
	for j := range x {
		lo, hi := s.of(j)
		x[j] = lo + float32(x[j]*(hi-lo))
	}
}

// Fits tells whether the scale is one for examples of so many numbers.
func (s *Scale) Fits(dim int) bool {
	return s == nil || len(s.Lo) == len(s.Hi) && (len(s.Lo) == 1 || len(s.Lo) == dim)
}

func floatAt(raw []byte, j int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(raw[4*j:]))
}

func appendFloats(b []byte, x []float32) []byte {
	for _, v := range x {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}
