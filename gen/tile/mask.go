package tile

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/vec"
)

// loadMask makes the mask of the columns of a row's last vector.
func (s shape) loadMask(ctx *build.Context) {
	if s.mask == unmasked {
		return
	}
	ctx.MOVQ(field("N"), reg.RCX)
	if s.mask == registerMask {
		if before := s.columns(len(s.lanes) - 1); before%32 != 0 { // a shift is modulo 32
			ctx.SUBQ(operand.U8(before), reg.RCX)
		}
		ctx.MOVL(operand.U32(1), reg.EBX)
		ctx.SHLL(reg.CL, reg.EBX) // by the columns of the last vector
		ctx.DECL(reg.EBX)
		ctx.KMOVW(reg.EBX, maskBits)
		return
	}
	masks := vec.MaskTable(ctx, "columnMasks") // of n columns from word 8-n on
	ctx.LEAQ(masks.Offset(4*s.lanes[0]), reg.RBX)
	ctx.SHLQ(operand.U8(2), reg.RCX)
	ctx.SUBQ(reg.RCX, reg.RBX)
	ctx.VMOVUPS(operand.Mem{Base: reg.RBX}, maskWords)
}

// load loads vector j of a row.
func (s shape) load(ctx *build.Context, j int, mem operand.Mem, v reg.VecPhysical) {
	switch {
	case s.mask == unmasked || j < len(s.lanes)-1:
		ctx.VMOVUPS(mem, v)
	case s.mask == vectorMask:
		ctx.VMASKMOVPS(mem, maskWords, v)
	case s.mask == registerMask:
		ctx.VMOVUPS_Z(mem, maskBits, v)
	}
}

// store writes vector j of a row; all says that no column is masked.
func (s shape) store(ctx *build.Context, j int, v reg.VecPhysical, mem operand.Mem, all bool) {
	switch {
	case s.mask == unmasked || j < len(s.lanes)-1 || all:
		ctx.VMOVUPS(v, mem)
	case s.mask == vectorMask:
		ctx.VMASKMOVPS(v, maskWords, mem)
	case s.mask == registerMask:
		ctx.VMOVUPS(v, maskBits, mem)
	}
}
