package sum

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
	"github.com/targetprop/targetprop/gen/lane"
)

// rowsAtATime is how many rows share the loads of x: with AVX2's 4 accumulators a row, 12
// of 16 registers; with AVX-512's 2, as many chains as keep two multipliers busy.
func rowsAtATime(m *lane.Machine) int { return map[int]int{32: 3, 64: 4}[m.Bytes] }

// rowsKernel is the registers of the kernel for rows.
type rowsKernel struct {
	m                 *lane.Machine
	rows, a, y        reg.GPVirtual
	n, x, step, along reg.GPVirtual
	odd               []reg.GPVirtual // multiples of the stride
}

func rows(m *lane.Machine) {
	m.Begin("Rows", "func(rows, n int, alpha T, a *T, stride uintptr, x, y *T, next uintptr)",
		"adds alpha times a row of A by x to each y:", "",
		"\ty[i] += alpha * sum over p < n of a[i][p]*x[p]", "",
		"by fused multiply-adds. Element p belongs to one of 128 bytes of lanes in turn; each lane is added up in order, then",
		"lane j and j + half. a[i] is at a + i*stride and y[i] at y + i*next, in bytes. There is at least one row.")
	c := m.Ctx
	k := rowsKernel{m: m, rows: m.Param("rows"), a: m.Param("a"), y: m.Param("y"), n: c.GP64(), x: c.GP64(), along: c.GP64(), step: m.Param("next")}
	k.odd = []reg.GPVirtual{m.Param("stride")}
	if rowsAtATime(m) > 3 {
		k.odd = append(k.odd, c.GP64())
	}
	address.OddMultiples(c, k.odd)
	several := rowsAtATime(m)
	c.CMPQ(k.rows, operand.U8(several))
	c.JL(operand.LabelRef("single"))
	k.group(several, "several")
	c.CMPQ(k.rows, operand.U8(several))
	c.JGE(operand.LabelRef("several"))
	c.TESTQ(k.rows, k.rows)
	c.JE(operand.LabelRef("done"))
	k.group(1, "single")
	c.TESTQ(k.rows, k.rows)
	c.JNE(operand.LabelRef("single"))
	c.Label("done")
	m.End()
}

// group is some rows.
func (k rowsKernel) group(rows int, name string) {
	m, c := k.m, k.m.Ctx
	c.Label(name)
	c.MOVQ(m.Argument("n"), k.n)
	c.MOVQ(m.Argument("x"), k.x)
	c.MOVQ(k.a, k.along)
	vectors := rowBytes / m.Bytes
	acc := accumulators(m, rows*vectors)
	x := func(v int) operand.Mem { return operand.Mem{Base: k.x, Disp: v * m.Bytes} }
	a := func(i, v int) operand.Mem { return address.Row(k.along, k.odd, i).Offset(v * m.Bytes) }
	full := func(v int) {
		e := m.Vector()
		m.Load(x(v), e)
		for i := range rows {
			m.FMA(a(i, v), e, acc[i*vectors+v])
		}
	}
	blockLoop(m, name, k.n, rowBytes, rowBytes, []reg.GPVirtual{k.x, k.along}, full)
	m.Rest(name, k.n, vectors, full, func(v int, p lane.Part) {
		e := m.Vector()
		p.Load(x(v), e)
		for i := range rows {
			f := m.Vector()
			p.Load(a(i, v), f)
			p.FMA(e, f, acc[i*vectors+v])
		}
	})
	for i := range rows {
		sum := m.Tree(acc[i*vectors:][:vectors], func(a, b operand.Op) { m.Add(a, b, b) })
		y := m.LoadFirst(operand.Mem{Base: k.y})
		m.FMAFirst(m.LoadFirst(m.Argument("alpha")), sum, y)
		m.StoreFirst(y, operand.Mem{Base: k.y})
		c.ADDQ(k.step, k.y)
	}
	for range rows {
		c.ADDQ(k.odd[0], k.a)
	}
	c.SUBQ(operand.U8(rows), k.rows)
}
