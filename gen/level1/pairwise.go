package level1

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/lane"
)

// pairwise writes what makes one vector of two, element by element. It reads elements before
// it writes them: the result may be one of the two.
func pairwise(m *lane.Machine) {
	for _, k := range []struct {
		name, sign string
		op         func(a, b, c operand.Op) // c = b op a
	}{
		{"Add", "+", m.Add},
		{"Sub", "-", m.Sub},
		{"Mul", "*", m.Mul},
	} {
		m.Begin(k.name, "func(n int, x, y, dst *T)", "writes dst[i] = x[i] "+k.sign+" y[i] for n elements; dst may be x or y.")
		n, x, y, dst := m.Param("n"), m.Param("x"), m.Param("y"), m.Param("dst")
		along(m, "", n, []reg.GPVirtual{x, y, dst}, unroll, func(disp int, p *lane.Part) {
			v := load(m, p, at(x, disp))
			if p == nil {
				k.op(at(y, disp), v, v)
			} else {
				k.op(load(m, p, at(y, disp)), v, v)
			}
			store(m, p, v, at(dst, disp))
		})
		m.End()
	}
}
