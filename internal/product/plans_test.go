package product

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/targetprop/targetprop/internal/plan"
	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// values are what a plan decided, by name.
func values(p plan.Plan) []string {
	if p.Way != plan.Blocks || p.Share == plan.ByColumns {
		return []string{"way " + p.Way.String(), "share " + p.Share.String()}
	}
	depth, right := "deep blocks", p.B.String()
	if p.NegateB {
		right += ", negated"
	}
	switch {
	case p.BlockK <= 16:
		depth = "lowest blocks"
	case p.BlockK <= 48:
		depth = "low blocks"
	}
	return []string{"way " + p.Way.String(), "share " + p.Share.String(), p.A.String(), right, "order " + p.Order.String(), depth,
		fmt.Sprintf("B %d steps ahead", p.StepsOn), fmt.Sprintf("B %d columns ahead", p.ColumnsOn)}
}

// TestEveryPlan demands that the problems of TestGemm reach every value that a plan can
// have, for either type and every instruction set.
func TestEveryPlan(t *testing.T) {
	everywhere := []string{"way blocks", "share one thread", "share threads by columns", "share threads by rows", "A in place", "A copied",
		"B in place", "B packed", "B packed, negated", "order down", "deep blocks", "low blocks", "lowest blocks", "B 0 steps ahead", "B 0 columns ahead"}
	fetching := []string{"way transposed", "way vectors", "B 8 steps ahead", "B 16 steps ahead"}
	more := map[isa.ISA][]string{
		isa.NEON:   {"way transposed"},
		isa.AVX2:   fetching,
		isa.AVX512: append([]string{"A in columns", "order along"}, fetching...),
	}
	for _, size := range []int{4, 8} {
		for _, i := range isa.All {
			reached := map[string]bool{}
			for _, p := range problems() {
				for threads := 1; threads <= 2; threads++ {
					strides := stridesOf[float32](p)
					if size == 8 {
						strides = stridesOf[float64](p)
					}
					problem := p.problem(i, size, threads, strides)
					for _, v := range values(plan.OfGemm(&problem)) {
						reached[v] = true
					}
				}
			}
			want := everywhere
			if i.PrefetchPanels() > 0 {
				want = append([]string{fmt.Sprintf("B %d columns ahead", 8*view.Line/size)}, everywhere...)
			}
			for _, v := range append(want, more[i]...) {
				if !reached[v] {
					t.Errorf("%v, %d bytes: no problem is computed with %q, only with %q", i, size, v, slices.Sorted(maps.Keys(reached)))
				}
				delete(reached, v)
			}
			for v := range reached {
				t.Errorf("%v, %d bytes: %q is not in the list of values", i, size, v)
			}
		}
	}
}

func stridesOf[T view.Float](p problem) (strides [3]int) {
	for i, size := range p.stored() {
		strides[i] = stride[T](size[1], p.pad)
	}
	return strides
}

// TestGemmShort has short chains go along C and down it, whichever the core prefers.
func TestGemmShort(t *testing.T) {
	t.Run("float32", testGemmShort[float32])
	t.Run("float64", testGemmShort[float64])
}

func testGemmShort[T view.Float](t *testing.T) {
	p := problem{m: 384, n: 2051, k: 15, alpha: 1, pad: ragged}
	m := operands[T](p)
	want := chains(p, m[0], m[1], m[2])
	for _, i := range sets() {
		for _, crosses := range []bool{false, true} {
			c := view.NewMatrix[T](p.m, p.n)
			g := gemm[T]{isa: i, alpha: 1, a: m[0], b: m[1], c: c, zero: true}
			problem := g.problem(1)
			problem.CrossesPages = crosses
			g.plan = plan.OfGemm(&problem)
			if along := g.plan.Order == plan.Along; along != (i == isa.AVX512 && !crosses) {
				t.Errorf("%v, CrossesPages %v: %v", i, crosses, g.plan)
			}
			g.computeBlocks()
			if err := sameRows(c, want); err != nil {
				t.Fatalf("%v, %v: %v", i, g.plan, err)
			}
		}
	}
}
