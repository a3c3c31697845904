package sum

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
	"github.com/targetprop/targetprop/gen/lane"
)

// bothAtATime is how many rows Both takes at a time: with AVX2 8 registers hold their lanes,
// and 2 what they are multiplied by.
func bothAtATime(m *lane.Machine) int { return map[int]int{32: 2, 64: 4}[m.Bytes] }

// bothKernel is the registers of Both.
type bothKernel struct {
	m                    *lane.Machine
	rows, a, alpha, sums reg.GPVirtual
	n, x, y, along       reg.GPVirtual
	odd                  []reg.GPVirtual // multiples of the stride
}

// both writes the function that reads a matrix once for two products.
func both(m *lane.Machine) {
	m.Begin("Both", "func(rows, n int, a *T, stride uintptr, x, sums, alpha, y *T)",
		"adds the products of rows of A, at least one, with x to sums, and multiples of the rows to y:", "",
		"\tsums[i] += sum over p < n of a[i][p]*x[p]",
		"\ty[p] += alpha[i]*a[i][p]", "",
		"the first in the order of Rows and the second by fused multiply-adds, row after row. a[i] is at a + i*stride, in bytes.")
	c := m.Ctx
	k := bothKernel{m: m, rows: m.Param("rows"), a: m.Param("a"), alpha: m.Param("alpha"), sums: m.Param("sums"), n: c.GP64(), x: c.GP64(), y: c.GP64(), along: c.GP64()}
	several := bothAtATime(m)
	k.odd = []reg.GPVirtual{m.Param("stride")}
	for len(k.odd) < several/2 {
		k.odd = append(k.odd, c.GP64())
	}
	address.OddMultiples(c, k.odd)
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
func (k bothKernel) group(rows int, name string) {
	m, c := k.m, k.m.Ctx
	c.Label(name)
	c.MOVQ(m.Argument("n"), k.n)
	c.MOVQ(m.Argument("x"), k.x)
	c.MOVQ(m.Argument("y"), k.y)
	c.MOVQ(k.a, k.along)
	vectors := rowBytes / m.Bytes
	factors := make([]reg.VecVirtual, rows)
	for i := range factors {
		factors[i] = m.Broadcast(operand.Mem{Base: k.alpha, Disp: i * m.Size})
	}
	acc := accumulators(m, rows*vectors)
	at := func(base reg.GPVirtual, v int) operand.Mem { return operand.Mem{Base: base, Disp: v * m.Bytes} }
	row := func(i, v int) operand.Mem { return address.Row(k.along, k.odd, i).Offset(v * m.Bytes) }
	full := func(v int) {
		x, y := m.Vector(), m.Vector()
		m.Load(at(k.x, v), x)
		m.Load(at(k.y, v), y)
		for i := range rows {
			e := m.Vector()
			m.Load(row(i, v), e)
			m.FMA(e, factors[i], y)
			m.FMA(e, x, acc[i*vectors+v])
		}
		m.Store(y, at(k.y, v))
	}
	blockLoop(m, name, k.n, rowBytes, rowBytes, []reg.GPVirtual{k.x, k.y, k.along}, full)
	m.Rest(name, k.n, vectors, full, func(v int, p lane.Part) {
		x, y := m.Vector(), m.Vector()
		p.Load(at(k.x, v), x)
		p.Load(at(k.y, v), y)
		for i := range rows {
			e := m.Vector()
			p.Load(row(i, v), e)
			m.FMA(e, factors[i], y)
			p.FMA(e, x, acc[i*vectors+v])
		}
		p.Store(y, at(k.y, v))
	})
	for i := range rows {
		sum := m.Tree(acc[i*vectors:][:vectors], func(a, b operand.Op) { m.Add(a, b, b) })
		s := m.LoadFirst(operand.Mem{Base: k.sums, Disp: i * m.Size})
		m.Add(sum.AsX(), s, s)
		m.StoreFirst(s, operand.Mem{Base: k.sums, Disp: i * m.Size})
	}
	c.ADDQ(operand.U8(rows*m.Size), k.sums)
	c.ADDQ(operand.U8(rows*m.Size), k.alpha)
	for range rows {
		c.ADDQ(k.odd[0], k.a)
	}
	c.SUBQ(operand.U8(rows), k.rows)
}
