package descent

import (
	"testing"

	"github.com/targetprop/targetprop/internal/simd/contract"
	"github.com/targetprop/targetprop/internal/simd/f32"
	"github.com/targetprop/targetprop/internal/simd/isa"
)

// unroll is the most elements that a kernel computes at a time.
const unroll = 8 * 16

// settings are of every rule.
func settings(rule Rule) Optimizer {
	return Optimizer{Rule: rule, Rate: 0.01, Momentum: 0.9, Decay: 0.95, Epsilon: 1e-4}
}

// moments are those of n parameters that the rule uses, such that no mean of squares is
// negative or less than the mean squared.
func moments(d *contract.Data[float32], rule Rule, n int) (m Moments) {
	if rule != SGD {
		m.Mean, m.Square = d.Slice(n), d.Slice(n)
		for i, x := range m.Mean {
			m.Square[i] = float32(x*x) + f32.Abs(m.Square[i])
		}
	}
	if rule != Adam {
		m.Velocity = d.Slice(n)
	}
	return m
}

func contracts() contract.Table[isa.ISA, float32] {
	table := contract.Table[isa.ISA, float32]{}
	for rule := range Rule(Rules) {
		c := settings(rule).At(3)
		name := [...]string{RMSProp: "rmsprop", SGD: "sgd", Adam: "adam"}[rule]
		table["Update/"+name] = contract.Contract[isa.ISA, float32]{Run: func(i isa.ISA, d *contract.Data[float32], s contract.Shape) {
			Update(i, c, d.Slice(s.N), d.Slice(s.N), moments(d, rule, s.N))
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
		for rule := range Rule(Rules) {
			if n := testing.AllocsPerRun(10, func() {
				var w, grad, mean, square, velocity [100]float32
				Update(i, settings(rule).At(1), w[:], grad[:], Moments{mean[:], square[:], velocity[:]})
			}); n != 0 {
				t.Errorf("%v, rule %d: %v allocations", i, rule, n)
			}
		}
	}
}

// TestUnknownRule: it leaves the parameters alone everywhere.
func TestUnknownRule(t *testing.T) {
	for _, i := range isa.Available() {
		w := []float32{3}
		Update(i, settings(Rules).At(1), w, []float32{1}, Moments{})
		if w[0] != 3 {
			t.Errorf("%v: %g", i, w[0])
		}
	}
}

// TestNewMoments: those that a rule uses, and no others.
func TestNewMoments(t *testing.T) {
	for rule, want := range [Rules][3]int{RMSProp: {5, 5, 5}, SGD: {0, 0, 5}, Adam: {5, 5, 0}} {
		m := settings(Rule(rule)).NewMoments(5)
		if got := [3]int{len(m.Mean), len(m.Square), len(m.Velocity)}; got != want {
			t.Errorf("rule %d: lengths %v, want %v", rule, got, want)
		}
		part := m.Slice(1, 3)
		for i, x := range [][]float32{part.Mean, part.Square, part.Velocity} {
			if want[i] > 0 && len(x) != 2 || want[i] == 0 && x != nil {
				t.Errorf("rule %d: a part of moment %d has %d elements", rule, i, len(x))
			}
		}
	}
}
