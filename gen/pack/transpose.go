package pack

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
)

const (
	rows  = 16 // that are transposed at a time, a vector of a column
	quads = rows / quad
)

// transpose builds the kernel that lays columns out as rows. A vector is put together
// from 16 bytes of each of four rows, which costs a core no shuffle: only the
// transposition within those does, eight for 64 elements.
func transpose(ctx *build.Context) {
	ctx.Function("TransposeAVX512")
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	ctx.SignatureExpr("func(skip, rows, cols int, src *float32, stride uintptr, dst *float32, step uintptr)")
	ctx.Doc(fmt.Sprintf("TransposeAVX512 reads %d rows of cols floats (%d at least), stride bytes apart, and writes column", rows, quad),
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
	ctx.SHLQ(operand.U8(2), reg.RCX)
	ctx.SUBQ(reg.RCX, dst)

	src := ctx.Load(ctx.Param("src"), ctx.GP64()).(reg.GPVirtual)
	var odd [rows / 2]reg.GPVirtual // multiples of stride
	odd[0] = ctx.Load(ctx.Param("stride"), ctx.GP64()).(reg.GPVirtual)
	for i := 1; i < len(odd); i++ {
		odd[i] = ctx.GP64()
	}
	address.OddMultiples(ctx, odd[:])
	step := ctx.Load(ctx.Param("step"), ctx.GP64()).(reg.GPVirtual)
	cols := ctx.Load(ctx.Param("cols"), ctx.GP64()).(reg.GPVirtual)

	block := func(n int) {
		for _, columns := range Columns(ctx, rows, src, odd[:], n) {
			for _, c := range columns {
				ctx.VMOVUPS(c, mask, operand.Mem{Base: dst})
				ctx.ADDQ(step, dst)
			}
		}
		ctx.SUBQ(operand.U8(quad*n), cols)
	}
	ctx.Label("line")
	ctx.CMPQ(cols, operand.U8(quad*quads))
	ctx.JL(operand.LabelRef("quads"))
	block(quads)
	ctx.JMP(operand.LabelRef("line"))
	ctx.Label("quads")
	ctx.CMPQ(cols, operand.U8(quad))
	ctx.JL(operand.LabelRef("rest"))
	ctx.Label("quad")
	block(1)
	ctx.JMP(operand.LabelRef("quads"))

	ctx.Label("rest")
	ctx.TESTQ(cols, cols)
	ctx.JE(operand.LabelRef("done"))
	rewind(ctx, cols, src, dst, step)
	ctx.JMP(operand.LabelRef("quad"))
	ctx.Label("done")
	ctx.VZEROUPPER()
	ctx.RET()
}

// transposeHalf builds the kernel that lays the columns of 8 rows out as rows.
func transposeHalf(ctx *build.Context) {
	const rows = 8
	ctx.Function("TransposeAVX2")
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	ctx.SignatureExpr("func(cols int, src *float32, stride uintptr, dst *float32, step uintptr)")
	ctx.Doc(fmt.Sprintf("TransposeAVX2 reads %d rows of cols floats (%d at least), stride bytes apart, and writes column after", rows, quad),
		"column, step bytes apart.")
	param := func(name string) reg.GPVirtual { return ctx.Load(ctx.Param(name), ctx.GP64()).(reg.GPVirtual) }
	cols, src, dst, step := param("cols"), param("src"), param("dst"), param("step")
	odd := []reg.GPVirtual{param("stride")}
	for len(odd) < rows/2 {
		odd = append(odd, ctx.GP64())
	}
	address.OddMultiples(ctx, odd)
	ctx.Label("quads")
	for _, c := range Columns(ctx, rows, src, odd, 1)[0] {
		ctx.VMOVUPS(c, operand.Mem{Base: dst})
		ctx.ADDQ(step, dst)
	}
	ctx.SUBQ(operand.U8(quad), cols)
	ctx.JE(operand.LabelRef("done"))
	ctx.CMPQ(cols, operand.U8(quad))
	ctx.JGE(operand.LabelRef("quads"))
	rewind(ctx, cols, src, dst, step)
	ctx.JMP(operand.LabelRef("quads"))
	ctx.Label("done")
	ctx.VZEROUPPER()
	ctx.RET()
}

// rewind goes back as far as a quad is longer than the last columns, so that it does them
// together with those before them, once more.
func rewind(ctx *build.Context, cols, src, dst, step reg.GPVirtual) {
	back := ctx.GP64()
	ctx.MOVQ(operand.U32(quad), back)
	ctx.SUBQ(cols, back)
	ctx.MOVQ(operand.U32(quad), cols)
	bytes := ctx.GP64()
	ctx.MOVQ(back, bytes)
	ctx.IMULQ(step, bytes)
	ctx.SUBQ(bytes, dst)
	ctx.SHLQ(operand.U8(2), back)
	ctx.SUBQ(back, src)
}
