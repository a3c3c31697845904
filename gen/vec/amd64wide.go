package vec

import "github.com/mmcloughlin/avo/operand"

// wide is 32-bit integers in the lower halves of lanes of 64 bits: those with even
// and those with odd numbers. What is in the upper halves does not matter, as
// VPMULUDQ does not read them: a product is its own lower half.
type wide struct {
	even, odd V // odd is nil where all lanes are the same
}

// Widen moves the odd lanes to lower halves.
func (m *AMD64) Widen(a V) Wide { return wide{a, m.shift(m.ctx.VPSRLQ, a, 32)} }

// WidenSame has nothing to move.
func (m *AMD64) WidenSame(a V) Wide { return wide{a, nil} }

// Narrow puts the lower halves side by side. They are not all the same.
func (m *AMD64) Narrow(a Wide) V {
	c, w := m.ctx, a.(wide)
	odd := m.shift(c.VPSLLQ, w.odd, 32)
	if !m.wide() {
		return m.binary(func(ops ...operand.Op) { c.VPBLENDD(operand.U8(0xaa), ops[0], ops[1], ops[2]) }, w.even, odd)
	}
	k, bits := c.K(), c.GP32()
	c.MOVL(operand.U32(0xaaaa), bits)
	c.KMOVW(bits, k)
	return m.Select(group{k}, odd, w.even)
}

// MulWide multiplies.
func (m *AMD64) MulWide(a Wide, b uint32) (hi, lo Wide) {
	w, factor := a.(wide), m.Bits(uint64(b))
	var high, low wide
	low.even = m.commutative(m.ctx.VPMULUDQ, w.even, factor)
	high.even = m.shift(m.ctx.VPSRLQ, low.even, 32)
	if w.odd != nil {
		low.odd = m.commutative(m.ctx.VPMULUDQ, w.odd, factor)
		high.odd = m.shift(m.ctx.VPSRLQ, low.odd, 32)
	}
	return high, low
}

// XorWide is one instruction of AVX-512.
func (m *AMD64) XorWide(a, b Wide, c V) Wide {
	x, y := a.(wide), b.(wide)
	if x.odd == nil && y.odd == nil {
		return wide{m.xor3(x.even, y.even, c), nil}
	}
	if x.odd == nil {
		x.odd = m.Copy(x.even)
	}
	if y.odd == nil {
		y.odd = y.even
	}
	return wide{m.xor3(x.even, y.even, c), m.xor3(x.odd, y.odd, c)}
}

// xor3 is a ^ b ^ c, in the registers of a if there are enough of them.
func (m *AMD64) xor3(a, b, c V) V {
	if !m.wide() {
		return m.Xor(a, m.Xor(b, c)) // the second is ready before the product
	}
	const parity = 0x96 // of three bits
	if n := most(a, b, c); len(a.(group)) < n {
		a = m.copies(a, n)
	}
	for i, r := range a.(group) {
		m.ctx.VPTERNLOGD(operand.U8(parity), at(c, i), at(b, i), r)
	}
	return a
}
