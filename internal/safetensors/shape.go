package safetensors

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"strings"
)

// maxRank is the most dimensions, as in NumPy. It keeps a hostile header from
// costing more memory than its file.
const maxRank = 64

// elements is the product of a shape. It fails where the size in bytes would
// not fit an int, which has 32 bits on some machines. Like the reference
// implementation it multiplies from the left and fails at the first overflow,
// even if a zero follows.
func elements(shape []int) (int, error) {
	if len(shape) > maxRank {
		return 0, fmt.Errorf("shape has %d dimensions, want at most %d", len(shape), maxRank)
	}
	n := uint64(1)
	for _, d := range shape {
		if d < 0 {
			return 0, fmt.Errorf("shape %s has a negative size", shapeString(shape))
		}
		hi, lo := bits.Mul64(n, uint64(d))
		if hi != 0 || lo > math.MaxInt/valueSize {
			return 0, fmt.Errorf("shape %s: %w", shapeString(shape), errTooLarge)
		}
		n = lo
	}
	return int(n), nil
}

var errTooLarge = errors.New("too large for this machine")

// shapeString writes a shape as Python does: [794, 1500].
func shapeString(shape []int) string {
	return strings.Join(strings.Fields(fmt.Sprint(shape)), ", ")
}
