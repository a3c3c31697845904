package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// lastSteps is how many steps of the loop hide the way from the caches.
const lastSteps = 16

// stepsAhead is the steps of the loop but for the last ones. They fetch rows of B
// ahead; then the places in C are fetched, while the last steps run: a store waits
// for its line, and those behind it wait for the store. So are those that the next
// tile begins with.
func (s shape) stepsAhead(ctx *build.Context, m int, step func(), few string) {
	loop := fmt.Sprintf("loop%d", m)
	ctx.SUBQ(operand.U8(lastSteps), regK)
	ctx.JLE(operand.LabelRef(few))
	ctx.LEAQ(operand.Mem{Base: regB, Index: regBS, Scale: 8}, regAhead)
	ctx.LEAQ(operand.Mem{Base: regAhead, Index: regBS, Scale: 8}, regAhead)
	ctx.Label(loop)
	ctx.PREFETCHT0(operand.Mem{Base: regAhead})
	if s.columns > Panel {
		ctx.PREFETCHT0(operand.Mem{Base: regAhead, Index: regB1, Scale: 1})
	}
	step()
	ctx.ADDQ(regBS, regAhead)
	ctx.DECQ(regK)
	ctx.JNE(operand.LabelRef(loop))
	ctx.Load(ctx.Param("t"), regTile)
	s.fetch(ctx, m, false)
	same := fmt.Sprintf("same%d", m)
	ctx.CMPQ(field("INext"), operand.U8(0))
	ctx.JE(operand.LabelRef(same))
	s.fetch(ctx, m, true)
	ctx.Label(same)
	ctx.XORL(regK.As32(), regK.As32())
	ctx.Label(few)
	ctx.ADDQ(operand.U8(lastSteps), regK)
}

// fetch fetches the places of the tile in C, or those of the next one.
func (s shape) fetch(ctx *build.Context, m int, next bool) {
	for panel := 0; panel < s.columns; panel += Panel {
		ctx.MOVQ(field("C"), regAhead)
		if next {
			ctx.ADDQ(field("CNext"), regAhead)
		}
		if panel > 0 {
			ctx.ADDQ(field("C1"), regAhead)
		}
		for i := range m {
			ctx.PREFETCHT0(operand.Mem{Base: regAhead})
			if i+1 < m {
				ctx.ADDQ(field("CS"), regAhead)
			}
		}
	}
}
