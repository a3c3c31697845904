package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// fewSteps is how many steps of the loop are over before anything that they fetch
// has come.
const fewSteps = 16

// What the loop of a tile that fetches needs beyond the registers lies in its frame.
var (
	stepsLeft   = operand.NewStackAddr(0)
	fetchStride = operand.NewStackAddr(8)  // bytes from one row that is fetched to the next
	fetchAhead  = operand.NewStackAddr(16) // the Ahead that is fetched, or 0
	fetchEach   = operand.NewStackAddr(24) // steps for each row that is fetched
)

const frameBytes = 32

// steps is the loop over k.
func (s shape) steps(ctx *build.Context, m int, step func(), done string) {
	if !s.soon {
		s.loop(ctx, m, step, done)
		return
	}
	soonStep := func() {
		ctx.PREFETCHT0(operand.Mem{Base: regB, Index: s.regSoon(), Scale: 1})
		if s.width() > Panel {
			ctx.PREFETCHT0(operand.Mem{Base: regB, Index: s.regSoon1(), Scale: 1})
		}
		step()
	}
	if s.fetches && tall(m, s.rows) {
		s.fetching(ctx, m, step, soonStep)
	}
	plain := fmt.Sprintf("plain%d", m)
	ctx.Load(ctx.Param("t"), s.regSoon())
	ctx.MOVQ(fieldAt(s.regSoon(), "Soon"), s.regSoon())
	ctx.TESTQ(s.regSoon(), s.regSoon())
	ctx.JE(operand.LabelRef(plain))
	s.soonPanel(ctx)
	ctx.TESTQ(regK, regK)
	ctx.JE(operand.LabelRef(done))
	repeat(ctx, fmt.Sprintf("soon%d", m), regK, soonStep)
	ctx.JMP(operand.LabelRef(done))
	ctx.Label(plain)
	s.loop(ctx, m, step, done)
}

// soonPanel finds the second panel of what is soon needed.
func (s shape) soonPanel(ctx *build.Context) {
	if s.width() > Panel {
		ctx.LEAQ(operand.Mem{Base: s.regSoon(), Index: regB1, Scale: 1}, s.regSoon1())
	}
}

// fetching is the steps that fetch what comes after the tile: the places of the next
// one in C, which would otherwise keep it waiting when it begins with them, or when it
// stores to them, and which after the last tile of a column nobody asks for; then what
// Ahead names. A few steps pass for each row of it. All at once they would take the ways
// to the second-level cache that A and B need, and for longer than their share of the
// time where the third level is slow.
func (s shape) fetching(ctx *build.Context, m int, step, soonStep func()) {
	label := func(name string) string { return fmt.Sprintf("%s%d", name, m) }
	jump := func(name string) operand.LabelRef { return operand.LabelRef(label(name)) }
	ctx.CMPQ(regK, operand.U8(fewSteps))
	ctx.JLE(jump("rest"))
	ctx.MOVQ(regK, stepsLeft)
	ctx.Load(ctx.Param("t"), regTile)
	ctx.MOVQ(operand.U32(0), fetchAhead)
	ctx.MOVQ(field("Each"), regEach)
	ctx.MOVQ(regEach, fetchEach)
	ctx.MOVQ(field("Soon"), s.regSoon())
	s.soonPanel(ctx)
	ctx.MOVQ(field("CS"), regFetch)
	ctx.MOVQ(regFetch, fetchStride)
	ctx.MOVQ(field("C"), regFetch)
	ctx.ADDQ(field("CNext"), regFetch)
	if s.width() > Panel {
		ctx.MOVQ(field("C1"), regFetch1)
		ctx.ADDQ(regFetch, regFetch1)
	}
	ctx.MOVQ(operand.U32(m), regK)

	ctx.Label(label("fetch"))
	ctx.MOVQ(regK, regNeeded)
	ctx.IMULQ(fetchEach, regNeeded)
	ctx.CMPQ(regNeeded, stepsLeft)
	ctx.JLE(jump("enough"))
	ctx.MOVQ(operand.U32(1), fetchEach)
	ctx.MOVQ(regK, regNeeded)
	ctx.CMPQ(regNeeded, stepsLeft)
	ctx.JLE(jump("enough"))
	ctx.MOVQ(stepsLeft, regNeeded)
	ctx.MOVQ(regNeeded, regK)
	ctx.Label(label("enough"))
	ctx.SUBQ(regNeeded, stepsLeft)
	ctx.TESTQ(regK, regK)
	ctx.JE(jump("fetched"))
	ctx.TESTQ(s.regSoon(), s.regSoon())
	ctx.JE(jump("fetchplain"))
	s.fetchLoop(ctx, label("fetchsoon"), soonStep)
	ctx.JMP(jump("then"))
	s.fetchLoop(ctx, label("fetchplain"), step)

	ctx.Label(label("then"))
	ctx.MOVQ(fetchAhead, regTile)
	ctx.TESTQ(regTile, regTile)
	ctx.JNE(jump("following"))
	ctx.Load(ctx.Param("t"), regTile)
	ctx.MOVQ(field("Ahead"), regTile)
	ctx.JMP(jump("list"))
	ctx.Label(label("following"))
	ctx.MOVQ(aheadField("Then"), regTile)
	ctx.Label(label("list"))
	ctx.TESTQ(regTile, regTile)
	ctx.JE(jump("fetched"))
	ctx.MOVQ(regTile, fetchAhead)
	ctx.MOVQ(aheadField("S"), regFetch)
	ctx.MOVQ(regFetch, fetchStride)
	ctx.MOVQ(aheadField("At"), regFetch)
	ctx.MOVQ(aheadField("Next"), regFetch1)
	ctx.ADDQ(regFetch1, aheadField("At"))
	ctx.ADDQ(aheadField("D"), regFetch)
	if s.width() > Panel {
		ctx.MOVQ(aheadField("D1"), regFetch1)
		ctx.ADDQ(regFetch, regFetch1)
	}
	ctx.MOVQ(aheadField("Rows"), regK)
	ctx.JMP(jump("fetch"))
	ctx.Label(label("fetched"))
	ctx.MOVQ(stepsLeft, regK)
	ctx.Label(label("rest"))
}

// fetchLoop is steps that fetch a row now and then.
func (s shape) fetchLoop(ctx *build.Context, name string, step func()) {
	repeat(ctx, name, regK, func() {
		ctx.MOVQ(fetchEach, regEach)
		ctx.PREFETCHT0(operand.Mem{Base: regFetch})
		ctx.ADDQ(fetchStride, regFetch)
		if s.width() > Panel {
			ctx.PREFETCHT0(operand.Mem{Base: regFetch1})
			ctx.ADDQ(fetchStride, regFetch1)
		}
		repeat(ctx, name+"step", regEach, step)
	})
}
