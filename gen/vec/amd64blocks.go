package vec

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// The elements of a block and of a word of it.
const (
	blockSize = 64
	wordSize  = 16
)

// Blocks writes the function: a loop over two blocks at a time, then over one.
func (m *AMD64) Blocks(f Func, body func()) {
	m.fit(f, body, []plan{{single: 4}, {single: 2}, {single: 1}}, m.writeBlocks)
}

func (m *AMD64) writeBlocks(f Func, body func(), p plan) {
	c := m.ctx
	n := m.begin(f)
	m.hoist(p.hoisted)
	m.tail, m.rows, m.cols = nil, 1, 1
	first := m.ShiftLeft(m.Scalar("first"), 4)
	m.counter = at(m.AddInt(first, m.iota()), 0).(reg.VecVirtual)
	parts := wordSize / m.lanes
	if blocks := p.single / parts; blocks > 1 {
		c.Label("blocks")
		c.CMPQ(n, operand.U8(blocks))
		c.JL(operand.LabelRef("block"))
		m.blocks(f, blocks, p.single, body)
		c.SUBQ(operand.U8(blocks), n)
		c.JMP(operand.LabelRef("blocks"))
	}
	c.Label("block")
	c.TESTQ(n, n)
	c.JLE(operand.LabelRef("done"))
	m.blocks(f, 1, min(p.single, parts), body)
	c.DECQ(n)
	c.JMP(operand.LabelRef("block"))
	c.Label("done")
	m.counter = nil
	c.VZEROUPPER()
	c.RET()
}

// blocks applies body to some blocks, width vectors at a time, and moves on.
func (m *AMD64) blocks(f Func, blocks, width int, body func()) {
	m.rows, m.cols = 1, width
	for m.first = 0; m.first*m.lanes < blocks*wordSize; m.first += width {
		body()
	}
	m.cols = 1
	m.ctx.VPADDD(at(m.reg(m.Bits(uint64(blocks*wordSize))), 0), m.counter, m.counter)
	for _, name := range f.Operands {
		m.ctx.ADDQ(operand.U32(4*blockSize*blocks), m.pointers[name][0])
	}
}

// Index is the lane's column or counter.
func (m *AMD64) Index() V {
	if m.counter != nil {
		return m.numbered(m.counter, m.first)
	}
	scalar, v := m.ctx.XMM(), m.vector()
	m.ctx.VMOVD(m.index.As32(), scalar)
	m.ctx.VPBROADCASTD(scalar, v)
	return m.numbered(at(m.AddInt(group{v}, m.iota()), 0), 0)
}

// numbered is lanes that count on from vector to vector of the group, where v is
// the one that has the number 0 and the group begins with the given one.
func (m *AMD64) numbered(v operand.Op, first int) V {
	g := make(group, m.width())
	for i := range g {
		g[i] = v
		if number := first + i%m.cols; number > 0 {
			g[i] = at(m.AddInt(group{v}, m.Bits(uint64(number*m.lanes))), 0)
		}
	}
	return g
}

// offset is where in the blocks the i-th vector of the group lies.
func (m *AMD64) offset(name string, i, word int) operand.Mem {
	lane := (m.first + i) * m.lanes // counted through the blocks
	element := lane/wordSize*blockSize + lane%wordSize + word
	return operand.Mem{Base: m.pointers[name][0], Disp: 4 * element}
}

// LoadAt reads vectors of blocks.
func (m *AMD64) LoadAt(name string, offset int) V {
	g := m.vectors(m.width())
	for i, v := range g {
		m.ctx.VMOVUPS(m.offset(name, i, offset), v)
	}
	return g
}

// StoreAt writes vectors of blocks.
func (m *AMD64) StoreAt(name string, offset int, v V) {
	v = m.reg(v)
	for i := range m.width() {
		m.ctx.VMOVUPS(at(v, i), m.offset(name, i, offset))
	}
}
