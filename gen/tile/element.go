package tile

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
)

// element is the type of a matrix's elements.
type element struct {
	size int    // bytes
	pkg  string // of the assembly
}

var (
	float32s = element{4, "f32"}
	float64s = element{8, "f64"}
)

// line is the bytes of a row of a panel, and of a cache line.
const line = 64

// panel is the columns of a panel of a packed matrix.
func (e element) panel() int { return line / e.size }

// The instructions that differ: those on elements, and under masks.

func (e element) broadcast(ctx *build.Context, from, to operand.Op) {
	if e.size == 8 {
		ctx.VBROADCASTSD(from, to)
		return
	}
	ctx.VBROADCASTSS(from, to)
}

func (e element) fma(ctx *build.Context, a, b, acc operand.Op) {
	if e.size == 8 {
		ctx.VFMADD231PD(a, b, acc)
		return
	}
	ctx.VFMADD231PS(a, b, acc)
}

// fmaBroadcast multiplies by an element in memory.
func (e element) fmaBroadcast(ctx *build.Context, a, b, acc operand.Op) {
	if e.size == 8 {
		ctx.VFMADD231PD_BCST(a, b, acc)
		return
	}
	ctx.VFMADD231PS_BCST(a, b, acc)
}

func (e element) move(ctx *build.Context, ops ...operand.Op) {
	if e.size == 8 {
		ctx.VMOVUPD(ops...)
		return
	}
	ctx.VMOVUPS(ops...)
}

// load loads the elements of a mask register and clears the others.
func (e element) load(ctx *build.Context, mem, mask, v operand.Op) {
	if e.size == 8 {
		ctx.VMOVUPD_Z(mem, mask, v)
		return
	}
	ctx.VMOVUPS_Z(mem, mask, v)
}

// moveMasked loads or stores under a vector that is a mask.
func (e element) moveMasked(ctx *build.Context, from, mask, to operand.Op) {
	if e.size == 8 {
		ctx.VMASKMOVPD(from, mask, to)
		return
	}
	ctx.VMASKMOVPS(from, mask, to)
}
