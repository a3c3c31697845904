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
		if before := s.columns(len(s.vectors) - 1); before%32 != 0 { // a shift is modulo 32
			ctx.SUBQ(operand.U8(before), reg.RCX)
		}
		ctx.MOVL(operand.U32(1), reg.EBX)
		ctx.SHLL(reg.CL, reg.EBX) // by the columns of the last vector
		ctx.DECL(reg.EBX)
		ctx.KMOVW(reg.EBX, maskBits)
		return
	}
	masks := vec.MaskTable(ctx, "columnMasks") // of n columns from word 8-n on
	ctx.LEAQ(masks.Offset(s.vectors[0]), reg.RBX)
	ctx.SHLQ(operand.U8(s.of.size/4+1), reg.RCX) // by size: 4 is 1 << 2, 8 is 1 << 3
	ctx.SUBQ(reg.RCX, reg.RBX)
	ctx.VMOVUPS(operand.Mem{Base: reg.RBX}, maskWords)
}

// load loads vector j of a row.
func (s shape) load(ctx *build.Context, j int, mem operand.Mem, v reg.VecPhysical) {
	switch {
	case s.mask == unmasked || j < len(s.vectors)-1:
		s.of.move(ctx, mem, v)
	case s.mask == vectorMask:
		s.of.moveMasked(ctx, mem, maskWords, v)
	case s.mask == registerMask:
		s.of.load(ctx, mem, maskBits, v)
	}
}

// store writes vector j of a row; all says that no column is masked.
func (s shape) store(ctx *build.Context, j int, v reg.VecPhysical, mem operand.Mem, all bool) {
	switch {
	case s.mask == unmasked || j < len(s.vectors)-1 || all:
		s.of.move(ctx, v, mem)
	case s.mask == vectorMask:
		s.of.moveMasked(ctx, v, maskWords, mem)
	case s.mask == registerMask:
		s.of.move(ctx, v, maskBits, mem)
	}
}
