package sum

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/lane"
)

// double writes Dot for float32 with lanes of float64.
func double(ctx *lane.Machine) {
	m := ctx.Doubles()
	m.Begin("DotDouble", "func(n int, x, y *float32) float64",
		"returns the sum of x[p]*y[p], p < n, as numbers of float64, by fused multiply-adds.", lanesDoc)
	n, x, y := m.Param("n"), m.Param("x"), m.Param("y")
	acc := accumulators(m, bytes/m.Bytes)
	at := func(base reg.GPVirtual, v int) operand.Mem { return operand.Mem{Base: base, Disp: v * m.Bytes / 2} }
	full := func(v int) {
		e, f := m.Vector(), m.Vector()
		m.Ctx.VCVTPS2PD(at(x, v), e)
		m.Ctx.VCVTPS2PD(at(y, v), f)
		m.FMA(e, f, acc[v])
	}
	blockLoop(m, "", n, bytes, bytes/2, []reg.GPVirtual{x, y}, full)
	m.Rest("", n, len(acc), full, func(v int, p lane.Part) {
		p.FMA(p.LoadSingles(at(x, v)), p.LoadSingles(at(y, v)), acc[v])
	})
	m.StoreFirst(m.Tree(acc, func(a, b operand.Op) { m.Add(a, b, b) }), m.Result())
	m.End()
}
