package vec

import (
	"math"

	"github.com/mmcloughlin/avo/operand"
)

// Copy moves v to a new register.
func (m *AMD64) Copy(v V) V { return m.copies(v, m.width()) }

// copies is n copies of the vectors of v.
func (m *AMD64) copies(v V, n int) group {
	g := m.vectors(n)
	for i, r := range g {
		m.ctx.VMOVUPS(at(v, i), r)
	}
	return g
}

// reg is v in registers.
func (m *AMD64) reg(v V) V {
	if _, ok := at(v, 0).(operand.Mem); ok {
		return m.copies(v, 1) // what is in memory is the same for the whole group
	}
	return v
}

// most is the number of vectors in the longest of the groups.
func most(of ...V) int {
	n := 0
	for _, v := range of {
		n = max(n, len(v.(group)))
	}
	return n
}

func (m *AMD64) binary(f func(...operand.Op), a, b V) V {
	a = m.reg(a)
	dst := m.vectors(most(a, b))
	for i, r := range dst {
		f(at(b, i), at(a, i), r)
	}
	return dst
}

// commutative is binary with memory moved to the place where it is allowed.
func (m *AMD64) commutative(f func(...operand.Op), a, b V) V {
	if _, ok := at(a, 0).(operand.Mem); ok {
		a, b = b, a
	}
	return m.binary(f, a, b)
}

// unary applies f to the vectors of a, which may be in memory.
func (m *AMD64) unary(f func(...operand.Op), a V) V {
	dst := m.vectors(most(a))
	for i, r := range dst {
		f(at(a, i), r)
	}
	return dst
}

// Add is a + b.
func (m *AMD64) Add(a, b V) V { return m.commutative(m.typed(m.ctx.VADDPS, m.ctx.VADDPD), a, b) }

// Sub is a - b.
func (m *AMD64) Sub(a, b V) V { return m.binary(m.typed(m.ctx.VSUBPS, m.ctx.VSUBPD), a, b) }

// Mul is a * b.
func (m *AMD64) Mul(a, b V) V { return m.commutative(m.typed(m.ctx.VMULPS, m.ctx.VMULPD), a, b) }

// Div is a / b.
func (m *AMD64) Div(a, b V) V {
	m.noteDivider()
	return m.binary(m.typed(m.ctx.VDIVPS, m.ctx.VDIVPD), a, b)
}

// noteDivider says that what is tried needs the divider.
func (m *AMD64) noteDivider() {
	if m.found != nil {
		m.found.divides = true
	}
}

// Sqrt is the square root.
func (m *AMD64) Sqrt(a V) V {
	m.noteDivider()
	return m.unary(m.ctx.VSQRTPS, a)
}

// FMA is a*b + c.
func (m *AMD64) FMA(a, b, c V) V {
	return m.fused(m.typed(m.ctx.VFMADD231PS, m.ctx.VFMADD231PD), a, b, c)
}

// NegFMA is c - a*b.
func (m *AMD64) NegFMA(a, b, c V) V {
	return m.fused(m.typed(m.ctx.VFNMADD231PS, m.ctx.VFNMADD231PD), a, b, c)
}

func (m *AMD64) fused(f func(...operand.Op), a, b, c V) V {
	if _, ok := at(a, 0).(operand.Mem); ok {
		a, b = b, a
	}
	a = m.reg(a)
	dst := m.copies(c, most(a, b, c))
	for i, r := range dst {
		f(at(b, i), at(a, i), r)
	}
	return dst
}

// Horner sets p = p*x + c.
func (m *AMD64) Horner(p *V, x, c V) {
	x = m.reg(x)
	for i := range m.width() {
		m.typed(m.ctx.VFMADD213PS, m.ctx.VFMADD213PD)(at(c, i), at(x, i), at(*p, i))
	}
}

