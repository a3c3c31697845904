package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// fewSteps is how many steps of the loop are over before anything that they fetch
// has come.
const fewSteps = 16

// What the loop of a wide tile needs beyond the registers lies in its frame.
var (
	stepsLeft   = operand.NewStackAddr(0)
	fetchStride = operand.NewStackAddr(8)  // bytes from one row that is fetched to the next
	aheadTile   = operand.NewStackAddr(16) // what is needed after this tile: its distance behind Ahead.D
	aheadNext   = operand.NewStackAddr(24) // Ahead.Next, or 0
)

const frameBytes = 32

// beginAhead sets the distances. It is they that move on from tile to tile and not
// a pointer, which might come to lie behind the end of a matrix.
func (s shape) beginAhead(ctx *build.Context) {
	ctx.AllocLocal(frameBytes)
	ctx.XORL(regA.As32(), regA.As32())
	ctx.MOVQ(regA, aheadTile)
	ctx.MOVQ(field("Ahead"), regFetch)
	ctx.TESTQ(regFetch, regFetch)
	ctx.JE(operand.LabelRef("nothing"))
	ctx.MOVQ(aheadField(regFetch, "Next"), regA)
	ctx.Label("nothing")
	ctx.MOVQ(regA, aheadNext)
}

// steps is the loop over k of a wide tile. The first steps fetch, a row each, what
// comes after the tile: the places of the next one in C, which would otherwise
// keep it waiting when it begins with them, or when it stores to them; then what
// Ahead names. All at once they would take the ways to the second-level cache that
// A and B need.
func (s shape) steps(ctx *build.Context, m int, step func(), done string) {
	label := func(name string) string { return fmt.Sprintf("%s%d", name, m) }
	jump := func(name string) operand.LabelRef { return operand.LabelRef(label(name)) }
	ctx.CMPQ(regK, operand.U8(fewSteps))
	ctx.JLE(jump("rest"))
	ctx.SUBQ(operand.U8(m), regK)
	ctx.MOVQ(regK, stepsLeft)
	ctx.Load(ctx.Param("t"), regTile)
	ctx.MOVQ(field("CS"), regFetch)
	ctx.MOVQ(regFetch, fetchStride)
	ctx.MOVQ(field("C"), regFetch)
	ctx.ADDQ(field("CNext"), regFetch)
	if s.columns > Panel {
		ctx.MOVQ(field("C1"), regFetch1)
		ctx.ADDQ(regFetch, regFetch1)
	}
	ctx.MOVQ(operand.U32(m), regK)
	s.fetchLoop(ctx, label("places"), step)

	ctx.Load(ctx.Param("t"), regTile)
	ctx.MOVQ(field("Ahead"), regTile)
	ctx.TESTQ(regTile, regTile)
	ctx.JE(jump("fetched"))
	ctx.MOVQ(aheadField(regTile, "S"), regFetch)
	ctx.MOVQ(regFetch, fetchStride)
	ctx.MOVQ(aheadField(regTile, "D"), regFetch)
	ctx.ADDQ(aheadTile, regFetch)
	if s.columns > Panel {
		ctx.MOVQ(aheadField(regTile, "D1"), regFetch1)
		ctx.ADDQ(regFetch, regFetch1)
	}
	ctx.MOVQ(aheadField(regTile, "Rows"), regK)
	ctx.CMPQ(regK, stepsLeft)
	ctx.JLE(jump("enough"))
	ctx.MOVQ(stepsLeft, regK)
	ctx.Label(label("enough"))
	ctx.SUBQ(regK, stepsLeft)
	ctx.TESTQ(regK, regK)
	ctx.JE(jump("fetched"))
	s.fetchLoop(ctx, label("ahead"), step)

	ctx.Label(label("fetched"))
	ctx.MOVQ(stepsLeft, regK)
	ctx.Label(label("rest"))
	s.loop(ctx, m, step, done)
}

// fetchLoop is steps that fetch a row each.
func (s shape) fetchLoop(ctx *build.Context, name string, step func()) {
	ctx.Label(name)
	ctx.PREFETCHT0(operand.Mem{Base: regFetch})
	ctx.ADDQ(fetchStride, regFetch)
	if s.columns > Panel {
		ctx.PREFETCHT0(operand.Mem{Base: regFetch1})
		ctx.ADDQ(fetchStride, regFetch1)
	}
	step()
	ctx.DECQ(regK)
	ctx.JNE(operand.LabelRef(name))
}
