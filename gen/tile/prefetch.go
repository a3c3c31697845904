package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// fewSteps is how many steps of the loop are over before anything that they fetch has
// come.
const fewSteps = 16

// What the loop of a tile that fetches needs beyond the registers lies in its frame.
var (
	turnsLeft      = operand.NewStackAddr(0)
	prefetchStride = operand.NewStackAddr(8)  // bytes from one row that is fetched to the next
	prefetched     = operand.NewStackAddr(16) // the Prefetch that is fetched, or 0
	prefetchEach   = operand.NewStackAddr(24) // turns for each row that is fetched
)

const frameBytes = 32

// prefetching is the steps that fetch what comes after the tile: the places of the next
// one in C, which would otherwise keep it waiting when it begins with them, or when it
// stores to them, and which after the last tile of a column nobody asks for; then what
// Prefetch names. A few turns pass for each row of it. All at once they would take the ways
// to the second-level cache that A and B need, and for longer than their share of the
// time where the third level is slow.
func (s shape) prefetching(ctx *build.Context, m int) {
	label := func(name string) string { return fmt.Sprintf("%s%d", name, m) }
	jump := func(name string) operand.LabelRef { return operand.LabelRef(label(name)) }
	few := fewSteps
	if s.pairs {
		few /= 2
	}
	ctx.CMPQ(regK, operand.U8(few))
	ctx.JLE(jump("rest"))
	ctx.MOVQ(regK, turnsLeft)
	ctx.Load(ctx.Param("t"), regTile)
	ctx.MOVQ(operand.U32(0), prefetched)
	ctx.MOVQ(field("Each"), regEach)
	if s.pairs {
		ctx.SHRQ(operand.U8(1), regEach)
		ctx.JNE(jump("each"))
		ctx.MOVQ(operand.U32(1), regEach)
		ctx.Label(label("each"))
	}
	ctx.MOVQ(regEach, prefetchEach)
	ctx.MOVQ(field("BAhead"), s.regBAhead())
	s.bothLines(ctx)
	ctx.MOVQ(field("CS"), regFetch)
	ctx.MOVQ(regFetch, prefetchStride)
	ctx.MOVQ(field("C"), regFetch)
	ctx.ADDQ(field("CNext"), regFetch)
	if s.width() > s.of.panel() {
		ctx.MOVQ(field("C1"), regFetch1)
		ctx.ADDQ(regFetch, regFetch1)
	}
	ctx.MOVQ(operand.U32(m), regK)

	ctx.Label(label("prefetch"))
	ctx.TESTQ(s.regBAhead(), s.regBAhead())
	ctx.JE(jump("prefetchplain"))
	s.prefetchLoop(ctx, label("prefetchB"), jump("over"), func() { s.fetchingTurn(ctx, m) })
	ctx.JMP(jump("then"))
	s.prefetchLoop(ctx, label("prefetchplain"), jump("over"), func() { s.turn(ctx, m) })

	ctx.Label(label("then"))
	ctx.MOVQ(prefetched, regTile)
	ctx.TESTQ(regTile, regTile)
	ctx.JNE(jump("following"))
	ctx.Load(ctx.Param("t"), regTile)
	ctx.MOVQ(field("Prefetch"), regTile)
	ctx.JMP(jump("list"))
	ctx.Label(label("following"))
	ctx.MOVQ(prefetchField("Then"), regTile)
	ctx.Label(label("list"))
	ctx.TESTQ(regTile, regTile)
	ctx.JE(jump("prefetched"))
	ctx.MOVQ(regTile, prefetched)
	ctx.MOVQ(prefetchField("S"), regFetch)
	ctx.MOVQ(regFetch, prefetchStride)
	ctx.MOVQ(prefetchField("At"), regFetch)
	ctx.MOVQ(prefetchField("Next"), regFetch1)
	ctx.ADDQ(regFetch1, prefetchField("At"))
	ctx.ADDQ(prefetchField("D"), regFetch)
	if s.width() > s.of.panel() {
		ctx.MOVQ(prefetchField("D1"), regFetch1)
		ctx.ADDQ(regFetch, regFetch1)
	}
	ctx.MOVQ(prefetchField("Rows"), regK)
	ctx.JMP(jump("prefetch"))
	ctx.Label(label("over"))
	ctx.ADDQ(regEach, turnsLeft)
	ctx.Label(label("prefetched"))
	ctx.MOVQ(turnsLeft, regK)
	ctx.Label(label("rest"))
}

// prefetchLoop is turns that fetch a row now and then, as many as regK says unless it is
// over before.
func (s shape) prefetchLoop(ctx *build.Context, name string, over operand.LabelRef, turn func()) {
	repeat(ctx, name, regK, func() {
		ctx.MOVQ(prefetchEach, regEach)
		ctx.SUBQ(regEach, turnsLeft)
		ctx.JL(over)
		ctx.PREFETCHT0(operand.Mem{Base: regFetch})
		ctx.ADDQ(prefetchStride, regFetch)
		if s.width() > s.of.panel() {
			ctx.PREFETCHT0(operand.Mem{Base: regFetch1})
			ctx.ADDQ(prefetchStride, regFetch1)
		}
		repeat(ctx, name+"turn", regEach, turn)
	})
}
