package level1

import (
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/arm64"
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

// neonPairwise is the same for NEON.
func neonPairwise(file *arm64.File, size int) {
	for _, k := range []struct {
		name, sign string
		op         func(f *lane.NEON) *arm64.Op
	}{
		{"Add", "+", func(f *lane.NEON) *arm64.Op { return f.FADD }},
		{"Sub", "-", func(f *lane.NEON) *arm64.Op { return f.FSUB }},
		{"Mul", "*", func(f *lane.NEON) *arm64.Op { return f.FMUL }},
	} {
		f := lane.BeginNEON(file, size, k.name, "func(blocks int, x, y, dst *T)", "writes dst[i] = x[i] "+k.sign+" y[i] for blocks, at least one; dst may be x or y.")
		blocks, x, y, dst := f.NewParam("blocks"), f.NewParam("x"), f.NewParam("y"), f.NewParam("dst")
		f.Blocks(blocks, blockBytes, []arm64.GP{x, y, dst}, func() {
			for _, at := range vectors {
				f.Store(f.Op(k.op(f), f.Load(x, at), f.Load(y, at)), dst, at)
			}
		})
		f.Return()
	}
}
