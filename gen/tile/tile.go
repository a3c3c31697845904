// Package tile generates the micro-kernels of the matrix products: one tile of
// C = Init + A B, held in vector registers over the whole of k.
//
// Every element of the tile is one chain of fused multiply-adds over k,
// ascending, so a tile of any shape gives the same bits.
package tile

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// AVX512 builds the AVX-512 micro-kernels for float32.
func AVX512(ctx *build.Context) { generateAll(ctx, avx512(float32s)) }

// AVX512Double builds those for float64.
func AVX512Double(ctx *build.Context) { generateAll(ctx, avx512(float64s)) }

// AVX2 builds the AVX2 micro-kernels for float32.
func AVX2(ctx *build.Context) { generateAll(ctx, avx2(float32s)) }

// AVX2Double builds those for float64.
func AVX2Double(ctx *build.Context) { generateAll(ctx, avx2(float64s)) }

func generateAll(ctx *build.Context, shapes []shape) {
	for _, s := range shapes {
		generate(ctx, s)
	}
}

func generate(ctx *build.Context, s shape) {
	s.check()
	ctx.Function(s.name())
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	ctx.Signature(s.of.signature())
	ctx.Doc(s.doc()...)
	ctx.Load(ctx.Param("t"), regTile)
	if s.fetchesB && s.rows > 1 {
		ctx.AllocLocal(frameBytes) // with it, the assembler saves the frame pointer
	}
	s.loadMask(ctx)
	if s.rows > 1 {
		ctx.MOVQ(field("M"), regM)
		ctx.Label("rows")
		for m := s.rows; m > 1; m-- {
			ctx.CMPQ(regM, operand.U8(m))
			ctx.JE(operand.LabelRef(fmt.Sprintf("rows%d", m)))
		}
	}
	for m := 1; m <= s.rows; m++ {
		ctx.Label(fmt.Sprintf("rows%d", m))
		s.section(ctx, m)
	}
	if s.rows > 1 {
		ctx.Label("last")
		ctx.MOVQ(field("Last"), regM)
		ctx.TESTQ(regM, regM)
		ctx.JE(operand.LabelRef("done"))
		ctx.MOVQ(operand.U32(0), field("Last"))
		ctx.MOVQ(operand.U32(1), field("Tiles"))
		advance(ctx)
		ctx.JMP(operand.LabelRef("rows"))
		ctx.Label("done")
	}
	ctx.VZEROUPPER()
	ctx.RET()
}

// advance moves the argument to the next tile: never behind the last one, since
// the collector follows its pointers.
func advance(ctx *build.Context) {
	for _, name := range []string{"A", "Init", "C"} {
		ctx.MOVQ(field(name[:1]+"Next"), regA)
		ctx.ADDQ(regA, field(name))
	}
}

// along moves the argument of a kernel for a single row to the next tile of it, if one
// follows: as many panels further on as it is wide.
func (s shape) along(ctx *build.Context, section string) {
	ctx.Load(ctx.Param("t"), regTile)
	ctx.DECQ(field("Tiles"))
	ctx.JE(operand.LabelRef("done"))
	for _, name := range []string{"B", "Init", "C"} {
		ctx.MOVQ(field(name[:1]+"1"), regA)
		ctx.IMUL3Q(operand.U8(s.width()/s.of.panel()), regA, regA)
		ctx.ADDQ(regA, field(name))
	}
	ctx.JMP(operand.LabelRef(section))
	ctx.Label("done")
}

// section is the tile for exactly m rows.
func (s shape) section(ctx *build.Context, m int) {
	section := fmt.Sprintf("tile%d", m)
	ctx.Label(section)
	ctx.MOVQ(field("Init"), regInit)
	if m > 1 {
		ctx.MOVQ(field("IS"), regIS)
	}
	s.panels(ctx, field("I1"), regI1)
	start := fmt.Sprintf("start%d", m)
	s.begin(ctx, m, start, func(i, j int) (operand.Mem, reg.VecPhysical) { return s.place(regInit, regI1, j), s.acc(i, j) })
	ctx.Label(start)
	ctx.MOVQ(field("A"), regA)
	ctx.MOVQ(field("KS"), regKS)
	ctx.MOVQ(field("B"), regB)
	ctx.MOVQ(field("BS"), regBS)
	s.panels(ctx, field("B1"), regB1)
	s.oddMultiples(ctx, m)
	ctx.MOVQ(field("K"), regK)
	s.ending(ctx, m)
	if s.rows == 1 {
		s.along(ctx, section)
		return
	}
	ctx.Load(ctx.Param("t"), regTile)
	if !tall(m, s.rows) { // a single tile
		ctx.JMP(operand.LabelRef("last"))
		return
	}
	ctx.DECQ(field("Tiles"))
	ctx.JE(operand.LabelRef("last"))
	advance(ctx)
	ctx.JMP(operand.LabelRef(section))
}

// begin loads the accumulators. Where all rows begin with the same values, which
// are the bias or zeros, they are loaded once: moves between registers are free.
func (s shape) begin(ctx *build.Context, m int, start string, of func(i, j int) (operand.Mem, reg.VecPhysical)) {
	vectors := len(s.vectors)
	load := func(i int) {
		for j := range vectors {
			mem, acc := of(i, j)
			s.load(ctx, j, mem, acc)
		}
	}
	if m == 1 {
		load(0)
		return
	}
	different := fmt.Sprintf("different%d", m)
	ctx.TESTQ(regIS, regIS)
	ctx.JNE(operand.LabelRef(different))
	load(0)
	for i := 1; i < m; i++ {
		for j := range vectors {
			_, first := of(0, j)
			_, acc := of(i, j)
			ctx.VMOVAPS(first, acc)
		}
	}
	ctx.JMP(operand.LabelRef(start))
	ctx.Label(different)
	for i := range m {
		load(i)
		if i+1 < m {
			ctx.ADDQ(regIS, regInit)
		}
	}
}
