// Package vector generates the kernels that map over matrices: activations,
// relaxation, deltas, exp and log. Each function repeats, operation for operation, its
// plain-Go definition in packages internal/simd/f32 and internal/simd/vector, but for
// what a Machine has an instruction for.
package vector

import (
	"math"

	"github.com/targetprop/targetprop/gen/vec"
)

// Constants, as in internal/simd/f32/exp.go, log.go, softplus.go and tanh.go. The contract
// tests compare bits, so a constant that differs there from here fails them.
const (
	log2e       = 0x1.715476p+0
	ln2Hi       = 0x1.62e43p-1
	ln2Lo       = -0x1.05c61p-29
	expMax      = 89
	expMin      = -104
	expMagic    = 0x1.8p+23 + 2*127
	negExpMagic = 0x1.8p+23 + 127 + 24

	bitsSqrtHalf = 0x3f3504f3
	minNormal    = 0x1p-126
	tanhSmall    = 0.625
	slopeSmall   = 0.34

	signBit  = 0x80000000
	infinity = 0x7f800000
	quietNaN = 0x7fc00000
)

// Coefficients from the highest power down.
var (
	expPoly   = []float32{0x1.694ac4p-10, 0x1.12398ep-7, 0x1.555a28p-5, 0x1.555492p-3, 0x1.fffffap-2, 1, 1}
	log1pPoly = []float32{-0x1.b22adep-9, 0x1.4a9226p-6, -0x1.d7efa8p-5, 0x1.b53c48p-4, -0x1.3a6736p-3, 0x1.935568p-3, -0x1.ff2556p-3, 0x1.554ddap-2, -0x1.ffffd2p-2}
	logPoly   = []float32{-0x1.38472ap-4, 0x1.0860cep-3, -0x1.0f3fa6p-3, 0x1.226dfcp-3, -0x1.5425c4p-3, 0x1.99a41ap-3, -0x1.000432p-2, 0x1.55555p-2, -0x1.fffff8p-2}
	tanhPoly  = []float32{-0x1.758facp-8, 0x1.5211c4p-6, -0x1.b838ap-5, 0x1.110704p-3, -0x1.555532p-2}
)

func horner(m vec.Machine, x vec.V, coefficients []float32) vec.V {
	p := m.Copy(m.Float(coefficients[0]))
	for _, c := range coefficients[1:] {
		m.Horner(&p, x, m.Float(c))
	}
	return p
}

// rest is x - n ln2.
func rest(m vec.Machine, x, n vec.V) vec.V {
	r := m.FMA(n, m.Float(-ln2Hi), x)
	return m.FMA(n, m.Float(-ln2Lo), r)
}

// exponentialOfRest is e^(x - n ln2).
func exponentialOfRest(m vec.Machine, x, n vec.V) vec.V { return horner(m, rest(m, x, n), expPoly) }

func exp(m vec.Machine, x vec.V) vec.V {
	x = m.Min(m.Float(expMax), m.Max(m.Float(expMin), x))
	t := m.FMA(x, m.Float(log2e), m.Float(expMagic))
	n := m.Sub(t, m.Float(expMagic))
	p := exponentialOfRest(m, x, n)
	return m.Scale(p, n, func() vec.V {
		h := m.ShiftRight(t, 1)
		p := m.Mul(p, m.ShiftLeft(h, 23))
		return m.Mul(p, m.ShiftLeft(m.SubInt(t, h), 23))
	})
}

// expNegAbs is e^-|x|.
func expNegAbs(m vec.Machine, x vec.V) vec.V {
	x = m.Max(m.Float(expMin), m.Or(x, m.Bits(signBit)))
	t := m.FMA(x, m.Float(log2e), m.Float(negExpMagic))
	n := m.Sub(t, m.Float(negExpMagic))
	p := exponentialOfRest(m, x, n)
	return m.Scale(p, n, func() vec.V { return m.Mul(m.Mul(p, m.ShiftLeft(t, 23)), m.Float(0x1p-24)) })
}

// sigmoidFromExp is the logistic function of x, given e = e^-|x|.
func sigmoidFromExp(m vec.Machine, x, e vec.V) vec.V {
	one := m.Copy(m.Float(1))
	q := m.Div(e, m.Add(one, e))
	factor := m.Select(m.GreaterEqual(x, m.Float(0)), one, e)
	return m.NegFMA(q, factor, factor)
}

// softplusFromExp is softplus of x, given e = e^-|x|.
func softplusFromExp(m vec.Machine, x, e vec.V) vec.V {
	q := horner(m, e, log1pPoly)
	return m.Add(m.Max(m.Float(0), x), m.FMA(m.Mul(e, e), q, e))
}

