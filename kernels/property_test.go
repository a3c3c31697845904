package kernels

import (
	"encoding/binary"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestContractRandom takes shapes and layouts at random, so that sizes meet that
// the lists of TestContract do not bring together.
func TestContractRandom(t *testing.T) {
	cases := 40
	if testing.Short() {
		cases = 5
	}
	all, arena := engines(t), newArena(t)
	for i, name := range slices.Sorted(maps.Keys(contracts)) {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(20150212, uint64(i)))
			size := func(most int) int { return int(math.Exp2(rng.Float64()*math.Log2(float64(most)+1))) - 1 }
			for range cases {
				s := contracts[name].atLeast(shape{m: size(110), n: size(200), k: size(100)})
				l := layout{atEnd: rng.IntN(2) == 0, offset: rng.IntN(Panel), pad: rng.IntN(20)}
				seed, specials := rng.Uint64(), rng.IntN(2) == 0
				contracts[name].check(t, all, arena, s, l, func() func() float32 { return randomValues(seed, specials) })
			}
		})
	}
}

// FuzzContract makes a case of any bytes. The values are the bytes themselves,
// over and over, so that the fuzzer reaches every bit pattern.
func FuzzContract(f *testing.F) {
	all := engines(f)
	names := slices.Sorted(maps.Keys(contracts))
	for i := range names {
		f.Add(uint8(i), uint8(3*i), uint8(5*i), uint8(i), uint8(i), []byte{0, 0, 128, 63, 1, 2, 3, 4, 0, 0, 192, 127, byte(i)})
	}
	f.Fuzz(func(t *testing.T, op, m, n, k, place uint8, values []byte) {
		s := shape{m: int(m) % 40, n: int(n) % 140, k: int(k) % 40}
		l := layout{atEnd: place&1 == 1, offset: int(place>>1) % Panel, pad: int(place >> 5)}
		c := contracts[names[int(op)%len(names)]]
		c.check(t, all, newArena(t), c.atLeast(s), l, func() func() float32 { return fuzzValues(values) })
	})
}

// fuzzValues repeats values, four bytes to a number and every time with another
// scale, so that few bytes still make operands of many different numbers.
func fuzzValues(values []byte) func() float32 {
	i, scale := 0, float32(1)
	return func() float32 {
		if len(values) < 4 {
			i++
			return float32(i%17) / 8
		}
		if i+4 > len(values) {
			i, scale = 0, -0.75*scale
		}
		x := math.Float32frombits(binary.LittleEndian.Uint32(values[i:])) * scale
		i += 4
		return x
	}
}
