package pack

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
)

// transpose builds the kernel that lays columns out as rows. A vector is put together
// from 16 bytes of each of four rows, which costs a core no shuffle: only the
// transposition within those does, eight for 64 elements.
func transpose(ctx *build.Context, e Element) {
	const bytes = 64
	rows, group := bytes/e.Size(), e.Group()
	groups := rows / group // in a line
	ctx.Function("TransposeAVX512")
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	ctx.SignatureExpr(fmt.Sprintf("func(skip, rows, cols int, src *%[1]s, stride uintptr, dst *%[1]s, step uintptr)", e.Type))
	ctx.Doc(fmt.Sprintf("TransposeAVX512 reads %d rows of cols floats (%d at least), stride bytes apart, and writes column", rows, group),
		"after column of those from skip to skip+rows-1, step bytes apart.")
	ctx.MOVQ(ctx.Load(ctx.Param("rows"), ctx.GP64()), reg.RCX)
	lanes := ctx.GP32()
	ctx.MOVL(operand.U32(1), lanes)
	ctx.SHLL(reg.CL, lanes)
	ctx.DECL(lanes)
	ctx.MOVQ(ctx.Load(ctx.Param("skip"), ctx.GP64()), reg.RCX)
	ctx.SHLL(reg.CL, lanes)
	mask := ctx.K()
	ctx.KMOVW(lanes, mask)
	dst := ctx.Load(ctx.Param("dst"), ctx.GP64()).(reg.GPVirtual)
	ctx.SHLQ(operand.U8(e.Shift), reg.RCX)
	ctx.SUBQ(reg.RCX, dst)

	src := ctx.Load(ctx.Param("src"), ctx.GP64()).(reg.GPVirtual)
	odd := make([]reg.GPVirtual, rows/2) // multiples of stride
	odd[0] = ctx.Load(ctx.Param("stride"), ctx.GP64()).(reg.GPVirtual)
	for i := 1; i < len(odd); i++ {
		odd[i] = ctx.GP64()
	}
	address.OddMultiples(ctx, odd)
	step := ctx.Load(ctx.Param("step"), ctx.GP64()).(reg.GPVirtual)
	cols := ctx.Load(ctx.Param("cols"), ctx.GP64()).(reg.GPVirtual)

	block := func(n int) {
		for _, columns := range Columns(ctx, e, bytes, src, odd, n) {
			for _, c := range columns {
				e.storeMasked(ctx, c, mask, operand.Mem{Base: dst})
				ctx.ADDQ(step, dst)
			}
		}
		ctx.SUBQ(operand.U8(group*n), cols)
	}
	ctx.Label("line")
	ctx.CMPQ(cols, operand.U8(rows))
	ctx.JL(operand.LabelRef("quads"))
	block(groups)
	ctx.JMP(operand.LabelRef("line"))
	ctx.Label("quads")
	ctx.CMPQ(cols, operand.U8(group))
	ctx.JL(operand.LabelRef("rest"))
	ctx.Label("quad")
	block(1)
	ctx.JMP(operand.LabelRef("quads"))

	ctx.Label("rest")
	ctx.TESTQ(cols, cols)
	ctx.JE(operand.LabelRef("done"))
	rewind(ctx, e, cols, src, dst, step)
	ctx.JMP(operand.LabelRef("quad"))
	ctx.Label("done")
	ctx.VZEROUPPER()
	ctx.RET()
}

// transposeHalf builds the kernel that lays the columns of groups of as many rows out as rows
// as half a line has elements.
func transposeHalf(ctx *build.Context, e Element) {
	const bytes = 32
	rows, group := bytes/e.Size(), e.Group()
	ctx.Function("TransposeAVX2")
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	ctx.SignatureExpr(fmt.Sprintf("func(groups, cols int, src *%[1]s, stride uintptr, dst *%[1]s, step uintptr)", e.Type))
	ctx.Doc(fmt.Sprintf("TransposeAVX2 reads groups, at least one, of %d rows of cols floats (%d at least), stride bytes apart, and", rows, group),
		"writes column after column, step bytes apart.")
	param := func(name string) reg.GPVirtual { return ctx.Load(ctx.Param(name), ctx.GP64()).(reg.GPVirtual) }
	groups, nextSrc, nextDst, step := param("groups"), param("src"), param("dst"), param("step")
	cols, src, dst := ctx.GP64(), ctx.GP64(), ctx.GP64()
	odd := []reg.GPVirtual{param("stride")}
	for len(odd) < rows/2 {
		odd = append(odd, ctx.GP64())
	}
	address.OddMultiples(ctx, odd)
	block := func(n int) {
		for _, columns := range Columns(ctx, e, bytes, src, odd, n) {
			for _, c := range columns {
				ctx.VMOVUPS(c, operand.Mem{Base: dst})
				ctx.ADDQ(step, dst)
			}
		}
	}
	ctx.Label("group")
	ctx.MOVQ(nextSrc, src)
	ctx.MOVQ(nextDst, dst)
	ctx.Load(ctx.Param("cols"), cols)
	ctx.SUBQ(operand.U8(2*group), cols)
	ctx.JL(operand.LabelRef("few"))
	ctx.Label("two")
	block(2)
	ctx.SUBQ(operand.U8(2*group), cols)
	ctx.JGE(operand.LabelRef("two"))
	ctx.Label("few")
	ctx.ADDQ(operand.U8(2*group), cols)
	ctx.JE(operand.LabelRef("next"))
	ctx.Label("quads")
	ctx.CMPQ(cols, operand.U8(group))
	ctx.JGE(operand.LabelRef("quad"))
	rewind(ctx, e, cols, src, dst, step)
	ctx.Label("quad")
	block(1)
	ctx.SUBQ(operand.U8(group), cols)
	ctx.JNE(operand.LabelRef("quads"))
	ctx.Label("next")
	ctx.LEAQ(operand.Mem{Base: nextSrc, Index: odd[0], Scale: uint8(rows)}, nextSrc)
	ctx.ADDQ(operand.U8(bytes), nextDst)
	ctx.DECQ(groups)
	ctx.JNE(operand.LabelRef("group"))
	ctx.VZEROUPPER()
	ctx.RET()
}

// rewind goes back as far as a group is longer than the last columns, so that it does them
// together with those before them, once more.
func rewind(ctx *build.Context, e Element, cols, src, dst, step reg.GPVirtual) {
	back := ctx.GP64()
	ctx.MOVQ(operand.U32(e.Group()), back)
	ctx.SUBQ(cols, back)
	ctx.MOVQ(operand.U32(e.Group()), cols)
	bytes := ctx.GP64()
	ctx.MOVQ(back, bytes)
	ctx.IMULQ(step, bytes)
	ctx.SUBQ(bytes, dst)
	ctx.SHLQ(operand.U8(e.Shift), back)
	ctx.SUBQ(back, src)
}

// storeMasked stores the elements of a mask register.
func (e Element) storeMasked(ctx *build.Context, v, mask, to operand.Op) {
	if e.Size() == 8 {
		ctx.VMOVUPD(v, mask, to)
		return
	}
	ctx.VMOVUPS(v, mask, to)
}