// softplusSlope is the slope of softplus from its value h: 1 - e^-|h|.
func softplusSlope(m vec.Machine, h vec.V) vec.V {
	x := m.Max(m.Float(expMin), m.Or(h, m.Bits(signBit)))
	t := m.FMA(x, m.Float(log2e), m.Float(negExpMagic))
	n := m.Sub(t, m.Float(negExpMagic))
	r := rest(m, x, n)
	p := horner(m, r, expPoly[:len(expPoly)-1])
	e := m.FMA(p, r, m.Float(1))
	e = m.Scale(e, n, func() vec.V { return m.Mul(m.Mul(e, m.ShiftLeft(t, 23)), m.Float(0x1p-24)) })
	return m.Select(m.Greater(x, m.Float(-slopeSmall)), m.NegFMA(p, r, m.Float(0)), m.Sub(m.Float(1), e))
}

func tanh(m vec.Machine, x vec.V) vec.V {
	a := m.AndNot(x, m.Bits(signBit))
	e := expNegAbs(m, m.Add(a, a))
	y := m.FMA(m.Div(e, m.Add(m.Float(1), e)), m.Float(-2), m.Float(1))
	s := m.Mul(a, a)
	p := horner(m, s, tanhPoly)
	small := m.FMA(m.Mul(s, a), p, a)
	y = m.Select(m.Greater(m.Float(tanhSmall), a), small, y)
	return m.Or(y, m.And(x, m.Bits(signBit)))
}

func log(m vec.Machine, x vec.V) vec.V {
	y, k0 := m.Normalize(x, func() (y, k vec.V) {
		subnormal := m.Greater(m.Float(minNormal), x)
		return m.Select(subnormal, m.Mul(x, m.Float(0x1p24)), x), m.Keep(subnormal, m.Float(-24))
	})
	i := m.SubInt(y, m.Bits(bitsSqrtHalf))
	k := m.Add(m.FromInt(m.ShiftRightSigned(i, 23)), k0)
	f := m.Sub(m.AddInt(m.And(i, m.Bits(0x007fffff)), m.Bits(bitsSqrtHalf)), m.Float(1))
	q := horner(m, f, logPoly)
	r := m.FMA(k, m.Float(ln2Hi), m.FMA(m.Mul(f, f), q, f))
	return m.FixLog(r, x, func() vec.V {
		r := m.Select(m.Greater(x, m.Float(0)), r, m.Bits(quietNaN))
		isZero := m.GreaterEqual(m.Float(0), m.AndNot(x, m.Bits(signBit)))
		r = m.Select(isZero, m.Bits(infinity|signBit), r)
		return m.Select(m.Greater(x, m.Float(math.MaxFloat32)), x, r)
	})
}

// slope is the activation's value at z and its slope there.
type slope func(m vec.Machine, z vec.V) (value, slope vec.V)

// activations are the maps' nonlinearities, in the order of vector.Activation. back is the
// slope from the value h.
var activations = []struct {
	name  string
	value func(m vec.Machine, z vec.V) vec.V
	slope slope
	back  func(m vec.Machine, h vec.V) vec.V
}{
	{"Identity",
		func(_ vec.Machine, z vec.V) vec.V { return z },
		func(m vec.Machine, z vec.V) (vec.V, vec.V) { return z, m.Copy(m.Float(1)) },
		func(m vec.Machine, _ vec.V) vec.V { return m.Float(1) }},
	{"Softplus",
		func(m vec.Machine, z vec.V) vec.V { return softplusFromExp(m, z, expNegAbs(m, z)) },
		func(m vec.Machine, z vec.V) (vec.V, vec.V) {
			e := expNegAbs(m, z)
			return softplusFromExp(m, z, e), sigmoidFromExp(m, z, e)
		},
		softplusSlope},
	{"Sigmoid",
		func(m vec.Machine, z vec.V) vec.V { return sigmoidFromExp(m, z, expNegAbs(m, z)) },
		func(m vec.Machine, z vec.V) (vec.V, vec.V) {
			y := sigmoidFromExp(m, z, expNegAbs(m, z))
			return y, m.Mul(y, m.Sub(m.Float(1), y))
		},
		func(m vec.Machine, h vec.V) vec.V { return m.Mul(h, m.Sub(m.Float(1), h)) }},
	{"ReLU",
		func(m vec.Machine, z vec.V) vec.V { return m.Max(m.Float(0), z) },
		func(m vec.Machine, z vec.V) (vec.V, vec.V) {
			return m.Max(m.Float(0), z), m.Keep(m.Greater(z, m.Float(0)), m.Float(1))
		},
		func(m vec.Machine, h vec.V) vec.V { return m.Keep(m.Greater(h, m.Float(0)), m.Float(1)) }},
	{"Tanh",
		tanh,
		func(m vec.Machine, z vec.V) (vec.V, vec.V) {
			y := tanh(m, z)
			return y, m.NegFMA(y, y, m.Float(1))
		},
		func(m vec.Machine, h vec.V) vec.V { return m.NegFMA(h, h, m.Float(1)) }},
}
