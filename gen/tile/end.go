package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// rowwiseSteps is how many of the last steps of a tall tile are done row by row:
// the stores of a row take as long as its multiplications in them.
const rowwiseSteps = 2

// Registers of those steps, which need the multiples of RS still, and of the stores.
var (
	regNextA  = regK // the next element of a row of A
	rowwiseAs = [rowwiseSteps]reg.GPPhysical{regA, regNextA}
	regEnd    = regB // the argument
	regC      = regKS
	regCS     = regBS
	regC1     = regB1
)

// endsRowwise tells whether a tile of m rows ends row by row.
func (s shape) endsRowwise(m int) bool { return s.rowwise && tall(m, s.rows) }

// ending is the steps of a tile and its stores.
func (s shape) ending(ctx *build.Context, m int) {
	store, next := fmt.Sprintf("store%d", m), fmt.Sprintf("next%d", m)
	if s.endsRowwise(m) {
		s.rowwiseEnding(ctx, m, store, next)
	} else {
		s.steps(ctx, m, store)
	}
	ctx.Label(store)
	s.stores(ctx, m, fmt.Sprintf("masked%d", m), next, func(int) {})
	ctx.Label(next)
}

// rowwiseEnding is the same where the last steps are done row by row. A core that
// has no place for all stores at once multiplies nothing while they wait for one:
// after the loop, 28 of 64 bytes cost Zen 4 65 cycles; between the multiplications
// of later rows they cost none. Where there are fewer steps, the stores follow.
func (s shape) rowwiseEnding(ctx *build.Context, m int, store, next string) {
	few, rows := fmt.Sprintf("few%d", m), fmt.Sprintf("rowwise%d", m)
	ctx.SUBQ(operand.U8(rowwiseSteps), regK)
	ctx.JL(operand.LabelRef(few))
	s.steps(ctx, m, rows)
	ctx.Label(rows)
	s.lastRows(ctx)
	s.stores(ctx, m, fmt.Sprintf("rowwisemasked%d", m), next, func(i int) {
		for p, a := range rowwiseAs {
			for j := range s.vectors {
				s.of.fmaBroadcast(ctx, s.rowAddress(a, i), s.lastB(p, j), s.acc(i, j))
			}
		}
	})
	ctx.JMP(operand.LabelRef(next))
	ctx.Label(few)
	ctx.ADDQ(operand.U8(rowwiseSteps), regK)
	ctx.JE(operand.LabelRef(store))
	s.step(ctx, m)
}

// lastRows loads the last rows of B, and finds the last elements of A.
func (s shape) lastRows(ctx *build.Context) {
	for p := range rowwiseSteps {
		for j := range s.vectors {
			s.load(ctx, j, s.place(regB, regB1, j), s.lastB(p, j))
		}
		if p+1 < rowwiseSteps {
			ctx.ADDQ(regBS, regB)
		}
	}
	ctx.LEAQ(operand.Mem{Base: regA, Index: regKS, Scale: 1}, regNextA)
}

// lastB is vector j of one of the last rows of B. The second row has the registers
// of the broadcasts, if there are any.
func (s shape) lastB(p, j int) reg.VecPhysical { return s.acc(s.rows+p, j) }

// stores writes the rows, each when it is finished.
func (s shape) stores(ctx *build.Context, m int, masked, next string, finish func(i int)) {
	ctx.Load(ctx.Param("t"), regEnd)
	ctx.MOVQ(fieldAt(regEnd, "C"), regC)
	if m > 1 {
		ctx.MOVQ(fieldAt(regEnd, "CS"), regCS)
	}
	s.panels(ctx, fieldAt(regEnd, "C1"), regC1)
	write := func(all bool) {
		for i := range m {
			finish(i)
			for j := range s.vectors {
				s.store(ctx, j, s.acc(i, j), s.place(regC, regC1, j), all)
			}
			if i+1 < m {
				ctx.ADDQ(regCS, regC)
			}
		}
	}
	if s.mask != unmasked && !s.partial { // a masked store is slow on some cores
		ctx.CMPQ(fieldAt(regEnd, "N"), operand.U8(s.width()))
		ctx.JNE(operand.LabelRef(masked))
		write(true)
		ctx.JMP(operand.LabelRef(next))
		ctx.Label(masked)
	}
	write(false)
}
