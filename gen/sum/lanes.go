package sum

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/lane"
)

// bytes is the memory of the lanes of a sum. It is a part of what the sums are defined
// to be, as rowBytes is for those of a matrix's rows.
const (
	bytes    = 256
	rowBytes = 128
)

// adder takes vectors of one operand into an accumulator.
type adder struct {
	full func(x operand.Mem, acc reg.VecVirtual)
	part func(p lane.Part, x operand.Mem, acc reg.VecVirtual)
	join func(a, b operand.Op)
}

// lanesDoc says in which order a sum is added up.
const lanesDoc = "Element p belongs to one of 256 bytes of lanes in turn; each lane is added up in order, then lane j and j + half."

// single writes the function of one operand.
func single(m *lane.Machine, name, doc string, begin func() adder) {
	m.Begin(name, "func(n int, x *T) T", doc, lanesDoc)
	n, x := m.Param("n"), m.Param("x")
	add := begin()
	acc := accumulators(m, bytes/m.Bytes)
	at := func(v int) operand.Mem { return operand.Mem{Base: x, Disp: v * m.Bytes} }
	blockLoop(m, "", n, bytes, bytes, []reg.GPVirtual{x}, func(v int) { add.full(at(v), acc[v]) })
	m.Rest("", n, len(acc), func(v int) { add.full(at(v), acc[v]) },
		func(v int, p lane.Part) { add.part(p, at(v), acc[v]) })
	m.StoreFirst(m.Tree(acc, add.join), m.Result())
	m.End()
}

func dot(m *lane.Machine) {
	m.Begin("Dot", "func(n int, x, y *T) T", "returns the sum of x[p]*y[p], p < n, by fused multiply-adds.", lanesDoc)
	n, x, y := m.Param("n"), m.Param("x"), m.Param("y")
	acc := accumulators(m, bytes/m.Bytes)
	at := func(base reg.GPVirtual, v int) operand.Mem { return operand.Mem{Base: base, Disp: v * m.Bytes} }
	full := func(v int) {
		e := m.Vector()
		m.Load(at(x, v), e)
		m.FMA(at(y, v), e, acc[v])
	}
	blockLoop(m, "", n, bytes, bytes, []reg.GPVirtual{x, y}, full)
	m.Rest("", n, len(acc), full, func(v int, p lane.Part) {
		e, f := m.Vector(), m.Vector()
		p.Load(at(x, v), e)
		p.Load(at(y, v), f)
		p.FMA(e, f, acc[v])
	})
	m.StoreFirst(m.Tree(acc, func(a, b operand.Op) { m.Add(a, b, b) }), m.Result())
	m.End()
}

// accumulators are n zeros.
func accumulators(m *lane.Machine, n int) []reg.VecVirtual {
	acc := m.Vectors(n)
	for _, v := range acc {
		m.Zero(v)
	}
	return acc
}

// blockLoop writes the loop over whole blocks of lanes, which read step bytes at each
// pointer. It leaves n to the elements after them, and the pointers there. The section's name
// begins its labels.
func blockLoop(m *lane.Machine, section string, n reg.GPVirtual, bytes, step int, pointers []reg.GPVirtual, full func(v int)) {
	c, elements := m.Ctx, operand.U32(bytes/m.Size)
	c.SUBQ(elements, n)
	c.JL(operand.LabelRef(section + "few"))
	c.Label(section + "block")
	for v := range bytes / m.Bytes {
		full(v)
	}
	for _, p := range pointers {
		c.ADDQ(operand.U32(step), p)
	}
	c.SUBQ(elements, n)
	c.JGE(operand.LabelRef(section + "block"))
	c.Label(section + "few")
	c.ADDQ(elements, n)
}
