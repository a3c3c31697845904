package level1

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/lane"
)

// unroll is the vectors of a turn of a loop.
const unroll = 4

// along writes the loop over n elements: unroll vectors at a time, then those that are
// left. body is called for each, with their distance in bytes from the pointers, and a
// part of a vector or nil.
func along(m *lane.Machine, section string, n reg.GPVirtual, pointers []reg.GPVirtual, vectors int, body func(disp int, p *lane.Part)) {
	c, elements := m.Ctx, operand.U8(vectors*m.Lanes())
	c.SUBQ(elements, n)
	c.JL(operand.LabelRef(section + "few"))
	c.Label(section + "block")
	for v := range vectors {
		body(v*m.Bytes, nil)
	}
	for _, p := range pointers {
		c.ADDQ(operand.U32(vectors*m.Bytes), p)
	}
	c.SUBQ(elements, n)
	c.JGE(operand.LabelRef(section + "block"))
	c.Label(section + "few")
	c.ADDQ(elements, n)
	m.Rest(section, n, vectors, func(v int) { body(v*m.Bytes, nil) }, func(v int, p lane.Part) { body(v*m.Bytes, &p) })
}

// load and store are those of a vector or its part.
func load(m *lane.Machine, p *lane.Part, from operand.Mem) reg.VecVirtual {
	v := m.Vector()
	if p != nil {
		p.Load(from, v)
	} else {
		m.Load(from, v)
	}
	return v
}

func store(m *lane.Machine, p *lane.Part, v reg.VecVirtual, to operand.Mem) {
	if p != nil {
		p.Store(v, to)
	} else {
		m.Store(v, to)
	}
}

func at(base reg.GPVirtual, disp int) operand.Mem { return operand.Mem{Base: base, Disp: disp} }
