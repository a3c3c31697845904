// Package noise generates the kernels that inject noise. Random bits are a
// function of seed, stream, step, row and column alone (Philox4x32-10), so every
// instruction set and number of threads draws the same.
//
// Each function repeats, operation for operation, its plain-Go definition in
// package internal/simd/noise.
package noise

import "github.com/targetprop/targetprop/gen/vec"

// Constants, as in internal/simd/noise.
const (
	philoxM0 = 0xd2511f53
	philoxM1 = 0xcd9e8d57

	bitsSqrtHalf   = 0x3f3504f3
	bitsSqrtHalf31 = bitsSqrtHalf + 31<<23
	minus2Ln2      = -0x1.62e43p+0
	quarterPi31    = 0x1.921fb6p-32
	signBit        = 0x80000000
)

// Coefficients from the highest power down.
var (
	radiusPoly = []float64{0x1.9d02acp-3, -0x1.4b5ep-2, 0x1.612166p-2, -0x1.97b1ap-2, 0x1.ff6974p-2, -0x1.5558f4p-1, 0x1.00006cp0, -2}
	sinPoly    = []float64{-0x1.9954e8p-13, 0x1.11077ap-7, -0x1.555546p-3}
	cosPoly    = []float64{-0x1.644a62p-10, 0x1.553e68p-5, -0x1.ffffb2p-2, 1}
)

// horner evaluates with separate multiplications and additions.
func horner(m vec.Machine, x vec.V, coefficients []float64) vec.V {
	p := m.Float(coefficients[0])
	for _, c := range coefficients[1:] {
		p = m.Add(m.Mul(x, p), m.Float(c))
	}
	return p
}

// philox is four random words for the counter (element, row, step, stream).
func philox(m vec.Machine, element vec.V) (words [4]vec.V) {
	c := [4]vec.Wide{m.Widen(element), m.WidenSame(m.Scalar("row")), m.WidenSame(m.Scalar("step")), m.WidenSame(m.Scalar("stream"))}
	for round := range 10 {
		hi0, lo0 := m.MulWide(c[0], philoxM0)
		hi1, lo1 := m.MulWide(c[2], philoxM1)
		c = [4]vec.Wide{
			m.XorWide(hi1, c[1], m.Table("keys", 2*round)), lo1,
			m.XorWide(hi0, c[3], m.Table("keys", 2*round+1)), lo0,
		}
	}
	for i, w := range c {
		words[i] = m.Narrow(w)
	}
	return words
}

// boxMuller is two standard normal numbers from two random words.
func boxMuller(m vec.Machine, a, b vec.V) (z0, z1 vec.V) {
	u := m.FromInt(m.Or(m.ShiftRight(a, 1), m.Bits(1)))
	i := m.SubInt(u, m.Bits(bitsSqrtHalf31))
	k := m.FromInt(m.ShiftRightSigned(i, 23))
	f := m.Sub(m.AddInt(m.And(i, m.Bits(0x007fffff)), m.Bits(bitsSqrtHalf)), m.Float(1))
	l := horner(m, f, radiusPoly)
	r := m.Sqrt(m.Add(m.Mul(k, m.Float(minus2Ln2)), m.Mul(l, f)))

	p := m.Mul(m.FromInt(m.ShiftLeft(b, 2)), m.Float(quarterPi31))
	s := m.Mul(p, p)
	sin := horner(m, s, sinPoly)
	sin = m.Add(m.Mul(m.Mul(sin, s), p), p)
	cos := horner(m, s, cosPoly)

	swap := m.ShiftRightSigned(m.ShiftLeft(b, 1), 31)
	d := m.And(m.Xor(cos, sin), swap)
	cosSign := m.And(m.Xor(b, m.ShiftLeft(b, 1)), m.Bits(signBit))
	sinSign := m.And(b, m.Bits(signBit))
	z0 = m.Mul(r, m.Xor(m.Xor(cos, d), cosSign))
	z1 = m.Mul(r, m.Xor(m.Xor(sin, d), sinSign))
	return z0, z1
}

// Kernels writes the noise functions.
func Kernels(m vec.Machine) {
	m.Blocks(vec.Func{
		Name: "Gaussian",
		Doc: []string{"writes dst[i] = src[i] + std*z[i] for n blocks of 64 standard normal z, where word w of",
			"the counter (16*(first + block) + lane, row, step, stream) makes element 16*w + lane of",
			"its block. dst may be src. keys are the 20 round keys of Philox4x32-10."},
		Operands: []string{"dst", "src"},
		Scalars:  []string{"std"},
		Words:    []string{"first", "row", "step", "stream"},
		Tables:   []string{"keys"},
		Flat:     true,
	}, func() {
		words := philox(m, m.Index())
		for w := 0; w < 4; w += 2 {
			z0, z1 := boxMuller(m, words[w], words[w+1])
			m.StoreAt("dst", 16*w, m.Add(m.Mul(m.Scalar("std"), z0), m.LoadAt("src", 16*w)))
			m.StoreAt("dst", 16*w+16, m.Add(m.Mul(m.Scalar("std"), z1), m.LoadAt("src", 16*w+16)))
		}
	})
	m.Map(vec.Func{
		Name: "Bernoulli",
		Doc: []string{"writes dst[i] = (dst[i] + sum over words w of use[w]*(u[w] < p[i]) + p[i] - p[i]) / divisor, u[w]",
			"uniform on [0, 1) from word w of the counter (first + i, row, step, stream). use[w] is 0 or 1."},
		Operands: []string{"dst", "p"},
		Scalars:  []string{"use0", "use1", "use2", "use3", "divisor"},
		Words:    []string{"first", "row", "step", "stream"},
		Tables:   []string{"keys"},
		Flat:     true,
	}, func() {
		words := philox(m, m.AddInt(m.Index(), m.Scalar("first")))
		p := m.Load("p")
		sum := m.Load("dst")
		for w, use := range []string{"use0", "use1", "use2", "use3"} {
			u := m.Mul(m.FromInt(m.ShiftRight(words[w], 8)), m.Float(0x1p-24))
			sum = m.Add(sum, m.Keep(m.Greater(p, u), m.Scalar(use)))
		}
		sum = m.Add(sum, m.Sub(p, p)) // 0, but NaN where p is
		m.Store("dst", m.Div(sum, m.Scalar("divisor")))
	})
}
