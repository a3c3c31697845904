package vec

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Map writes the function: a loop over groups of rows, then one over rows; in
// each a loop over groups of columns, then the rest of the columns.
func (m *AMD64) Map(f Func, body func()) {
	plans := mapPlans
	switch {
	case f.Tile:
		plans = tilePlans
	case f.Chain:
		plans = chainPlans
	}
	m.fit(f, body, plans, m.writeMap)
}

// mapPlans, the best first: vectors next to each other in each of some rows, and
// in a single one. A core looks a hundred operations ahead, half as many beside another
// thread, which in a long function is no more than the next operation of each vector: more
// of them find it more to do. The functions of tiles have more operands and mostly no more
// than two vectors in a row.
var (
	tilePlans = []plan{{rows: 2, each: 2, single: 2}, {rows: 2, each: 1, single: 2}, {single: 2}, {single: 1}}
	// One row after the other.
	chainPlans = []plan{{single: 2}, {single: 1}}
	mapPlans   = append([]plan{{rows: 4, each: 2, single: 8}, {rows: 3, each: 2, single: 6}, {rows: 2, each: 2, single: 4}}, tilePlans...)
)

// few is how many vectors are computed at a time where fewer than the plan's are left.
const few = 4

func (m *AMD64) writeMap(f Func, body func(), p plan) {
	c := m.ctx
	n := m.begin(f)
	m.hoist(p.hoisted)
	m.index = c.GP64()
	if f.Flat {
		m.columns(n, 1, p.single, body)
		c.VZEROUPPER()
		c.RET()
		return
	}
	rows := c.Load(c.Param("rows"), c.GP64())
	if p.rows > 0 {
		c.Label("rows")
		c.CMPQ(rows, operand.U8(p.rows))
		c.JL(operand.LabelRef("row"))
		for r := 2; r <= p.rows; r++ {
			m.nextRow(f, r)
		}
		m.columns(n, p.rows, p.each, body)
		m.nextRow(f, 1)
		c.SUBQ(operand.U8(p.rows), rows)
		c.JMP(operand.LabelRef("rows"))
	}
	c.Label("row")
	c.TESTQ(rows, rows)
	c.JLE(operand.LabelRef("done"))
	m.columns(n, 1, p.single, body)
	if p.rows != 2 { // otherwise it was the last
		m.nextRow(f, 1)
		c.DECQ(rows)
		c.JMP(operand.LabelRef("row"))
	}
	c.Label("done")
	c.VZEROUPPER()
	c.RET()
}

// nextRow makes pointers to rows rows: one more than so far or, if it is to be the only
// one, that behind them.
func (m *AMD64) nextRow(f Func, rows int) {
	c := m.ctx
	for _, name := range f.Operands {
		stride, err := c.Param(name + "Stride").Resolve()
		if err != nil {
			panic(err)
		}
		step := c.GP64()
		c.MOVQ(stride.Addr, step)
		p := m.pointers[name]
		if rows > 1 {
			next := c.GP64()
			c.LEAQ(operand.Mem{Base: p[rows-2], Index: step, Scale: uint8(m.size)}, next)
			m.pointers[name] = append(p[:rows-1:rows-1], next)
			continue
		}
		c.LEAQ(operand.Mem{Base: p[len(p)-1], Index: step, Scale: uint8(m.size)}, p[0])
		m.pointers[name] = p[:1]
	}
}

// columns applies body to all n columns of the rows that the pointers are of.
func (m *AMD64) columns(n reg.GPVirtual, rows, cols int, body func()) {
	c := m.ctx
	label := func(name string) string { return fmt.Sprintf("%s%d", name, rows) }
	m.rows = rows
	c.XORQ(m.index, m.index)
	for _, m.cols = range slices.Compact([]int{cols, min(cols, few), 1}) {
		loop, end := label(fmt.Sprintf("vectors%dx", m.cols)), label(fmt.Sprintf("end%dx", m.cols))
		behind := c.GP64()
		c.Label(loop)
		c.LEAQ(operand.Mem{Base: m.index, Disp: m.cols * m.lanes}, behind)
		c.CMPQ(behind, n)
		c.JG(operand.LabelRef(end))
		body()
		c.ADDQ(operand.U8(m.cols*m.lanes), m.index)
		c.JMP(operand.LabelRef(loop))
		c.Label(end)
	}
	c.CMPQ(m.index, n)
	c.JGE(operand.LabelRef(label("rowDone")))
	m.makeTail(n)
	body()
	m.tail = nil
	c.Label(label("rowDone"))
}

