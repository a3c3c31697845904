// Package vector generates the kernels that map over matrices: activations,
// relaxation, deltas, exp and log. Each function repeats, operation for operation, its
// plain-Go definition in packages internal/simd/f32, f64 and vector, but for
// what a Machine has an instruction for.
package vector

import (
	"math"

	"github.com/targetprop/targetprop/gen/vec"
)

func horner(m vec.Machine, x vec.V, coefficients []float64) vec.V {
	p := m.Copy(m.Float(coefficients[0]))
	for _, c := range coefficients[1:] {
		m.Horner(&p, x, m.Float(c))
	}
	return p
}

// rest is x - n ln2.
func rest(m vec.Machine, x, n vec.V) vec.V {
	c := constantsOf(m)
	r := m.FMA(n, m.Float(-c.ln2Hi), x)
	return m.FMA(n, m.Float(-c.ln2Lo), r)
}

// exponentialOfRest is e^(x - n ln2).
func exponentialOfRest(m vec.Machine, x, n vec.V) vec.V {
	return horner(m, rest(m, x, n), constantsOf(m).expPoly)
}

func exp(m vec.Machine, x vec.V) vec.V {
	c := constantsOf(m)
	x = m.Min(m.Float(c.expMax), m.Max(m.Float(c.expMin), x))
	t := m.FMA(x, m.Float(c.log2e), m.Float(c.expMagic))
	n := m.Sub(t, m.Float(c.expMagic))
	p := exponentialOfRest(m, x, n)
	return m.Scale(p, n, func() vec.V {
		h := m.ShiftRight(t, 1)
		p := m.Mul(p, m.ShiftLeft(h, c.fractionBits))
		return m.Mul(p, m.ShiftLeft(m.SubInt(t, h), c.fractionBits))
	})
}

// expNegAbs is e^-|x|.
func expNegAbs(m vec.Machine, x vec.V) vec.V {
	c := constantsOf(m)
	x = m.Max(m.Float(c.expMin), m.Or(x, m.Bits(c.signBit)))
	t := m.FMA(x, m.Float(c.log2e), m.Float(c.negExpMagic))
	n := m.Sub(t, m.Float(c.negExpMagic))
	p := exponentialOfRest(m, x, n)
	return m.Scale(p, n, func() vec.V { return m.Mul(m.Mul(p, m.ShiftLeft(t, c.fractionBits)), m.Float(c.negScale)) })
}

// sigmoidFromExp is the logistic function of x, given e = e^-|x|.
func sigmoidFromExp(m vec.Machine, x, e vec.V) vec.V {
	one := m.Copy(m.Float(1))
	q := m.Div(e, m.Add(one, e))
	factor := m.Select(m.GreaterEqual(x, m.Float(0)), one, e)
	return m.NegFMA(q, factor, factor)
}

func sigmoid(m vec.Machine, x vec.V) vec.V { return sigmoidFromExp(m, x, expNegAbs(m, x)) }

// softplusFromExp is softplus of x, given e = e^-|x|.
func softplusFromExp(m vec.Machine, x, e vec.V) vec.V {
	q := horner(m, e, constantsOf(m).log1pPoly)
	return m.Add(m.Max(m.Float(0), x), m.FMA(m.Mul(e, e), q, e))
}

func softplus(m vec.Machine, x vec.V) vec.V { return softplusFromExp(m, x, expNegAbs(m, x)) }

// softplusSlope is the slope of softplus from its value h: 1 - e^-|h|.
func softplusSlope(m vec.Machine, h vec.V) vec.V {
	c := constantsOf(m)
	x := m.Max(m.Float(c.expMin), m.Or(h, m.Bits(c.signBit)))
	t := m.FMA(x, m.Float(c.log2e), m.Float(c.negExpMagic))
	n := m.Sub(t, m.Float(c.negExpMagic))
	r := rest(m, x, n)
	p := horner(m, r, c.expPoly[:len(c.expPoly)-1])
	e := m.FMA(p, r, m.Float(1))
	e = m.Scale(e, n, func() vec.V { return m.Mul(m.Mul(e, m.ShiftLeft(t, c.fractionBits)), m.Float(c.negScale)) })
	return m.Select(m.Greater(x, m.Float(-slopeSmall)), m.NegFMA(p, r, m.Float(0)), m.Sub(m.Float(1), e))
}

func tanh(m vec.Machine, x vec.V) vec.V {
	c := constantsOf(m)
	a := m.AndNot(x, m.Bits(c.signBit))
	e := expNegAbs(m, m.Add(a, a))
	y := m.FMA(m.Div(e, m.Add(m.Float(1), e)), m.Float(-2), m.Float(1))
	s := m.Mul(a, a)
	p := horner(m, s, c.tanhPoly)
	small := m.FMA(m.Mul(s, a), p, a)
	y = m.Select(m.Greater(m.Float(tanhSmall), a), small, y)
	return m.Or(y, m.And(x, m.Bits(c.signBit)))
}

func log(m vec.Machine, x vec.V) vec.V {
	c := constantsOf(m)
	y, k0 := m.Normalize(x, func() (y, k vec.V) {
		subnormal := m.Greater(m.Float(c.minNormal), x)
		scale := m.Float(math.Exp2(-c.subnormalExponent))
		return m.Select(subnormal, m.Mul(x, scale), x), m.Keep(subnormal, m.Float(c.subnormalExponent))
	})
	i := m.SubInt(y, m.Bits(c.sqrtHalf))
	k := m.Add(exponent(m, i), k0)
	fraction := m.Bits(1<<c.fractionBits - 1)
	f := m.Sub(m.AddInt(m.And(i, fraction), m.Bits(c.sqrtHalf)), m.Float(1))
	r := logOfFraction(m, f, k)
	return m.FixLog(r, x, func() vec.V {
		r := m.Select(m.Greater(x, m.Float(0)), r, m.Bits(c.quietNaN))
		isZero := m.GreaterEqual(m.Float(0), m.AndNot(x, m.Bits(c.signBit)))
		r = m.Select(isZero, m.Bits(c.infinity|c.signBit), r)
		return m.Select(m.Greater(x, m.Float(c.largest)), x, r)
	})
}

// exponent is the signed whole number above the fraction's bits of i. Where it is one of 64
// bits, no conversion and no signed shift is there on AVX2: the number plus 1024, which is
// positive, becomes the last bits of 2^52 + 1024.
func exponent(m vec.Machine, i vec.V) vec.V {
	c := constantsOf(m)
	if m.Size() == 4 {
		return m.FromInt(m.ShiftRightSigned(i, c.fractionBits))
	}
	const bias, last = 1024, 0x1p52
	biased := m.ShiftRight(m.AddInt(i, m.Bits(bias<<c.fractionBits)), c.fractionBits)
	return m.Sub(m.Or(biased, m.Bits(math.Float64bits(last))), m.Float(last+bias))
}

// logOfFraction is log(1 + f) + k ln2. The rest of ln2 counts for float64; that of float32 is
// small by chance.
func logOfFraction(m vec.Machine, f, k vec.V) vec.V {
	c := constantsOf(m)
	q := horner(m, f, c.logPoly)
	if m.Size() == 4 {
		return m.FMA(k, m.Float(c.ln2Hi), m.FMA(m.Mul(f, f), q, f))
	}
	w := m.FMA(m.Mul(f, f), q, m.Mul(k, m.Float(c.ln2Lo)))
	return m.FMA(k, m.Float(c.ln2Hi), m.Add(f, w))
}
