// Package level1 generates what changes vectors: each element by itself, or the rows of
// a matrix.
package level1

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
	"github.com/targetprop/targetprop/gen/lane"
)

// Kernels writes all of them.
func Kernels(m *lane.Machine) {
	scale(m)
	rotate(m)
	swap(m)
	pairwise(m)
	update(m)
	combine(m)
}

func scale(m *lane.Machine) {
	m.Begin("Scale", "func(n int, alpha T, x *T)", "multiplies n elements by alpha.")
	n, x, alpha := m.Param("n"), m.Param("x"), m.Broadcast(m.Argument("alpha"))
	along(m, "", n, []reg.GPVirtual{x}, unroll, func(disp int, p *lane.Part) {
		v := load(m, p, at(x, disp))
		m.Mul(alpha, v, v)
		store(m, p, v, at(x, disp))
	})
	m.End()
}

func rotate(m *lane.Machine) {
	m.Begin("Rotate", "func(n int, x, y *T, xx, xy, yx, yy T)",
		"multiplies n pairs by a matrix: x' = xx*x + xy*y and y' = yx*x + yy*y, where the product with the",
		"other vector is rounded and the one with the vector itself is not.")
	n, x, y := m.Param("n"), m.Param("x"), m.Param("y")
	var h [4]reg.VecVirtual
	for i, name := range []string{"xx", "xy", "yx", "yy"} {
		h[i] = m.Broadcast(m.Argument(name))
	}
	along(m, "", n, []reg.GPVirtual{x, y}, unroll/2, func(disp int, p *lane.Part) {
		v, w := load(m, p, at(x, disp)), load(m, p, at(y, disp))
		r, s := m.Vector(), m.Vector()
		m.Mul(w, h[1], r)
		m.Mul(v, h[2], s)
		m.FMA(v, h[0], r)
		m.FMA(w, h[3], s)
		store(m, p, r, at(x, disp))
		store(m, p, s, at(y, disp))
	})
	m.End()
}

func swap(m *lane.Machine) {
	m.Begin("Swap", "func(n int, x, y *T)", "exchanges n elements.")
	n, x, y := m.Param("n"), m.Param("x"), m.Param("y")
	along(m, "", n, []reg.GPVirtual{x, y}, unroll, func(disp int, p *lane.Part) {
		v, w := load(m, p, at(x, disp)), load(m, p, at(y, disp))
		store(m, p, w, at(x, disp))
		store(m, p, v, at(y, disp))
	})
	m.End()
}

func update(m *lane.Machine) {
	m.Begin("Update", "func(rows, n int, alpha, x, a *T, stride, step uintptr, longer int)",
		"adds multiples of x to rows, at least one, by fused multiply-adds:", "",
		"\ta[i][j] += alpha[i]*x[j]", "", "a[i] is at a + i*stride and x for it at x + i*step, in bytes. Each row is longer by so many elements than the one",
		"before; none is empty.")
	c := m.Ctx
	rows, alpha, a, from, length := m.Param("rows"), m.Param("alpha"), m.Param("a"), m.Param("x"), m.Param("n")
	stride, step, longer := m.Param("stride"), m.Param("step"), m.Param("longer")
	n, x, row := c.GP64(), c.GP64(), c.GP64()
	c.Label("row")
	c.MOVQ(length, n)
	c.MOVQ(from, x)
	c.MOVQ(a, row)
	factor := m.Broadcast(operand.Mem{Base: alpha})
	along(m, "", n, []reg.GPVirtual{x, row}, unroll, func(disp int, p *lane.Part) {
		v := load(m, p, at(row, disp))
		if p == nil {
			m.FMA(at(x, disp), factor, v)
		} else {
			m.FMA(load(m, p, at(x, disp)), factor, v)
		}
		store(m, p, v, at(row, disp))
	})
	c.ADDQ(operand.U8(m.Size), alpha)
	c.ADDQ(stride, a)
	c.ADDQ(step, from)
	c.ADDQ(longer, length)
	c.DECQ(rows)
	c.JNE(operand.LabelRef("row"))
	m.End()
}

// groups are the rows that Combine takes at a time: one load and store of y for 8 rows.
var groups = []int{8, 4, 2, 1}

func combine(m *lane.Machine) {
	m.Begin("Combine", "func(rows, n int, alpha, a *T, stride uintptr, y *T)",
		"adds multiples of rows, at least one, to y by fused multiply-adds, row after row:", "",
		"\ty[j] += alpha[i]*a[i][j]", "", "a[i] is at a + i*stride, in bytes.")
	c := m.Ctx
	rows, alpha, a := m.Param("rows"), m.Param("alpha"), m.Param("a")
	odd := []reg.GPVirtual{m.Param("stride")}
	for len(odd) < groups[0]/2 {
		odd = append(odd, c.GP64())
	}
	address.OddMultiples(c, odd)
	n, y, row := c.GP64(), c.GP64(), c.GP64()
	for g, several := range groups {
		name := fmt.Sprintf("rows%d", several)
		next := fmt.Sprintf("fewer%d", several)
		c.CMPQ(rows, operand.U8(several))
		c.JL(operand.LabelRef(next))
		c.Label(name)
		c.MOVQ(m.Argument("n"), n)
		c.MOVQ(m.Argument("y"), y)
		c.MOVQ(a, row)
		factors := make([]reg.VecVirtual, several)
		for i := range factors {
			factors[i] = m.Broadcast(operand.Mem{Base: alpha, Disp: i * m.Size})
		}
		vectors := unroll
		if several > 1 {
			vectors = 2
		}
		along(m, name, n, []reg.GPVirtual{y, row}, vectors, func(disp int, p *lane.Part) {
			v := load(m, p, at(y, disp))
			for i, factor := range factors {
				e := address.Row(row, odd, i).Offset(disp)
				if p == nil {
					m.FMA(e, factor, v)
				} else {
					m.FMA(load(m, p, e), factor, v)
				}
			}
			store(m, p, v, at(y, disp))
		})
		c.ADDQ(operand.U8(several*m.Size), alpha)
		c.LEAQ(operand.Mem{Base: a, Index: odd[0], Scale: uint8(several)}, a)
		c.SUBQ(operand.U8(several), rows)
		if g+1 < len(groups) {
			c.CMPQ(rows, operand.U8(several))
			c.JGE(operand.LabelRef(name))
		} else {
			c.JNE(operand.LabelRef(name))
		}
		c.Label(next)
	}
	m.End()
}
