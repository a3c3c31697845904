package dataset

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Scale says which values of the numbers of an example become 0 and 1, or -1 and 1
// if it is signed: one pair for all of them or one for each. Values beyond are cut.
// Where both are the same the number is constant, and becomes what is in the middle.
type Scale struct {
	Lo []float32 `json:"lo"`
	Hi []float32 `json:"hi"`
	// Signed says that they become -1 and 1.
	Signed bool `json:"signed,omitempty"`

	open bool // values beyond stay beyond
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
	s.mustFit(len(x))
	for j := range x {
		lo, hi := s.of(j)
		switch {
		case hi <= lo:
			x[j] = 0.5
		case s.open:
			x[j] = (x[j] - lo) / (hi - lo)
		default:
			x[j] = min(max((x[j]-lo)/(hi-lo), 0), 1)
		}
		if s.Signed {
			x[j] = 2*x[j] - 1
		}
	}
}

// Show makes numbers from -1 to 1 numbers from 0 to 1, if the scale is signed. A nil
// Scale leaves them.
func (s *Scale) Show(x []float32) {
	if s == nil || !s.Signed {
		return
	}
	for j := range x {
		x[j] = (x[j] + 1) / 2
	}
}

// Undo makes numbers that were scaled values as they were stored. A nil Scale leaves
// them.
func (s *Scale) Undo(x []float32) {
	if s == nil {
		return
	}
	s.mustFit(len(x))
	s.Show(x)
	for j := range x {
		lo, hi := s.of(j)
		x[j] = lo + float32(x[j]*(hi-lo))
	}
}

// mustFit panics unless the scale is one for so many numbers.
func (s *Scale) mustFit(dim int) {
	if !s.Fits(dim) {
		panic(fmt.Sprintf("dataset: a scale of %d lowest and %d highest values for examples of %d numbers", len(s.Lo), len(s.Hi), dim))
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
