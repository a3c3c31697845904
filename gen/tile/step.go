package tile

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// step adds the products of one element of each row of A and a row of B.
func (s shape) step(ctx *build.Context, m int) {
	s.products(ctx, m, 0)
	ctx.ADDQ(regKS, regA)
	ctx.ADDQ(regBS, regB)
}

// turn is one of the loop: a step or two. A core that begins 4 operations a cycle, or 3
// beside another thread, has 6 cycles for those of a tile of 6 x 16: 12 multiplications,
// 2 loads of B, 6 broadcasts, and the loop's.
func (s shape) turn(ctx *build.Context, m int) {
	if !s.pairs {
		s.step(ctx, m)
		return
	}
	s.products(ctx, m, 0)
	s.products(ctx, m, 1)
	ctx.LEAQ(operand.Mem{Base: regA, Index: regKS, Scale: 2}, regA)
	ctx.LEAQ(operand.Mem{Base: regB, Index: regBS, Scale: 2}, regB)
}

// products adds those of step p of a turn.
func (s shape) products(ctx *build.Context, m, p int) {
	if s.rows == 1 { // what is multiplied once needs no register
		s.of.broadcast(ctx, s.element(0, p), s.b(0))
		for j := range s.vectors {
			s.of.fma(ctx, s.row(j, p), s.b(0), s.acc(0, j))
		}
		return
	}
	for j := range s.vectors {
		s.load(ctx, j, s.row(j, p), s.b(j))
	}
	for i := range m {
		if s.fromMemory(i) {
			for j := range s.vectors {
				s.of.fmaBroadcast(ctx, s.element(i, p), s.b(j), s.acc(i, j))
			}
			continue
		}
		s.of.broadcast(ctx, s.element(i, p), s.broadcast(i, 0))
		for j := range s.vectors {
			s.of.fma(ctx, s.b(j), s.broadcast(i, j), s.acc(i, j))
		}
	}
}

// fromMemory tells whether the multiplications of row i read their element of A
// themselves. A narrow tile has no register that two of them could share. Where
// columns are in one piece two rows of three do: a broadcast is an operation more,
// and two multiplications that load are a load more, of 2 a cycle. A core shared with
// another thread begins 3 operations a cycle, and a tile of 14 x 32 has 14 cycles for
// its 28 multiplications, 2 loads of B, the loop, and 5 or 14 broadcasts.
func (s shape) fromMemory(i int) bool {
	return s.broadcasts == 0 || s.adjacent && s.vectors[0] == 64 && i%3 != 1
}

// panels loads the distance from one panel to the next, if there is one.
func (s shape) panels(ctx *build.Context, from operand.Mem, next reg.GPPhysical) {
	if s.width() > s.of.panel() {
		ctx.MOVQ(from, next)
	}
	if s.width() > 3*s.of.panel() {
		ctx.LEAQ(operand.Mem{Base: next, Index: next, Scale: 2}, reg3)
	}
}

// bothLines finds the second line that is fetched of B: of the other panel or row.
func (s shape) bothLines(ctx *build.Context) {
	next := regB1
	if s.pairs {
		next = regBS
	}
	ctx.LEAQ(operand.Mem{Base: s.regBAhead(), Index: next, Scale: 1}, s.regBAhead1())
}

// fetchingTurn is a turn that fetches B.
func (s shape) fetchingTurn(ctx *build.Context, m int) {
	last := line - s.of.size // a vector's end, which may be on another line than its beginning
	if s.rows == 1 {
		for at := 0; at < s.width()*s.of.size; at += line {
			ctx.PREFETCHT0(operand.Mem{Base: regB, Index: s.regBAhead(), Scale: 1, Disp: at + last})
		}
		s.turn(ctx, m)
		return
	}
	ctx.PREFETCHT0(operand.Mem{Base: regB, Index: s.regBAhead(), Scale: 1, Disp: last})
	ctx.PREFETCHT0(operand.Mem{Base: regB, Index: s.regBAhead1(), Scale: 1, Disp: last})
	s.turn(ctx, m)
}

// repeat is a loop of as many turns as the register says, one at least.
func repeat(ctx *build.Context, name string, turns reg.Register, turn func()) {
	ctx.Label(name)
	turn()
	ctx.DECQ(turns)
	ctx.JNE(operand.LabelRef(name))
}