// Scale is one instruction of AVX-512; on Zen 4 it is none of the multiplier's.
func (m *AMD64) Scale(p, n V, otherwise func() V) V {
	if !m.wide() {
		return otherwise()
	}
	return m.binary(m.typed(m.ctx.VSCALEFPS, m.ctx.VSCALEFPD), p, n)
}

// Normalize is two instructions of AVX-512, one for each part.
func (m *AMD64) Normalize(x V, otherwise func() (y, k V)) (y, k V) {
	if !m.wide() {
		return otherwise()
	}
	const oneToTwo = 0 // the interval of y
	y = m.unary(func(ops ...operand.Op) {
		m.typed(m.ctx.VGETMANTPS, m.ctx.VGETMANTPD)(operand.U8(oneToTwo), ops[0], ops[1])
	}, x)
	return y, m.unary(m.typed(m.ctx.VGETEXPPS, m.ctx.VGETEXPPD), x)
}

// FixLog is one instruction of AVX-512.
func (m *AMD64) FixLog(r, x V, _ func() V) V {
	if !m.wide() {
		return m.fixLog(r, x)
	}
	// What becomes of each class of x, in 4 bits from the lowest: NaN, signalling NaN,
	// 0, 1, -Inf, +Inf, negative, positive.
	const keep, nan, minusInf, plusInf = 0, 3, 4, 5
	const responses = nan | nan<<4 | minusInf<<8 | keep<<12 | nan<<16 | plusInf<<20 | nan<<24 | keep<<28
	table, dst := m.reg(m.Bits(responses)), m.copies(r, most(r, x))
	for i, r := range dst {
		m.typed(m.ctx.VFIXUPIMMPS, m.ctx.VFIXUPIMMPD)(operand.U8(0), at(table, i), at(x, i), r)
	}
	return dst
}

// fixLog blends nothing, which would take two or three of a core's operations: all bits
// set are a NaN, and without those of the fraction -Inf.
func (m *AMD64) fixLog(r, x V) V {
	fraction, largest := uint64(0x007fffff), math.MaxFloat32
	if m.size == 8 {
		fraction, largest = 1<<52-1, math.MaxFloat64
	}
	r = m.Or(r, m.compare(notGreaterQuiet, x, m.Float(0)))
	r = m.AndNot(r, m.And(m.compare(equalQuiet, x, m.Float(0)), m.Bits(fraction)))
	return m.Add(r, m.Keep(m.Greater(x, m.Float(largest)), x))
}

// Max is a where a > b, else b: MAXPS returns its second source unless the
// first is greater.
func (m *AMD64) Max(a, b V) V { return m.binary(m.typed(m.ctx.VMAXPS, m.ctx.VMAXPD), a, b) }

// Min is a where a < b, else b.
func (m *AMD64) Min(a, b V) V { return m.binary(m.typed(m.ctx.VMINPS, m.ctx.VMINPD), a, b) }

// Predicates of VCMPPS that raise no exception. notGreater is true for NaN.
const (
	equalQuiet        = 0x00 // _CMP_EQ_OQ
	notGreaterQuiet   = 0x1a // _CMP_NGT_UQ
	greaterQuiet      = 0x1e // _CMP_GT_OQ
	greaterEqualQuiet = 0x1d // _CMP_GE_OQ
)

// Greater is a > b.
func (m *AMD64) Greater(a, b V) Mask { return m.compare(greaterQuiet, a, b) }

// GreaterEqual is a >= b.
func (m *AMD64) GreaterEqual(a, b V) Mask { return m.compare(greaterEqualQuiet, a, b) }

func (m *AMD64) compare(predicate uint8, a, b V) Mask {
	a = m.reg(a)
	masks := make(group, most(a, b))
	for i := range masks {
		masks[i] = m.ctx.K()
		if !m.wide() {
			masks[i] = m.vector()
		}
		m.typed(m.ctx.VCMPPS, m.ctx.VCMPPD)(operand.U8(predicate), at(b, i), at(a, i), masks[i])
	}
	return masks
}

