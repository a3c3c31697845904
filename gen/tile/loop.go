package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// steps is the loop over k, as far as regK says.
func (s shape) steps(ctx *build.Context, m int, done string) {
	if s.pairs { // one step of an odd number comes first
		even := fmt.Sprintf("even%d", m)
		ctx.SHRQ(operand.U8(1), regK)
		ctx.JCC(operand.LabelRef(even))
		s.step(ctx, m)
		ctx.Label(even)
	}
	if !s.fetchesB {
		s.loop(ctx, m, done)
		return
	}
	if s.prefetches && tall(m, s.rows) {
		s.prefetching(ctx, m)
	}
	plain := fmt.Sprintf("plain%d", m)
	ctx.Load(ctx.Param("t"), s.regBAhead())
	ctx.MOVQ(fieldAt(s.regBAhead(), "BAhead"), s.regBAhead())
	ctx.TESTQ(s.regBAhead(), s.regBAhead())
	ctx.JE(operand.LabelRef(plain))
	if s.rows > 1 {
		s.bothLines(ctx)
	}
	ctx.TESTQ(regK, regK)
	ctx.JE(operand.LabelRef(done))
	repeat(ctx, fmt.Sprintf("fetchB%d", m), regK, func() { s.fetchingTurn(ctx, m) })
	ctx.JMP(operand.LabelRef(done))
	ctx.Label(plain)
	s.loop(ctx, m, done)
}

// loop is what is left of the turns, if any.
func (s shape) loop(ctx *build.Context, m int, done string) {
	ctx.TESTQ(regK, regK)
	ctx.JE(operand.LabelRef(done))
	repeat(ctx, fmt.Sprintf("loop%d", m), regK, func() { s.turn(ctx, m) })
}
