package level2

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// hashes of the results of the definitions: the same on every architecture, where a compiler
// may fuse products and sums, and from one version to the next.
var hashes = map[string][2]uint64{
	"gemv": {0x86acfba1e06a283, 0x5cf25de6a9d210bf},
	"ger":  {0x645d222e38470af5, 0xab502f06ae9db454},
	"symv": {0x8954633d38a4995b, 0x50f6e12586cf85a9},
	"syr":  {0xfa7ce874b4dbd750, 0x71c1fefc30ab086f},
	"syr2": {0x35b9d147a1e2273a, 0x990b275cdca2ac7a},
	"trmv": {0x5a141fa0a0288163, 0x21dd1d88a61a90e1},
	"trsv": {0x8dbe8cae31241eac, 0x3ded01d880e8eed8},
}

// TestDefinitionBits compares with the hashes.
func TestDefinitionBits(t *testing.T) {
	for name, want := range hashes {
		if got := [2]uint64{hash(routines[float32]()[name]), hash(routines[float64]()[name])}; got != want {
			t.Errorf("%q: {%#x, %#x},", name, got[0], got[1])
		}
	}
}

// hash is that of the results of a routine on some problems.
func hash[T view.Float](r routine[T]) uint64 {
	rng, h := rand.New(rand.NewPCG(23, 7)), fnv.New64a()
	for range 20 {
		p := problem(rng, r, sizes[rng.IntN(len(sizes))], sizes[rng.IntN(len(sizes))])
		for _, slice := range p.slices() {
			for j, x := range slice {
				if x == x { // the same on every architecture too
					slice[j] = T(float64(1+rng.Int64N(1<<52)) / (1 << 52))
				}
			}
		}
		r.ours(nil, isa.Generic, &p)
		for _, slice := range p.slices() {
			for _, x := range slice {
				bits := math.Float64bits(float64(x))
				if x != x {
					bits = 0
				}
				for k := range 8 {
					h.Write([]byte{byte(bits >> (8 * k))})
				}
			}
		}
	}
	return h.Sum64()
}
