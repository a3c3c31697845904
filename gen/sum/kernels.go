// Package sum generates the sums along rows: lanes of fixed number, each a chain, and a
// tree that makes one of them.
package sum

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/lane"
)

// Kernels writes all of them.
func Kernels(m *lane.Machine) {
	dot(m)
	single(m, "SumSquares", "returns the sum of x[p]*x[p], p < n.", func() adder {
		return adder{
			full: func(x operand.Mem, acc reg.VecVirtual) {
				v := m.Vector()
				m.Load(x, v)
				m.FMA(v, v, acc)
			},
			part: func(p lane.Part, x operand.Mem, acc reg.VecVirtual) {
				v := m.Vector()
				p.Load(x, v)
				m.FMA(v, v, acc) // adds 0 in other lanes, whose sums are never -0
			},
			join: func(a, b operand.Op) { m.Add(a, b, b) },
		}
	})
	single(m, "Asum", "returns the sum of |x[p]|, p < n.", func() adder {
		signs := m.Signs()
		return adder{
			full: func(x operand.Mem, acc reg.VecVirtual) {
				v := m.Vector()
				m.Abs(x, signs, v)
				m.Add(v, acc, acc)
			},
			part: func(p lane.Part, x operand.Mem, acc reg.VecVirtual) {
				v := m.Vector()
				p.Load(x, v)
				m.Abs(v, signs, v)
				m.Add(v, acc, acc)
			},
			join: func(a, b operand.Op) { m.Add(a, b, b) },
		}
	})
	single(m, "Amax", "returns the largest |x[p]|, p < n, NaN left out, or 0.", func() adder {
		signs := m.Signs()
		return adder{
			full: func(x operand.Mem, acc reg.VecVirtual) {
				v := m.Vector()
				m.Abs(x, signs, v)
				m.Max(v, acc)
			},
			part: func(p lane.Part, x operand.Mem, acc reg.VecVirtual) {
				v := m.Vector()
				p.Load(x, v)
				m.Abs(v, signs, v)
				m.Max(v, acc)
			},
			join: m.Max,
		}
	})
	rows(m)
	both(m)
	if m.Size == 4 {
		double(m)
	}
}
