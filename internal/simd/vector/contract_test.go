package vector

import (
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// unroll is the most elements of a row that a kernel computes at a time, unrollRows
// of each of several rows, of which there are four at most.
const (
	unroll     = 8 * 16
	unrollRows = 2 * 16
)

// mapShapes are single rows of all lengths to twice unroll and one more, and several rows.
func mapShapes() []contract.Shape {
	s := []contract.Shape{{N: 5}}
	for n := range 2*unroll + 2 {
		s = append(s, contract.Shape{M: 1, N: n})
	}
	for n := range 2*unrollRows + 2 {
		for _, m := range []int{2, 3, 4, 5, 7} {
			s = append(s, contract.Shape{M: m, N: n})
		}
	}
	return append(s, contract.Shape{M: 5, N: unroll + 17}, contract.Shape{M: 7, N: unroll + 17})
}

// unary are the maps of slices, by name.
var unary = map[string]func(i isa.ISA, dst, src []float32){"Exp": Exp, "Log": Log}

func init() {
	for act := range Activation(Activations) {
		unary["Apply/"+name(act)] = func(i isa.ISA, dst, src []float32) { Apply(i, act, dst, src) }
	}
}

// name is a name for tests.
func name(act Activation) string {
	return [...]string{Identity: "identity", Softplus: "softplus", Sigmoid: "sigmoid", ReLU: "relu", Tanh: "tanh"}[act]
}

func contracts() contract.Table[isa.ISA, float32] {
	type data = *contract.Data[float32]
	table := contract.Table[isa.ISA, float32]{}
	for act := range Activation(Activations) {
		table["Activate/"+name(act)] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
			Activate(i, act, s.M, s.N, d.Block(s.M, s.N), d.Block(s.M, s.N))
		}, Shapes: mapShapes()}
		table["Activate/in place/"+name(act)] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
			x := d.Block(s.M, s.N)
			Activate(i, act, s.M, s.N, x, x)
		}, Shapes: mapShapes()}
		table["Relax/"+name(act)] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
			Relax(i, act, s.M, s.N, d.Block(s.M, s.N), d.Block(s.M, s.N), d.Block(s.M, s.N), d.Block(s.M, s.N), 0.1, 0.3)
		}, Shapes: mapShapes()}
		table["Delta/"+name(act)] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
			Delta(i, act, s.M, s.N, d.Block(s.M, s.N), d.Block(s.M, s.N), d.Block(s.M, s.N), d.Block(s.M, s.N), 0.02)
		}, Shapes: mapShapes()}
	}
	for act := range Activation(Activations) {
		table["Slope/"+name(act)] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
			Slope(i, act, s.M, s.N, d.Block(s.M, s.N), d.Block(s.M, s.N), d.Block(s.M, s.N))
		}, Shapes: mapShapes()}
		table["Slope/in place/"+name(act)] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
			z := d.Block(s.M, s.N)
			Slope(i, act, s.M, s.N, z, d.Block(s.M, s.N), z)
		}, Shapes: mapShapes()}
	}
	for name, f := range unary {
		table[name] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
			src := d.Slice(s.N)
			f(i, d.Slice(s.N), src)
		}, Shapes: contract.Lengths(unroll)}
		table[name+"/in place"] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
			x := d.Slice(s.N)
			f(i, x, x)
		}, Shapes: contract.Lengths(unroll)}
	}
	addSoftmax(table)
	return table
}

func TestContract(t *testing.T) { contracts().Test(t, contract.ISAs()) }

func TestContractRandom(t *testing.T) { contracts().TestRandom(t, contract.ISAs()) }

func FuzzContract(f *testing.F) { contracts().Fuzz(f, contract.ISAs()) }

// TestUnknownActivation: it is the identity everywhere, not what a buffer held before.
func TestUnknownActivation(t *testing.T) {
	const unknown = Activation(Activations)
	row := func(x ...float32) view.Block[float32] { return view.Block[float32]{Data: x, Stride: len(x)} }
	for _, i := range isa.Available() {
		out, h, d, loss, back := row(9), row(1), row(9), row(0), row(9)
		Activate(i, unknown, 1, 1, row(-3), out)
		Relax(i, unknown, 1, 1, row(-3), row(1), row(2), h, 0.5, 0.25)
		Delta(i, unknown, 1, 1, row(-3), row(1), d, loss, 2)
		Slope(i, unknown, 1, 1, row(-3), row(7), back)
		for what, got := range map[string][2]float32{
			"activation": {out.Data[0], -3}, "relaxation": {h.Data[0], 1 + 0.5*4 + 0.25}, "delta": {d.Data[0], -8}, "loss": {loss.Data[0], 16}, "slope": {back.Data[0], -3},
		} {
			if got[0] != got[1] {
				t.Errorf("%v: %s %g, want %g", i, what, got[0], got[1])
			}
		}
	}
}

// TestAllocations checks that no operand escapes to the heap.
func TestAllocations(t *testing.T) {
	for _, i := range isa.Available() {
		if n := testing.AllocsPerRun(10, func() {
			var x, y, z, h [100]float32
			block := func(x *[100]float32) view.Block[float32] { return view.Block[float32]{Data: x[:], Stride: 10} }
			Exp(i, y[:], x[:])
			Log(i, z[:], y[:])
			Apply(i, Tanh, h[:], z[:])
			Activate(i, Softplus, 10, 10, block(&x), block(&y))
			Relax(i, Sigmoid, 10, 10, block(&x), block(&y), block(&z), block(&h), 1, 1)
			Delta(i, ReLU, 10, 10, block(&x), block(&y), block(&z), block(&h), 1)
			Slope(i, Softplus, 10, 10, block(&x), block(&y), block(&z))
			Softmax(i, y[:], x[:])
			CrossEntropy(i, h[:], 16, x[:], y[:], 1)
		}); n != 0 {
			t.Errorf("%v: %v allocations", i, n)
		}
	}
}
