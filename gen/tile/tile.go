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

// Panel is the number of columns of one panel of a packed matrix.
const Panel = 16

// shape is the register budget of one micro-kernel.
type shape struct {
	name       string
	rows       int // most rows of a tile
	columns    int // one or two panels, or half of one
	lanes      int // floats in a vector
	broadcasts int // registers that elements of A take turns in
	mask       mask
}

// The budgets. AVX-512 has 32 registers: 28 accumulators, 2 of B, 2 broadcasts
// of A. Its narrow tiles multiply A from memory, since they have as many elements
// of A as multiplications, and run out of addresses first. AVX2 has 16 registers:
// 12 accumulators, 2 of B, 2 broadcasts; or, where the last panel of a matrix is
// narrow, 13 accumulators, 1 of B, 1 broadcast and a mask.
var (
	avx512Wide   = shape{name: "Tile14x32AVX512", rows: 14, columns: 32, lanes: 16, broadcasts: 2}
	avx512Narrow = shape{name: "Tile16x16AVX512", rows: 16, columns: 16, lanes: 16, mask: registerMask}
	avx512Half   = shape{name: "Tile16x8AVX512", rows: 16, columns: 8, lanes: 8, mask: registerMask}
	avx2         = shape{name: "Tile6x16AVX2", rows: 6, columns: 16, lanes: 8, broadcasts: 2}
	avx2Half     = shape{name: "Tile13x8AVX2", rows: 13, columns: 8, lanes: 8, broadcasts: 1, mask: vectorMask}
)

// AVX512 builds the AVX-512 micro-kernels.
func AVX512(ctx *build.Context) {
	generate(ctx, avx512Wide)
	generate(ctx, avx512Narrow)
	generate(ctx, avx512Half)
}

// AVX2 builds the AVX2 micro-kernels.
func AVX2(ctx *build.Context) {
	generate(ctx, avx2)
	generate(ctx, avx2Half)
}

// Registers shared by all sections of a micro-kernel. A row i of A is found at
// a + i*rs; odd multiples of rs in registers and the scales 1, 2, 4, 8 of the
// addressing mode reach every row, so that a alone moves along k.
var (
	regTile   = reg.RAX // the argument, until k takes its place
	regK      = reg.RAX
	regA      = reg.RBX
	regKS     = reg.RCX
	regB      = reg.RDX
	regBS     = reg.RSI
	regB1     = reg.RDI // distance from the first panel of B to the second
	regOdd    = [...]reg.GPPhysical{reg.R8, reg.R9, reg.R10, reg.R11, reg.R12, reg.R13, reg.R14, reg.R15}
	regInit   = reg.R8 // free before the odd multiples are formed
	regC      = reg.R8 // and again after the loop
	regIS     = reg.R9
	regCS     = reg.R9
	regI1     = reg.R10
	regC1     = reg.R10
	regM      = reg.R15
	regFetch  = reg.R15 // the line that is fetched, in wide tiles
	regFetch1 = reg.RBP // the line beside it; the assembler saves the register
)

// doc is the doc comment of the micro-kernel.
func (s shape) doc() []string {
	about := fmt.Sprintf("%s computes [Tile]s of 1 to %d rows", s.name, s.rows)
	if s.mask != unmasked {
		return []string{fmt.Sprintf("%s and 1 to %d columns.", about, s.columns)}
	}
	return []string{fmt.Sprintf("%s and %d columns.", about, s.columns)}
}

