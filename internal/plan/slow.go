package plan

import "github.com/targetprop/targetprop/internal/simd/isa"

// SlowGeneric is the reason where there is no assembly.
const SlowGeneric = "plain Go: this machine, or this build, has no kernels; expect a two-hundredth of the speed of AVX2"

// Slow is the reasons why a product takes longer than another of its size would, each with
// what to change. beta is what C is multiplied by first.
func (p *Problem) Slow(beta float64) []string {
	var why []string
	add := func(is bool, reason string) {
		if is {
			why = append(why, reason)
		}
	}
	plan := OfGemm(p)
	add(p.ISA == isa.Generic, SlowGeneric)
	add(plan.A == Copied && p.Scaled, "alpha is not 1: a copy of A is scaled; scale the smaller factor once instead")
	add(p.Scaled && p.N <= isa.GemvVectors && p.M > isa.GemvVectors, "few columns and an alpha: tiles leave most of their lanes empty; scale A or B beforehand")
	add(beta != 0 && beta != 1, "beta is neither 0 nor 1: C is scaled in a pass of its own")
	add(p.TransB && plan.Way == Blocks, "B is transposed: it is turned and packed at every call; store it untransposed")
	add(plan.Way == Blocks && plan.A == Copied && p.crowded(p.StrideA), "rows of A are whole pages apart: they are copied; pad the stride by a cache line")
	add(plan.Way == Blocks && p.crowded(p.StrideB) && plan.B == Unpacked && p.K > lowBlock, "rows of B are whole pages apart and crowd the caches; pad the stride by a cache line")
	add(plan.Way == Blocks && p.ISA == isa.AVX512 && !p.lined(p.StrideC) && plan.Order == Along, "rows of C begin within cache lines: each vector is parts of two; pad the stride to whole lines")
	return why
}
