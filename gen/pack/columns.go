package pack

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
)

// Element is the type of a matrix's elements.
type Element struct {
	Type  string // in Go
	Shift uint8  // its bytes are 1 << Shift
}

// The types.
var (
	Float32 = Element{"float32", 2}
	Float64 = Element{"float64", 3}
)

// Size is the bytes of an element.
func (e Element) Size() int { return 1 << e.Shift }

// Group is how many columns are transposed at a time: 16 bytes of each row.
func (e Element) Group() int { return part / e.Size() }

// part is the bytes that move between lanes together.
const part = 16

// Vector is a new register of 32 or 64 bytes.
func Vector(ctx *build.Context, bytes int) reg.VecVirtual {
	if bytes == 64 {
		return ctx.ZMM()
	}
	return ctx.YMM()
}

// Columns reads some groups of columns of so many rows as a vector has lanes, and moves src
// behind them. odd are odd multiples of the rows' stride. The bytes of a row are read one after
// the other, since its line might be gone when the other rows have been read.
func Columns(ctx *build.Context, e Element, bytes int, src reg.GPVirtual, odd []reg.GPVirtual, groups int) (columns [][]reg.VecVirtual) {
	group := e.Group()
	v := make([][]reg.VecVirtual, groups) // v[q][r] holds group q of the rows r, r+group, ...
	for r := range group {
		for p := range bytes / part {
			for q := range groups {
				at := address.Row(src, odd, r+group*p)
				at.Disp = part * q
				if p == 0 {
					v[q] = append(v[q], Vector(ctx, bytes))
				}
				insert(ctx, bytes, p, at, v[q][r])
			}
		}
	}
	ctx.ADDQ(operand.U8(part*groups), src)
	for q := range groups {
		if group == 2 {
			columns = append(columns, transposePairs(ctx, bytes, v[q]))
		} else {
			columns = append(columns, transposeQuads(ctx, bytes, v[q]))
		}
	}
	return columns
}

// insert makes 16 bytes part p of a vector: the first time of all parts, for avo to see that
// what was in the register before is not needed.
func insert(ctx *build.Context, bytes, p int, at operand.Mem, v reg.VecVirtual) {
	switch {
	case p == 0 && bytes == 64:
		ctx.VBROADCASTF32X4(at, v)
	case p == 0:
		ctx.VBROADCASTF128(at, v)
	case bytes == 64:
		ctx.VINSERTF32X4(operand.U8(p), at, v, v)
	default:
		ctx.VINSERTF128(operand.U8(p), at, v, v)
	}
}

// transposeQuads transposes the 4 x 4 elements in each 16 bytes of four vectors, to new ones.
func transposeQuads(ctx *build.Context, bytes int, v []reg.VecVirtual) []reg.VecVirtual {
	pairs, columns := make([]reg.VecVirtual, 4), make([]reg.VecVirtual, 4)
	for i := range pairs {
		pairs[i], columns[i] = Vector(ctx, bytes), Vector(ctx, bytes)
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

// transposePairs transposes the 2 x 2 elements in each 16 bytes of two vectors, to new ones.
func transposePairs(ctx *build.Context, bytes int, v []reg.VecVirtual) []reg.VecVirtual {
	columns := []reg.VecVirtual{Vector(ctx, bytes), Vector(ctx, bytes)}
	ctx.VUNPCKLPD(v[1], v[0], columns[0])
	ctx.VUNPCKHPD(v[1], v[0], columns[1])
	return columns
}
