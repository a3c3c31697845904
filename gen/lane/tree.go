package lane

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Tree makes one of the lanes of all vectors: lane j and lane j + half of them, for half
// of the lanes that are left, again and again. join is b = join(a, b). The result is the
// lowest lane of the register that is returned.
func (m *Machine) Tree(v []reg.VecVirtual, join func(a, b operand.Op)) reg.VecVirtual {
	c := m.Ctx
	for n := len(v) / 2; n > 0; n /= 2 {
		for i := range n {
			join(v[i+n], v[i])
		}
	}
	low := v[0]
	if m.wide() {
		high := c.YMM()
		c.VEXTRACTF64X4(operand.U8(1), v[0], high)
		join(high, v[0].AsY())
	}
	high := c.XMM()
	c.VEXTRACTF128(operand.U8(1), v[0].AsY(), high)
	join(high, v[0].AsX())
	second := c.XMM()
	c.VPERMILPD(operand.U8(1), v[0].AsX(), second)
	join(second, v[0].AsX())
	if m.Size == 4 {
		last := c.XMM()
		c.VMOVSHDUP(v[0].AsX(), last)
		join(last, v[0].AsX())
	}
	return low
}

// LoadFirst reads an element, StoreFirst writes the lowest lane.
func (m *Machine) LoadFirst(from operand.Mem) reg.VecVirtual {
	v := m.Ctx.XMM()
	if m.Size == 8 {
		m.Ctx.VMOVSD(from, v)
	} else {
		m.Ctx.VMOVSS(from, v)
	}
	return v
}

// StoreFirst writes the lowest lane.
func (m *Machine) StoreFirst(v reg.VecVirtual, to operand.Mem) {
	if m.Size == 8 {
		m.Ctx.VMOVSD(v.AsX(), to)
	} else {
		m.Ctx.VMOVSS(v.AsX(), to)
	}
}

// FMAFirst is c += a*b in the lowest lane.
func (m *Machine) FMAFirst(a operand.Op, b, c reg.VecVirtual) {
	if m.Size == 8 {
		m.Ctx.VFMADD231SD(a, b.AsX(), c.AsX())
	} else {
		m.Ctx.VFMADD231SS(a, b.AsX(), c.AsX())
	}
}

// Result is where the function's result goes.
func (m *Machine) Result() operand.Mem { return resolved(m.Ctx.ReturnIndex(0)) }
