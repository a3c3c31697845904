package schedule

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/enum"
)

// Shape is how the learning rate falls over the steps of training.
type Shape uint8

// The shapes.
const (
	// Constant does not fall.
	Constant Shape = iota
	// Linear falls in a straight line to the final rate.
	Linear
	// Cosine falls to it along half a wave: slowly at both ends.
	Cosine
)

var shapes = enum.Names[Shape]{Package: "model", Type: "Shape", Kind: "schedule", Names: []string{
	Constant: "constant", Linear: "linear", Cosine: "cosine",
}}

// String is the name.
func (s Shape) String() string { return shapes.String(s) }

// MarshalText writes the name.
func (s Shape) MarshalText() ([]byte, error) { return shapes.MarshalText(s) }

// UnmarshalText reads the name.
func (s *Shape) UnmarshalText(text []byte) error { return shapes.UnmarshalText(s, text) }

// Rates are the learning rates of the steps. The zero value is one rate for all.
type Rates struct {
	Shape Shape
	// Final is the part of the rate that is left at the end, unless the shape is
	// Constant.
	Final float32
	// Warmup is the number of steps over which the rate rises in a straight line to
	// what the shape has there.
	Warmup int
}

// Validate says what is wrong with them, if anything is.
func (r Rates) Validate() error {
	switch {
	case !shapes.Valid(r.Shape):
		return fmt.Errorf("model: unknown schedule %v", r.Shape)
	case !(r.Final >= 0 && r.Final <= 1):
		return fmt.Errorf("model: a final rate of %v times the first: want 0 to 1", r.Final)
	case r.Final != 0 && r.Shape == Constant:
		return fmt.Errorf("model: a final rate of %v times the first with a constant schedule, under which it does not fall: want linear or cosine", r.Final)
	case r.Warmup < 0 || int64(r.Warmup) >= 1<<32:
		return fmt.Errorf("model: a warm-up of %d steps: want 0 to %d", r.Warmup, int64(1)<<32-1)
	}
	return nil
}

// At is the rate of a step, the first of which is 0, of so many steps. It is more than 0
// if rate is.
func (r Rates) At(rate float32, step, steps int) float32 {
	left := 1.0
	done := min(float64(step)/float64(max(steps, 1)), 1)
	switch r.Shape {
	case Linear:
		left = 1 - done
	case Cosine:
		left = (1 - sine(math.Pi*(done-0.5))) / 2
	}
	if r.Shape != Constant {
		left = float64(r.Final) + float64((1-float64(r.Final))*left)
	}
	if step < r.Warmup {
		left *= float64(step+1) / float64(r.Warmup)
	}
	return max(float32(float64(rate)*left), math.SmallestNonzeroFloat32)
}

// sine is that of an angle of at most a right one, as a Taylor series up to x^21: the
// rest is below 2^-60. Package math has assembly on some architectures, and a compiler
// may fuse its operations, so that the last bits may differ.
func sine(x float64) float64 {
	square, sum := float64(x*x), 1.0
	for k := 21.0; k > 1; k -= 2 {
		sum = 1 - float64(square*sum)/float64(k*(k-1))
	}
	return float64(x * sum)
}