// Select blends. AVX-512 moves one over the other, as avo takes the instructions
// that blend to read their destination.
func (m *AMD64) Select(mask Mask, a, b V) V {
	a, b = m.reg(a), m.reg(b)
	if m.wide() {
		dst := m.copies(b, most(mask, a, b))
		for i, r := range dst {
			m.typed(m.ctx.VMOVAPS, m.ctx.VMOVAPD)(at(a, i), at(mask, i), r)
		}
		return dst
	}
	dst := m.vectors(most(mask, a, b))
	for i, r := range dst {
		if m.size == 8 {
			m.ctx.VBLENDVPD(at(mask, i), at(a, i), at(b, i), r)
		} else {
			m.ctx.VBLENDVPS(at(mask, i), at(a, i), at(b, i), r)
		}
	}
	return dst
}

// Keep takes one instruction, where AVX2's blend takes two or three of the core's.
func (m *AMD64) Keep(mask Mask, a V) V {
	if !m.wide() {
		return m.And(mask, a)
	}
	a = m.reg(a)
	dst := m.vectors(most(mask, a))
	for i, r := range dst {
		m.typed(three(m.ctx.VMOVAPS_Z), three(m.ctx.VMOVAPD_Z))(at(a, i), at(mask, i), r)
	}
	return dst
}

// logic picks the name of an integer instruction, which carries the element
// size on AVX-512.
func (m *AMD64) logic(avx2, avx512 func(...operand.Op)) func(...operand.Op) {
	if m.wide() {
		return avx512
	}
	return avx2
}

func three(f func(a, b, c operand.Op)) func(...operand.Op) {
	return func(ops ...operand.Op) { f(ops[0], ops[1], ops[2]) }
}

// And is bitwise.
func (m *AMD64) And(a, b V) V {
	return m.commutative(m.logic(three(m.ctx.VPAND), m.ctx.VPANDD), a, b)
}

// AndNot clears the bits of b in a.
func (m *AMD64) AndNot(a, b V) V {
	return m.binary(m.logic(three(m.ctx.VPANDN), m.ctx.VPANDND), b, a)
}

// Or is bitwise.
func (m *AMD64) Or(a, b V) V { return m.commutative(m.logic(three(m.ctx.VPOR), m.ctx.VPORD), a, b) }

// Xor is bitwise.
func (m *AMD64) Xor(a, b V) V { return m.commutative(m.logic(three(m.ctx.VPXOR), m.ctx.VPXORD), a, b) }

// AddInt wraps.
func (m *AMD64) AddInt(a, b V) V { return m.commutative(m.typed(m.ctx.VPADDD, m.ctx.VPADDQ), a, b) }

// SubInt wraps.
func (m *AMD64) SubInt(a, b V) V { return m.binary(m.typed(m.ctx.VPSUBD, m.ctx.VPSUBQ), a, b) }

func (m *AMD64) shift(f func(...operand.Op), a V, bits uint8) V {
	return m.unary(func(ops ...operand.Op) { f(operand.U8(bits), ops[0], ops[1]) }, m.reg(a))
}

// ShiftLeft shifts zeros in.
func (m *AMD64) ShiftLeft(a V, bits uint8) V {
	return m.shift(m.typed(m.ctx.VPSLLD, m.ctx.VPSLLQ), a, bits)
}

// ShiftRight shifts zeros in.
func (m *AMD64) ShiftRight(a V, bits uint8) V {
	return m.shift(m.typed(m.ctx.VPSRLD, m.ctx.VPSRLQ), a, bits)
}

// ShiftRightSigned shifts copies of the sign bit in.
func (m *AMD64) ShiftRightSigned(a V, bits uint8) V { return m.shift(m.ctx.VPSRAD, a, bits) }

// FromInt converts.
func (m *AMD64) FromInt(a V) V { return m.unary(m.ctx.VCVTDQ2PS, a) }
