package vector

import (
	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// addSoftmax adds the steps of a softmax by themselves, so that a NaN does not hide what
// becomes of others, and all of it along rows.
func addSoftmax(table contract.Table[isa.ISA, float32]) {
	type data = *contract.Data[float32]
	shared := func(d data, n int) view.Block[float32] { return view.Block[float32]{Data: d.Slice(n)} }
	steps := map[string]func(i isa.ISA, d data, s contract.Shape){
		"largest": func(i isa.ISA, d data, s contract.Shape) {
			x, lanes := d.Block(s.M, s.N), shared(d, s.N)
			if !largest(i, s.M, s.N, &x, &lanes) {
				defineLargest(s.M, s.N, x, lanes)
			}
		},
		"exponentials": func(i isa.ISA, d data, s contract.Shape) {
			x, e, lanes := d.Block(s.M, s.N), d.Block(s.M, s.N), shared(d, s.N)
			if !exponentials(i, s.M, s.N, &x, &e, &lanes, 0.7) {
				defineExponentials(s.M, s.N, x, e, lanes, 0.7)
			}
		},
		"targets": func(i isa.ISA, d data, s contract.Shape) {
			z, t, e, lanes := d.Block(s.M, s.N), d.Block(s.M, s.N), d.Block(s.M, s.N), shared(d, s.N)
			for r := range s.M { // not all of them are 0
				clear(t.Data[r*t.Stride:][:s.N/2])
			}
			if !targets(i, s.M, s.N, &z, &t, &e, &lanes, 0.7, 3, 1.1, 0.02) {
				defineTargets(s.M, s.N, z, t, e, lanes, 0.7, 3, 1.1, 0.02)
			}
		},
	}
	for name, run := range steps {
		table["Softmax/"+name] = contract.Contract[isa.ISA, float32]{Run: run, Shapes: mapShapes(), Least: contract.Shape{N: 1}}
	}
	lengths := contract.Lengths(unroll)
	table["Softmax/quotients"] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
		x := d.Slice(s.N)
		if !quotients(i, s.N, &x[0], &x[0], 3) {
			defineQuotients(x, 3)
		}
	}, Shapes: lengths, Least: contract.Shape{N: 1}}
	table["Softmax"] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
		Softmax(i, d.Slice(s.N), d.Slice(s.N))
	}, Shapes: lengths, Least: contract.Shape{N: 1}}
	table["CrossEntropy"] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
		delta, loss := d.Block((s.N+len(lanes{})-1)/len(lanes{}), len(lanes{})), d.Slice(1)
		loss[0] = CrossEntropy(i, delta.Data, delta.Stride, d.Slice(s.N), d.Slice(s.N), 0.3)
	}, Shapes: lengths, Least: contract.Shape{N: 1}}
}