func generate(ctx *build.Context, s shape) {
	ctx.Function(s.name)
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	ctx.Signature(signature())
	ctx.Doc(s.doc()...)
	ctx.Load(ctx.Param("t"), regTile)
	if s.mask == unmasked {
		ctx.AllocLocal(frameBytes)
	} else {
		s.loadMask(ctx)
	}
	ctx.MOVQ(field("M"), regM)
	ctx.Label("rows")
	for m := s.rows; m > 1; m-- {
		ctx.CMPQ(regM, operand.U8(m))
		ctx.JE(operand.LabelRef(fmt.Sprintf("rows%d", m)))
	}
	for m := 1; m <= s.rows; m++ {
		ctx.Label(fmt.Sprintf("rows%d", m))
		s.section(ctx, m)
	}

	ctx.Label("last")
	ctx.MOVQ(field("Last"), regM)
	ctx.TESTQ(regM, regM)
	ctx.JE(operand.LabelRef("done"))
	ctx.MOVQ(operand.U32(0), field("Last"))
	ctx.MOVQ(operand.U32(1), field("Tiles"))
	advance(ctx)
	ctx.JMP(operand.LabelRef("rows"))
	ctx.Label("done")
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

// section is the tile for exactly m rows.
func (s shape) section(ctx *build.Context, m int) {
	vectors := s.columns / s.lanes
	second := s.columns > Panel
	// Vector j of a row lies at this place behind the row's first panel.
	vector := func(base, next reg.Register, j int) operand.Mem {
		mem := operand.Mem{Base: base, Disp: j * s.lanes % Panel * 4}
		if j*s.lanes >= Panel {
			mem.Index, mem.Scale = next, 1
		}
		return mem
	}
	acc := func(i, j int) reg.VecPhysical { return s.vector(i*vectors + j) }
	b := func(j int) reg.VecPhysical { return s.vector(s.rows*vectors + j) }
	broadcast := func(i int) reg.VecPhysical { return s.vector(s.rows*vectors + vectors + i%s.broadcasts) }

	section, next := fmt.Sprintf("tile%d", m), fmt.Sprintf("next%d", m)
	ctx.Label(section)
	ctx.MOVQ(field("Init"), regInit)
	ctx.MOVQ(field("IS"), regIS)
	if second {
		ctx.MOVQ(field("I1"), regI1)
	}
	start := fmt.Sprintf("start%d", m)
	s.begin(ctx, m, start, func(i, j int) (operand.Mem, reg.VecPhysical) { return vector(regInit, regI1, j), acc(i, j) })
	ctx.Label(start)
	ctx.MOVQ(field("A"), regA)
	ctx.MOVQ(field("KS"), regKS)
	ctx.MOVQ(field("B"), regB)
	ctx.MOVQ(field("BS"), regBS)
	if second {
		ctx.MOVQ(field("B1"), regB1)
	}
	if m > 1 {
		ctx.MOVQ(field("RS"), regOdd[0])
	}
	for odd := 3; odd < m; odd += 2 {
		ctx.LEAQ(operand.Mem{Base: regOdd[odd/2-1], Index: regOdd[0], Scale: 2}, regOdd[odd/2])
	}
	ctx.MOVQ(field("K"), regK)
	step := func() {
		for j := range vectors {
			s.load(ctx, vector(regB, regB1, j), b(j))
		}
		for i := range m {
			if s.mask == registerMask {
				ctx.VFMADD231PS_BCST(rowAddress(i), b(0), acc(i, 0))
				continue
			}
			ctx.VBROADCASTSS(rowAddress(i), broadcast(i))
			for j := range vectors {
				ctx.VFMADD231PS(b(j), broadcast(i), acc(i, j))
			}
		}
		ctx.ADDQ(regKS, regA)
		ctx.ADDQ(regBS, regB)
	}
	done := fmt.Sprintf("store%d", m)
	if s.mask == unmasked { // the others are few, and use the register for A
		s.steps(ctx, m, step, done)
	} else {
		s.loop(ctx, m, step, done)
	}

	ctx.Label(done)
	ctx.Load(ctx.Param("t"), regTile)
	ctx.MOVQ(field("C"), regC)
	ctx.MOVQ(field("CS"), regCS)
	if second {
		ctx.MOVQ(field("C1"), regC1)
	}
	end := func(all bool) {
		for i := range m {
			for j := range vectors {
				s.store(ctx, acc(i, j), vector(regC, regC1, j), all)
			}
			if i+1 < m {
				ctx.ADDQ(regCS, regC)
			}
		}
	}
	if s.mask != unmasked { // a masked store is slow on some cores
		masked := fmt.Sprintf("masked%d", m)
		ctx.CMPQ(field("N"), operand.U8(s.columns))
		ctx.JNE(operand.LabelRef(masked))
		end(true)
		ctx.JMP(operand.LabelRef(next))
		ctx.Label(masked)
	}
	end(false)
	ctx.Label(next)
	ctx.DECQ(field("Tiles"))
	ctx.JE(operand.LabelRef("last"))
	advance(ctx)
	ctx.JMP(operand.LabelRef(section))
}

// loop is what is left of the steps, if any.
func (s shape) loop(ctx *build.Context, m int, step func(), done string) {
	ctx.TESTQ(regK, regK)
	ctx.JE(operand.LabelRef(done))
	repeat(ctx, fmt.Sprintf("loop%d", m), step)
}

// repeat is a loop of regK steps, one at least.
func repeat(ctx *build.Context, name string, step func()) {
	ctx.Label(name)
	step()
	ctx.DECQ(regK)
	ctx.JNE(operand.LabelRef(name))
}

// begin loads the accumulators. Where all rows begin with the same values, which
// are the bias or zeros, they are loaded once: moves between registers are free.
func (s shape) begin(ctx *build.Context, m int, start string, of func(i, j int) (operand.Mem, reg.VecPhysical)) {
	vectors := s.columns / s.lanes
	load := func(i int) {
		for j := range vectors {
			mem, acc := of(i, j)
			s.load(ctx, mem, acc)
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

// rowAddress is where a[i] lies: i is an odd number times 1, 2, 4 or 8.
func rowAddress(i int) operand.Mem {
	mem := operand.Mem{Base: regA}
	if i == 0 {
		return mem
	}
	scale := uint8(1)
	for i%2 == 0 {
		i, scale = i/2, scale*2
	}
	mem.Index, mem.Scale = regOdd[i/2], scale
	return mem
}

func (s shape) vector(i int) reg.VecPhysical {
	if s.lanes == 16 {
		return zmm[i]
	}
	return ymm[i]
}

var zmm = [...]reg.VecPhysical{
	reg.Z0, reg.Z1, reg.Z2, reg.Z3, reg.Z4, reg.Z5, reg.Z6, reg.Z7, reg.Z8, reg.Z9, reg.Z10, reg.Z11, reg.Z12, reg.Z13, reg.Z14, reg.Z15,
	reg.Z16, reg.Z17, reg.Z18, reg.Z19, reg.Z20, reg.Z21, reg.Z22, reg.Z23, reg.Z24, reg.Z25, reg.Z26, reg.Z27, reg.Z28, reg.Z29, reg.Z30, reg.Z31,
}

var ymm = [...]reg.VecPhysical{
	reg.Y0, reg.Y1, reg.Y2, reg.Y3, reg.Y4, reg.Y5, reg.Y6, reg.Y7, reg.Y8, reg.Y9, reg.Y10, reg.Y11, reg.Y12, reg.Y13, reg.Y14, reg.Y15,
	reg.Y16, reg.Y17, reg.Y18, reg.Y19, reg.Y20, reg.Y21, reg.Y22, reg.Y23, reg.Y24, reg.Y25, reg.Y26, reg.Y27, reg.Y28, reg.Y29, reg.Y30, reg.Y31,
}
