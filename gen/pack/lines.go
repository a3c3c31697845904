package pack

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

const (
	line  = 64 // bytes that are copied to one place
	count = 4  // of a row at a time: they follow each other, which spares pages
	ahead = 8  // rows that are fetched before their turn: in a large matrix each lies on another page
)

// lines builds the kernel that copies lines of rows to places apart, with vectors of so
// many bytes.
func lines(ctx *build.Context, name string, bytes int) {
	ctx.Function(name)
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	ctx.SignatureExpr("func(rows int, src *float32, stride uintptr, dst *float32, next, step uintptr)")
	ctx.Doc(fmt.Sprintf("%s copies rows (at least 1) of %d floats, stride bytes apart. Each %d of them go next", name, count*line/4, line/4),
		"bytes further, those of the next row step bytes.")
	rows := ctx.Load(ctx.Param("rows"), ctx.GP64())
	src := ctx.Load(ctx.Param("src"), ctx.GP64()).(reg.GPVirtual)
	stride := ctx.Load(ctx.Param("stride"), ctx.GP64())
	next := ctx.Load(ctx.Param("next"), ctx.GP64()).(reg.GPVirtual)
	step := ctx.Load(ctx.Param("step"), ctx.GP64())
	var dst [count]reg.GPVirtual
	dst[0] = ctx.Load(ctx.Param("dst"), ctx.GP64()).(reg.GPVirtual)
	for p := 1; p < count; p++ {
		dst[p] = ctx.GP64()
		ctx.LEAQ(operand.Mem{Base: dst[p-1], Index: next, Scale: 1}, dst[p])
	}
	later := ctx.GP64()
	ctx.LEAQ(operand.Mem{Base: src, Index: stride, Scale: ahead}, later)
	row := ctx.GP64() // offset from the first one in dst
	ctx.XORQ(row, row)
	ctx.Label("row")
	for p := range count {
		ctx.PREFETCHT0(operand.Mem{Base: later, Disp: line * p})
	}
	for p := range count {
		for at := 0; at < line; at += bytes {
			v := Vector(ctx, bytes)
			ctx.VMOVUPS(operand.Mem{Base: src, Disp: line*p + at}, v)
			ctx.VMOVUPS(v, operand.Mem{Base: dst[p], Index: row, Scale: 1, Disp: at})
		}
	}
	ctx.ADDQ(stride, src)
	ctx.ADDQ(stride, later)
	ctx.ADDQ(step, row)
	ctx.DECQ(rows)
	ctx.JNE(operand.LabelRef("row"))
	ctx.VZEROUPPER()
	ctx.RET()
}
