package pack

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
)

// Quad is how many columns are transposed at a time: 16 bytes of each row.
const Quad = 4

const (
	rows  = 16 // that are transposed at a time, a vector of a column
	quad  = Quad
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

// Columns reads some quads of columns of so many rows as a vector has lanes, and moves src
// behind them. odd are odd multiples of the rows' stride. The bytes of a row are read one after
// the other, since its line might be gone when the other rows have been read.
func Columns(ctx *build.Context, lanes int, src reg.GPVirtual, odd []reg.GPVirtual, quads int) (columns [][quad]reg.VecVirtual) {
	v := make([][quad]reg.VecVirtual, quads) // v[q][r] holds quad q of the rows r, r+4, ...
	for r := range quad {
		for part := range lanes / quad {
			for q := range quads {
				at := address.Row(src, odd, r+quad*part)
				at.Disp = 4 * quad * q
				if part == 0 {
					v[q][r] = Vector(ctx, lanes)
				}
				insert(ctx, lanes, part, at, v[q][r])
			}
		}
	}
	ctx.ADDQ(operand.U8(4*quad*quads), src)
	for q := range quads {
		columns = append(columns, transposeQuad(ctx, lanes, v[q]))
	}
	return columns
}

// insert makes 16 bytes a part of a vector: the first time of all parts, for avo to see that
// what was in the register before is not needed.
func insert(ctx *build.Context, lanes, part int, at operand.Mem, v reg.VecVirtual) {
	switch {
	case part == 0 && lanes == 16:
		ctx.VBROADCASTF32X4(at, v)
	case part == 0:
		ctx.VBROADCASTF128(at, v)
	case lanes == 16:
		ctx.VINSERTF32X4(operand.U8(part), at, v, v)
	default:
		ctx.VINSERTF128(operand.U8(part), at, v, v)
	}
}

// transposeQuad transposes the 4 x 4 elements in each 16 bytes of four vectors, to new ones.
func transposeQuad(ctx *build.Context, lanes int, v [quad]reg.VecVirtual) (columns [quad]reg.VecVirtual) {
	var pairs [quad]reg.VecVirtual
	for i := range quad {
		pairs[i], columns[i] = Vector(ctx, lanes), Vector(ctx, lanes)
	}
	ctx.VUNPCKLPS(v[1], v[0], pairs[0]) // columns 0 and 1 of rows 0 and 1
	ctx.VUNPCKHPS(v[1], v[0], pairs[1]) // columns 2 and 3
	ctx.VUNPCKLPS(v[3], v[2], pairs[2])
	ctx.VUNPCKHPS(v[3], v[2], pairs[3])
	ctx.VUNPCKLPD(pairs[2], pairs[0], columns[0])
	ctx.VUNPCKHPD(pairs[2], pairs[0], columns[1])
	ctx.VUNPCKLPD(pairs[3], pairs[1], columns[2])
	ctx.VUNPCKHPD(pairs[3], pairs[1], columns[3])
	return columns
}
