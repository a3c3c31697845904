package pack

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// blocksAhead is how many blocks are fetched before their turn: each lies on other pages, and
// a core fetches nothing of it by itself. A block takes about 100 cycles, and the last-level
// cache answers after some 200.
const blocksAhead = 3

// blocks builds the kernel that transposes blocks of panels, with vectors of so many bytes. As
// many rows of a block as a vector has lanes are read 16 bytes at a time, as in [Columns].
func blocks(ctx *build.Context, name string, bytes int) {
	const size, group = 4, part / 4
	lanes := bytes / size
	ctx.Function(name)
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	ctx.SignatureExpr("func(blocks int, src *float32, next uintptr, dst *float32)")
	ctx.Doc(fmt.Sprintf("%s transposes blocks (at least 1) of %d x %d floats, each in one piece. They begin next", name, line/size, line/size),
		"bytes apart; their transposes follow each other.")
	n := ctx.Load(ctx.Param("blocks"), ctx.GP64())
	src := ctx.Load(ctx.Param("src"), ctx.GP64()).(reg.GPVirtual)
	next := ctx.Load(ctx.Param("next"), ctx.GP64()).(reg.GPVirtual)
	dst := ctx.Load(ctx.Param("dst"), ctx.GP64()).(reg.GPVirtual)
	later := ctx.GP64()
	ctx.IMUL3Q(operand.U8(blocksAhead), next, later)
	ctx.ADDQ(src, later)
	ctx.Label("block")
	for row := 0; row < line/size; row += lanes {
		for col := 0; col < line/size; col += group {
			v := make([]reg.VecVirtual, group) // v[r] holds the rows r, r+group, ...
			for r := range group {
				v[r] = Vector(ctx, bytes)
				for p := range bytes / part {
					insert(ctx, bytes, p, operand.Mem{Base: src, Disp: line*(row+group*p+r) + size*col}, v[r])
				}
			}
			for c, x := range transposeQuads(ctx, bytes, v) {
				ctx.VMOVUPS(x, operand.Mem{Base: dst, Disp: line*(col+c) + size*row})
				if at := line * (col + c); row == 0 {
					ctx.PREFETCHT0(operand.Mem{Base: later, Disp: at})
				}
			}
		}
	}
	ctx.ADDQ(next, src)
	ctx.ADDQ(next, later)
	ctx.ADDQ(operand.U32(line*line/size), dst)
	ctx.DECQ(n)
	ctx.JNE(operand.LabelRef("block"))
	ctx.VZEROUPPER()
	ctx.RET()
}
