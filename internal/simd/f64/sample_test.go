package f64

import (
	"math"
	"math/rand/v2"
)

// samples are sources of arguments: all bit patterns, hence all exponents, and the places where a function bends, takes another
// way, or comes near to what a float64 can hold.
var samples = []func(rng *rand.Rand) float64{
	func(rng *rand.Rand) float64 { return math.Float64frombits(rng.Uint64()) },
	between(-40, 40), between(-2, 2), between(0.5, 2), between(-750, 750),
	between(-746, -708),   // results that are subnormal
	between(709.7, 709.8), // the border of overflow
	func(rng *rand.Rand) float64 { return math.Float64frombits(rng.Uint64N(1 << 52)) },                // subnormal
	near(func(rng *rand.Rand) float64 { return (float64(rng.IntN(2200)-1100) + 0.5) * math.Ln2 }),     // exp takes another power of two
	near(func(rng *rand.Rand) float64 { return (float64(rng.IntN(2200)-1100) + 0.5) * math.Ln2 / 2 }), // so does tanh
	near(func(rng *rand.Rand) float64 { return math.Ldexp(math.Sqrt2, rng.IntN(2098)-1074) }),         // log does
	near(func(rng *rand.Rand) float64 {
		return []float64{0, 1, -1, TanhSeam, -TanhSeam, -745.1332191019412, -708.3964185322641}[rng.IntN(7)]
	}),
	// The worst that were found, also for two chains in place of one.
	func(rng *rand.Rand) float64 {
		return []float64{-0x1.83750c0a5374p+07, 0x1.2f3c028394e5ap+08, 0x1.6620fcfdf5beap-01, 0x1.663b2e6b6b019p+00,
			-0x1.aa2056f206c2p-02, -0x1.cd63d25ca661p-02, -0x1.400fd603ac212p-01}[rng.IntN(7)]
	},
}

// between is arguments of an interval.
func between(lo, hi float64) func(*rand.Rand) float64 {
	return func(rng *rand.Rand) float64 { return lo + rng.Float64()*(hi-lo) }
}

// near is arguments close to a place, at all distances from one unit of the last place to a half.
func near(place func(*rand.Rand) float64) func(*rand.Rand) float64 {
	return func(rng *rand.Rand) float64 {
		x := place(rng)
		return x + max(math.Abs(x), 1)*math.Ldexp(2*rng.Float64()-1, -rng.IntN(54)-1)
	}
}
