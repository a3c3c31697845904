package pack

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
)

// Quad is how many columns are transposed at a time: 16 bytes of each row.
const Quad = 4

const quad = Quad

// Vector is a new register of 8 or 16 lanes.
func Vector(ctx *build.Context, lanes int) reg.VecVirtual {
	if lanes == 16 {
		return ctx.ZMM()
	}
	return ctx.YMM()
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
