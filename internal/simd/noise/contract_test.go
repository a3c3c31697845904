package noise

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// unroll is the most elements that a kernel for draws computes at a time.
const unroll = 8 * 16

func contracts() contract.Table[isa.ISA, float32] {
	type data = *contract.Data[float32]
	n := Noise{Seed: 0x0123456789abcdef, Stream: 5, Step: 77}
	table := contract.Table[isa.ISA, float32]{
		"AddGaussian": {Run: func(i isa.ISA, d data, s contract.Shape) {
			AddGaussian(i, d.Matrix(s.M, s.N), d.Matrix(s.M, s.N), 0.3, n, 11, 0, s.M)
		}, Shapes: contract.Lengths(Block)},
		"AddGaussian/in place": {Run: func(i isa.ISA, d data, s contract.Shape) {
			x := d.Matrix(s.M, s.N)
			AddGaussian(i, x, x, 0.3, n, 11, 0, s.M)
		}, Shapes: contract.Lengths(Block)},
		"AddGaussian/rows": {Run: func(i isa.ISA, d data, s contract.Shape) {
			AddGaussian(i, d.Matrix(s.M, s.N), d.Matrix(s.M, s.N), 0.3, n, 11, s.M/3, s.M-s.M/3)
		}, Shapes: []contract.Shape{{M: 7, N: 100}}},
		// Nothing rounds after the transform, and there are enough draws to notice another
		// last bit of its smallest coefficient.
		"AddGaussian/standard": {Run: func(i isa.ISA, d data, s contract.Shape) {
			x := d.Matrix(s.M, s.N)
			clear(x.Data)
			AddGaussian(i, x, x, 1, n, 0, 0, s.M)
		}, Shapes: []contract.Shape{{M: 2, N: 1 << 16}, {M: 16, N: 1 << 16}}},
		// A probability that equals the number it is compared with: not less.
		"BernoulliMean/ties": {Run: func(i isa.ISA, d data, s contract.Shape) {
			p := d.Matrix(s.M, s.N)
			for row := range s.M {
				for j := range p.Row(row) {
					words := Philox([4]uint32{uint32(j), uint32(11 + row), n.Step, uint32(n.Stream)}, [2]uint32{uint32(n.Seed), uint32(n.Seed >> 32)})
					p.Row(row)[j] = Uniform(words[(row+j)%4])
				}
			}
			BernoulliMean(i, d.Matrix(s.M, s.N), p, 4, n, 11, 0, s.M)
		}, Shapes: contract.Lengths(unroll)},
		// Probabilities of any kind, which the draws are written over.
		"BernoulliMean/in place": {Run: func(i isa.ISA, d data, s contract.Shape) {
			x := d.Matrix(s.M, s.N)
			BernoulliMean(i, x, x, 9, n, 11, 0, s.M)
		}, Shapes: contract.Lengths(64)},
		"BernoulliMean/rows": {Run: func(i isa.ISA, d data, s contract.Shape) {
			BernoulliMean(i, d.Matrix(s.M, s.N), d.Fractions(s.M, s.N), 5, n, 11, s.M/3, s.M-s.M/3)
		}, Shapes: []contract.Shape{{M: 7, N: 100}}},
	}
	for _, draws := range []int{1, 3, 4, 10} {
		table[fmt.Sprintf("BernoulliMean/draws=%d", draws)] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d data, s contract.Shape) {
			BernoulliMean(i, d.Matrix(s.M, s.N), d.Fractions(s.M, s.N), draws, n, 11, 0, s.M)
		}, Shapes: contract.Lengths(unroll)}
	}
	return table
}

func TestContract(t *testing.T) { contracts().Test(t, contract.ISAs()) }

func TestContractRandom(t *testing.T) { contracts().TestRandom(t, contract.ISAs()) }

func FuzzContract(f *testing.F) { contracts().Fuzz(f, contract.ISAs()) }

// TestAllocations checks that no operand escapes to the heap.
func TestAllocations(t *testing.T) {
	for _, i := range isa.Available() {
		if n := testing.AllocsPerRun(10, func() {
			var x, y [100]float32
			matrix := func(x *[100]float32) view.Matrix[float32] {
				return view.Matrix[float32]{Rows: 1, Cols: 100, Data: x[:], Stride: 100}
			}
			AddGaussian(i, matrix(&x), matrix(&y), 1, Noise{}, 0, 0, 1)
			BernoulliMean(i, matrix(&y), matrix(&x), 7, Noise{}, 0, 0, 1)
		}); n != 0 {
			t.Errorf("%v: %v allocations", i, n)
		}
	}
}

// TestBernoulliInPlace: the draws may be written over their probabilities, and what is no number
// gives none.
func TestBernoulliInPlace(t *testing.T) {
	const cols = 2*piece + 70
	p, apart := view.NewMatrix[float32](2, cols), view.NewMatrix[float32](2, cols)
	for j := range cols {
		p.Row(0)[j], p.Row(1)[j] = float32(j)/cols, float32(j%7)/3-0.5
	}
	p.Row(1)[cols-1], p.Row(0)[3], p.Row(0)[4] = float32(math.NaN()), float32(math.Inf(1)), float32(math.Inf(-1))
	for name, i := range contract.ISAs() {
		together := view.Matrix[float32]{Rows: 2, Cols: cols, Stride: p.Stride, Data: slices.Clone(p.Data)}
		BernoulliMean(i, apart, p, 10, Noise{Seed: 5}, 0, 0, 2)
		BernoulliMean(i, together, together, 10, Noise{Seed: 5}, 0, 0, 2)
		for r := range 2 {
			for j, x := range apart.Row(r) {
				q := p.Row(r)[j]
				switch y := together.Row(r)[j]; {
				case !contract.SameBits(x, y):
					t.Fatalf("%s: in place %v, apart %v", name, y, x)
				case q-q != 0 && x == x, q >= 1 && q < 2 && x != 1, q <= 0 && q > -1 && x != 0:
					t.Fatalf("%s: a probability of %v gives %v", name, q, x)
				}
			}
		}
	}
}
