package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// fewSteps is how many steps of the loop are over before anything that they fetch
// has come. It is no less than the rows of a tile, for each of which a step fetches.
const fewSteps = 16

// soonSteps is how many of the last steps do not fetch the rows of B that Soon
// names, since there are none left.
const soonSteps = 16

// What the loop of a tile that fetches needs beyond the registers lies in its frame.
var (
	stepsLeft   = operand.NewStackAddr(0)
	fetchStride = operand.NewStackAddr(8)  // bytes from one row that is fetched to the next
	fetchAhead  = operand.NewStackAddr(16) // the Ahead that is fetched
)

const frameBytes = 24

// steps is the loop over k. In a tile that fetches, the first steps fetch, a row
// each, what comes after the tile: the places of the next one in C, which would
// otherwise keep it waiting when it begins with them, or when it stores to them, and
// which after the last tile of a column nobody asks for; then what Ahead names. All
// at once they would take the ways to the second-level cache that A and B need.
func (s shape) steps(ctx *build.Context, m int, step func(), done string) {
	if !s.fetches {
		s.loop(ctx, m, step, done)
		return
	}
	label := func(name string) string { return fmt.Sprintf("%s%d", name, m) }
	jump := func(name string) operand.LabelRef { return operand.LabelRef(label(name)) }
	if s.rows > fewSteps {
		panic(fmt.Sprintf("tile: %s has more rows than it needs steps", s.name))
	}
	ctx.CMPQ(regK, operand.U8(fewSteps))
	ctx.JLE(jump("rest"))
	ctx.SUBQ(operand.U8(m), regK)
	ctx.MOVQ(regK, stepsLeft)
	ctx.Load(ctx.Param("t"), regTile)
	ctx.MOVQ(field("CS"), regFetch)
	ctx.MOVQ(regFetch, fetchStride)
	ctx.MOVQ(field("C"), regFetch)
	ctx.ADDQ(field("CNext"), regFetch)
	if s.width() > Panel {
		ctx.MOVQ(field("C1"), regFetch1)
		ctx.ADDQ(regFetch, regFetch1)
	}
	ctx.MOVQ(operand.U32(m), regK)
	s.fetchLoop(ctx, label("places"), step)

	ctx.Load(ctx.Param("t"), regTile)
	ctx.MOVQ(field("Ahead"), regTile)
	ctx.Label(label("then"))
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
	ctx.CMPQ(regK, stepsLeft)
	ctx.JLE(jump("enough"))
	ctx.MOVQ(stepsLeft, regK)
	ctx.Label(label("enough"))
	ctx.SUBQ(regK, stepsLeft)
	ctx.TESTQ(regK, regK)
	ctx.JE(jump("fetched"))
	s.fetchLoop(ctx, label("ahead"), step)
	ctx.MOVQ(fetchAhead, regTile)
	ctx.MOVQ(aheadField("Then"), regTile)
	ctx.JMP(jump("then"))

	ctx.Label(label("fetched"))
	ctx.MOVQ(stepsLeft, regK)
	ctx.Label(label("rest"))
	ctx.Load(ctx.Param("t"), regFetch)
	ctx.MOVQ(fieldAt(regFetch, "Soon"), regFetch)
	ctx.TESTQ(regFetch, regFetch)
	ctx.JE(jump("plain"))
	last := soonSteps
	if s.endsRowwise(m) {
		last -= rowwiseSteps
	}
	ctx.SUBQ(operand.U8(last), regK)
	ctx.JLE(jump("last"))
	ctx.ADDQ(regB, regFetch)
	repeat(ctx, label("soon"), func() {
		ctx.PREFETCHT0(operand.Mem{Base: regFetch})
		if s.width() > Panel {
			ctx.PREFETCHT0(operand.Mem{Base: regFetch, Index: regB1, Scale: 1})
		}
		step()
		ctx.ADDQ(regBS, regFetch)
	})
	ctx.Label(label("last"))
	ctx.ADDQ(operand.U8(last), regK)
	ctx.Label(label("plain"))
	s.loop(ctx, m, step, done)
}

// fetchLoop is steps that fetch a row each.
func (s shape) fetchLoop(ctx *build.Context, name string, step func()) {
	repeat(ctx, name, func() {
		ctx.PREFETCHT0(operand.Mem{Base: regFetch})
		ctx.ADDQ(fetchStride, regFetch)
		if s.width() > Panel {
			ctx.PREFETCHT0(operand.Mem{Base: regFetch1})
			ctx.ADDQ(fetchStride, regFetch1)
		}
		step()
	})
}
