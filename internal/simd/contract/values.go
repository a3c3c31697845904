package contract

import (
	"encoding/binary"
	"math"
	"math/rand/v2"

	"github.com/targetprop/targetprop/internal/view"
)

// special are where the functions bend and where IEEE 754 has rules of its own.
func special[T view.Float]() []T {
	tiny, big, smallestNormal := float64(math.SmallestNonzeroFloat32), float64(math.MaxFloat32), 0x1p-126
	if view.Size[T]() == 8 {
		tiny, big, smallestNormal = math.SmallestNonzeroFloat64, math.MaxFloat64, 0x1p-1022
	}
	return []T{
		T(math.NaN()), T(math.Inf(1)), T(math.Inf(-1)), 0, T(math.Copysign(0, -1)),
		T(tiny), -T(tiny), T(smallestNormal / 2), -T(smallestNormal), T(big), -T(big),
		88.8, 89.5, -87.4, -103.9, -104.5, 0.625, -0.625, 0x1p-24, 1,
	}
}

// scales are powers of 2.
var scales = [...]float64{1. / 16, 1. / 8, 1. / 4, 1. / 2, 1, 2, 4, 8}

// RandomValues are numbers of several orders of magnitude, every fourth, if
// wanted, a special one.
func RandomValues[T view.Float](seed uint64, specials bool) func() T {
	rng, special := rand.New(rand.NewPCG(seed, 0)), special[T]()
	return func() T {
		if specials && rng.IntN(4) == 0 {
			return special[rng.IntN(len(special))]
		}
		return T(rng.NormFloat64() * scales[rng.IntN(len(scales))])
	}
}

// fuzzValues repeats bytes, four to a number and every time with another scale,
// so that few bytes still make operands of many different numbers.
func fuzzValues[T view.Float](values []byte) func() T {
	i, scale := 0, T(1)
	return func() T {
		if len(values) < 4 {
			i++
			return T(i%17) / 8
		}
		if i+4 > len(values) {
			i, scale = 0, -0.75*scale
		}
		x := T(math.Float32frombits(binary.LittleEndian.Uint32(values[i:]))) * scale
		i += 4
		return x
	}
}