// makeTail prepares the mask for the elements from index to n.
func (m *AMD64) makeTail(n reg.GPVirtual) {
	c := m.ctx
	rest := c.GP64()
	c.MOVQ(n, rest)
	c.SUBQ(m.index, rest)
	if m.wide() {
		ones := c.GP32()
		c.MOVL(operand.U32(0xffff), ones)
		mask := c.GP32()
		c.MOVL(ones, mask)
		shift := reg.ECX
		c.MOVL(rest.As32(), shift)
		c.SHLL(reg.CL, mask)
		c.XORL(ones, mask)
		k := c.K()
		c.ANDL(ones, mask)
		c.KMOVW(mask, k)
		m.tail = k
		return
	}
	table := c.GP64()
	c.LEAQ(m.masks().Offset(32), table)
	c.SHLQ(operand.U8(bits.TrailingZeros(uint(m.size))), rest)
	c.SUBQ(rest, table)
	m.tail = operand.Mem{Base: table}
}

// masks is the table of AVX2's masks in the file being written.
func (m *AMD64) masks() operand.Mem {
	if m.maskTable.Symbol.Name == "" {
		m.maskTable = MaskTable(m.ctx, "tailMasks")
	}
	return m.maskTable
}

// MaskTable writes eight words of ones followed by eight of zeros: AVX2's mask of
// the first n lanes begins n lanes before the zeros.
func MaskTable(ctx *build.Context, name string) operand.Mem {
	table := ctx.StaticGlobal(name)
	ctx.DataAttributes(attr.RODATA | attr.NOPTR)
	for i := range 16 {
		word := operand.U32(0xffffffff)
		if i >= 8 {
			word = 0
		}
		ctx.AddDatum(i*4, word)
	}
	return table
}

// place is where the i-th vector of the group lies.
func (m *AMD64) place(name string, i int) operand.Mem {
	return operand.Mem{Base: m.pointers[name][i/m.cols], Index: m.index, Scale: uint8(m.size), Disp: i % m.cols * m.lanes * m.size}
}

// Load reads vectors; lanes past the end of the row are 0 and not touched.
func (m *AMD64) Load(name string) V {
	g := m.vectors(m.width())
	mask := m.tailVector()
	for i, v := range g {
		switch tail := m.tail.(type) {
		case nil:
			m.ctx.VMOVUPS(m.place(name, i), v)
		case operand.Mem:
			m.typed(three(m.ctx.VMASKMOVPS), three(m.ctx.VMASKMOVPD))(m.place(name, i), mask, v)
		default:
			m.typed(three(m.ctx.VMOVUPS_Z), three(m.ctx.VMOVUPD_Z))(m.place(name, i), tail, v)
		}
	}
	return g
}

// Store writes vectors; places past the end of the row are not touched.
func (m *AMD64) Store(name string, v V) {
	v = m.reg(v)
	mask := m.tailVector()
	for i := range m.width() {
		switch tail := m.tail.(type) {
		case nil:
			m.ctx.VMOVUPS(at(v, i), m.place(name, i))
		case operand.Mem:
			m.typed(three(m.ctx.VMASKMOVPS), three(m.ctx.VMASKMOVPD))(at(v, i), mask, m.place(name, i))
		default:
			m.typed(m.ctx.VMOVUPS, m.ctx.VMOVUPD)(at(v, i), tail, m.place(name, i))
		}
	}
}

// tailVector is AVX2's mask in a register.
func (m *AMD64) tailVector() operand.Op {
	mem, ok := m.tail.(operand.Mem)
	if !ok {
		return nil
	}
	mask := m.vector()
	m.ctx.VMOVUPS(mem, mask)
	return mask
}
