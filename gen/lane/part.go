package lane

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Part is the first lanes of a vector, fewer than all: those that a row has left.
type Part struct {
	m    *Machine
	n    reg.GPVirtual // the lanes
	mask operand.Op    // AVX2: a register of ones and zeros; AVX-512: a mask
	ones operand.Mem   // AVX2: where the mask lies
}

// Part is the first n lanes, at least 1. n does not change.
func (m *Machine) Part(n reg.GPVirtual) Part {
	table := m.Ctx.GP64()
	if m.wide() {
		m.Ctx.LEAQ(m.maskTable(), table)
		k := m.Ctx.K()
		m.Ctx.KMOVW(operand.Mem{Base: table, Index: n, Scale: 2}, k)
		return Part{m: m, n: n, mask: k}
	}
	m.Ctx.LEAQ(m.maskTable().Offset(m.Bytes), table)
	back := m.Ctx.GP64()
	m.Ctx.MOVQ(n, back)
	m.Ctx.NEGQ(back)
	mask := m.Vector()
	ones := operand.Mem{Base: table, Index: back, Scale: uint8(m.Size)}
	m.Ctx.VMOVUPS(ones, mask)
	return Part{m: m, n: n, mask: mask, ones: ones}
}

// maskTable is AVX2's vector of ones and one of zeros behind it, or AVX-512's masks by
// their numbers of lanes.
func (m *Machine) maskTable() operand.Mem {
	if m.masks.Symbol.Name != "" {
		return m.masks
	}
	m.masks = m.Ctx.StaticGlobal(fmt.Sprintf("partMasks%d", m.Size))
	m.Ctx.DataAttributes(attr.RODATA | attr.NOPTR)
	if m.wide() {
		for n := range m.Lanes() {
			m.Ctx.AddDatum(2*n, operand.U16(1<<n-1))
		}
		return m.masks
	}
	for at := 0; at < 2*m.Bytes; at += 8 {
		ones := operand.U64(1<<64 - 1)
		if at >= m.Bytes {
			ones = 0
		}
		m.Ctx.AddDatum(at, ones)
	}
	return m.masks
}

// Load reads the part. Other lanes are 0, and their memory is not touched.
func (p Part) Load(from operand.Mem, v reg.VecVirtual) {
	switch c := p.m.Ctx; {
	case p.m.wide() && p.m.Size == 8:
		c.VMOVUPD_Z(from, p.mask, v)
	case p.m.wide():
		c.VMOVUPS_Z(from, p.mask, v)
	case p.m.Size == 8:
		c.VMASKMOVPD(from, p.mask, v)
	default:
		c.VMASKMOVPS(from, p.mask, v)
	}
}

// LoadSingles reads the part, numbers of float32, as float64.
func (p Part) LoadSingles(from operand.Mem) reg.VecVirtual {
	c, v := p.m.Ctx, p.m.Vector()
	if p.m.wide() {
		half := c.YMM()
		c.VMOVUPS_Z(from, p.mask, half)
		c.VCVTPS2PD(half, v)
		return v
	}
	mask, half := c.XMM(), c.XMM()
	ones := p.ones
	ones.Scale = 4
	c.VMOVUPS(ones, mask)
	c.VMASKMOVPS(from, mask, half)
	c.VCVTPS2PD(half, v)
	return v
}

// Store writes the part; other memory is not touched. AVX2's masked store takes some twenty
// cycles on cores of AMD, so a half, a quarter and an eighth of the vector are stored
// instead, those of them that belong to the part.
func (p Part) Store(v reg.VecVirtual, to operand.Mem) {
	c := p.m.Ctx
	switch {
	case p.m.wide() && p.m.Size == 8:
		c.VMOVUPD(v, p.mask, to)
	case p.m.wide():
		c.VMOVUPS(v, p.mask, to)
	default:
		at, rest := c.GP64(), c.XMM()
		c.LEAQ(to, at)
		c.VMOVUPS(v.AsX(), rest)
		here := operand.Mem{Base: at}
		p.storeIf(16, func() {
			c.VMOVUPS(rest, here)
			c.VEXTRACTF128(operand.U8(1), v, rest)
			c.ADDQ(operand.U8(16), at)
		})
		if p.m.Size == 4 {
			p.storeIf(8, func() {
				c.VMOVSD(rest, here)
				c.VPERMILPD(operand.U8(1), rest, rest)
				c.ADDQ(operand.U8(8), at)
			})
		}
		p.storeIf(p.m.Size, func() { p.m.StoreFirst(rest, here) })
	}
}

// storeIf does what stores so many bytes, a power of two, if they belong to the part.
func (p Part) storeIf(bytes int, store func()) {
	p.m.labels++
	skip := fmt.Sprintf("stored%d", p.m.labels)
	p.m.Ctx.TESTQ(operand.U32(bytes/p.m.Size), p.n)
	p.m.Ctx.JE(operand.LabelRef(skip))
	store()
	p.m.Ctx.Label(skip)
}

// FMA is c += a*b in the part. Other lanes of c stay as they are: to add 0 there would
// make a -0 of an underflow +0.
func (p Part) FMA(a, b, c reg.VecVirtual) {
	switch ctx := p.m.Ctx; {
	case p.m.wide() && p.m.Size == 8:
		ctx.VFMADD231PD(a, b, p.mask, c)
	case p.m.wide():
		ctx.VFMADD231PS(a, b, p.mask, c)
	default:
		sum := p.m.Vector()
		ctx.VMOVUPS(c, sum)
		p.m.FMA(a, b, sum)
		if p.m.Size == 8 {
			ctx.VBLENDVPD(p.mask, sum, c, c)
		} else {
			ctx.VBLENDVPS(p.mask, sum, c, c)
		}
	}
}

// Rest goes on with the elements that are left when whole blocks of vectors are done:
// whole vectors, each by full, then the last by part. n, below the elements of all
// vectors, is changed. Both are called with the number of the vector.
func (m *Machine) Rest(section string, n reg.GPVirtual, vectors int, full func(v int), part func(v int, p Part)) {
	label := func(v int) string { return fmt.Sprintf("%spart%d", section, v) }
	done := operand.LabelRef(section + "rest")
	for v := range vectors - 1 {
		m.Ctx.CMPQ(n, operand.U8(m.Lanes()))
		m.Ctx.JL(operand.LabelRef(label(v)))
		full(v)
		m.Ctx.SUBQ(operand.U8(m.Lanes()), n)
	}
	for v := vectors - 1; v >= 0; v-- {
		m.Ctx.Label(label(v))
		m.Ctx.TESTQ(n, n)
		m.Ctx.JE(done)
		part(v, m.Part(n))
		if v > 0 {
			m.Ctx.JMP(done)
		}
	}
	m.Ctx.Label(section + "rest")
}
