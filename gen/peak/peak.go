// Package peak generates register-only loops of fused multiply-adds: what the
// core can do at most, the denominator of every share of peak in this project.
package peak

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/vec"
)

// Func declares the loops.
var Func = vec.Func{Name: "PeakFMA", Flat: true}

// chains is the number of independent chains in a loop: more than any core's
// latency times its throughput (at most 5 cycles times 2 a cycle).
const chains = 12

// AVX512 builds the loop on 16-lane registers.
func AVX512(ctx *build.Context) {
	generate(ctx, Func.Name+"AVX512", 16, func() reg.VecVirtual { return ctx.ZMM() }, ctx.VPXORD)
}

// AVX2 builds the loop on 8-lane registers.
func AVX2(ctx *build.Context) {
	generate(ctx, Func.Name+"AVX2", 8, func() reg.VecVirtual { return ctx.YMM() }, ctx.VXORPS)
}

func generate(ctx *build.Context, name string, lanes int, vector func() reg.VecVirtual, xor func(...operand.Op)) {
	ctx.Function(name)
	ctx.Attributes(attr.NOSPLIT)
	ctx.SignatureExpr(vec.Signature(Func, 4))
	ctx.Doc(doc(name, chains, lanes))
	n := ctx.Load(ctx.Param("n"), ctx.GP64())
	var acc [chains]reg.VecVirtual
	for i := range acc {
		acc[i] = vector()
		xor(acc[i], acc[i], acc[i])
	}
	x := vector()
	xor(x, x, x)
	ctx.Label("loop")
	for i := range acc {
		ctx.VFMADD231PS(x, x, acc[i])
	}
	ctx.DECQ(n)
	ctx.JNE(operand.LabelRef("loop"))
	ctx.VZEROUPPER()
	ctx.RET()
}

func doc(name string, chains, lanes int) string {
	return fmt.Sprintf("%s runs n > 0 turns of %d independent fused multiply-adds on %d lanes.", name, chains, lanes)
}
