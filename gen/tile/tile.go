// Package tile generates the micro-kernels of the matrix products: one tile of
// C = Init + A B, held in vector registers over the whole of k.
//
// Every element of the tile is one chain of fused multiply-adds over k,
// ascending, so a tile of any shape gives the same bits.
package tile

import (
	"fmt"
	"strings"

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
	rows       int  // most rows of a tile
	columns    int  // one or two panels, or half of one
	lanes      int  // floats in a vector
	broadcasts int  // registers that elements of A take turns in
	masked     bool // touch only the columns of a mask
}

// The budgets. AVX-512 has 32 registers: 28 accumulators, 2 of B, 2 broadcasts
// of A. AVX2 has 16: 12 accumulators, 2 of B, 2 broadcasts; or, where the last
// panel of a matrix is narrow, 13 accumulators, 1 of B, 1 broadcast and a mask.
// A core that halves its 512-bit instructions gains from the latter too.
var (
	avx512Wide   = shape{name: "Tile14x32AVX512", rows: 14, columns: 32, lanes: 16, broadcasts: 2}
	avx512Narrow = shape{name: "Tile14x16AVX512", rows: 14, columns: 16, lanes: 16, broadcasts: 2, masked: true}
	avx2         = shape{name: "Tile6x16AVX2", rows: 6, columns: 16, lanes: 8, broadcasts: 2}
	avx2Narrow   = shape{name: "Tile13x8AVX2", rows: 13, columns: 8, lanes: 8, broadcasts: 1, masked: true}
)

// AVX512 builds the AVX-512 micro-kernels.
func AVX512(ctx *build.Context) {
	generate(ctx, avx512Wide)
	generate(ctx, avx512Narrow)
}

// AVX2 builds the AVX2 micro-kernels.
func AVX2(ctx *build.Context) {
	generate(ctx, avx2)
	generate(ctx, avx2Narrow)
}

// Registers shared by all sections of a micro-kernel. A row i of A is found at
// a + i*rs; odd multiples of rs in registers and the scales 1, 2, 4, 8 of the
// addressing mode reach every row, so that a alone moves along k.
var (
	regK     = reg.RAX
	regA     = reg.RBX
	regKS    = reg.RCX
	regB     = reg.RDX
	regBS    = reg.RSI
	regB1    = reg.RDI // distance from the first panel of B to the second
	regOdd   = [...]reg.GPPhysical{reg.R8, reg.R9, reg.R10, reg.R11, reg.R12, reg.R13, reg.R14}
	regInit  = reg.R8 // free before the odd multiples are formed
	regC     = reg.R8 // and again after the loop
	regIS    = reg.R9
	regCS    = reg.R9
	regI1    = reg.R10
	regC1    = reg.R10
	regM     = reg.R15
	regAhead = reg.R15 // 16 rows of B ahead; free once m is known
)

const signature = "func(m, k int, a *float32, rs, ks uintptr, b *float32, b1, bs uintptr, init *float32, i1, is uintptr, c *float32, c1, cs uintptr)"

// doc is the doc comment of the micro-kernel.
func doc(name string, rows, columns int) []string {
	return []string{fmt.Sprintf("%s computes m rows (1 to %d) of a tile of %d columns:", name, rows, columns),
		"",
		"\tc[i][j] = init[i][j] + sum over p of a[i][p]*b[p][j]",
		"",
		"as one chain of fused multiply-adds over p = 0..k-1 from init. Strides and",
		"distances are in bytes: a[i][p] is at a + i*rs + p*ks; row p of b at b + p*bs,",
		"of c at c + i*cs, of init at init + i*is; the second panel of 16 columns lies b1,",
		"c1 and i1 further on. init may be c; otherwise c overlaps nothing."}
}

func generate(ctx *build.Context, s shape) {
	ctx.Function(s.name)
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	s.declare(ctx)
	ctx.Load(ctx.Param("m"), regM)
	for m := s.rows; m > 1; m-- {
		ctx.CMPQ(regM, operand.U8(m))
		ctx.JE(operand.LabelRef(fmt.Sprintf("rows%d", m)))
	}
	for m := 1; m <= s.rows; m++ {
		ctx.Label(fmt.Sprintf("rows%d", m))
		s.section(ctx, m)
	}
}

// declare writes the signature and loads the mask, which is bits for AVX-512 and
// a vector of words for AVX2.
func (s shape) declare(ctx *build.Context) {
	about := doc(s.name, s.rows, s.columns)
	if !s.masked {
		ctx.SignatureExpr(signature)
		ctx.Doc(about...)
		return
	}
	kind := "uint16"
	if s.lanes == 8 {
		kind = "*uint32"
	}
	ctx.SignatureExpr(strings.Replace(signature, ")", ", mask "+kind+")", 1))
	ctx.Doc(append(about, "", "Columns that are not in the mask are not touched.")...)
	mask := ctx.Load(ctx.Param("mask"), ctx.GP64())
	if s.lanes == 8 {
		ctx.VMOVUPS(operand.Mem{Base: mask}, avx2Mask)
		return
	}
	ctx.KMOVW(mask.(reg.GP).As32(), avx512Mask)
}

var avx512Mask, avx2Mask = reg.K1, reg.Y15

func (s shape) load(ctx *build.Context, mem operand.Mem, v reg.VecPhysical) {
	switch {
	case !s.masked:
		ctx.VMOVUPS(mem, v)
	case s.lanes == 8:
		ctx.VMASKMOVPS(mem, avx2Mask, v)
	default:
		ctx.VMOVUPS_Z(mem, avx512Mask, v)
	}
}

func (s shape) store(ctx *build.Context, v reg.VecPhysical, mem operand.Mem) {
	switch {
	case !s.masked:
		ctx.VMOVUPS(v, mem)
	case s.lanes == 8:
		ctx.VMASKMOVPS(v, avx2Mask, mem)
	default:
		ctx.VMOVUPS(v, avx512Mask, mem)
	}
}

// section is the tile for exactly m rows.
func (s shape) section(ctx *build.Context, m int) {
	vectors := s.columns / s.lanes
	second := s.columns > Panel
	// Vector j of a row lies at this place behind the row's first panel.
	at := func(base, next reg.Register, j int) operand.Mem {
		mem := operand.Mem{Base: base, Disp: j * s.lanes % Panel * 4}
		if j*s.lanes >= Panel {
			mem.Index, mem.Scale = next, 1
		}
		return mem
	}
	acc := func(i, j int) reg.VecPhysical { return s.vector(i*vectors + j) }
	b := func(j int) reg.VecPhysical { return s.vector(s.rows*vectors + j) }
	broadcast := func(i int) reg.VecPhysical { return s.vector(s.rows*vectors + vectors + i%s.broadcasts) }

	ctx.Load(ctx.Param("init"), regInit)
	ctx.Load(ctx.Param("is"), regIS)
	if second {
		ctx.Load(ctx.Param("i1"), regI1)
	}
	for i := range m {
		for j := range vectors {
			s.load(ctx, at(regInit, regI1, j), acc(i, j))
		}
		if i+1 < m {
			ctx.ADDQ(regIS, regInit)
		}
	}
	ctx.Load(ctx.Param("k"), regK)
	ctx.Load(ctx.Param("a"), regA)
	ctx.Load(ctx.Param("ks"), regKS)
	ctx.Load(ctx.Param("b"), regB)
	ctx.Load(ctx.Param("bs"), regBS)
	if second {
		ctx.Load(ctx.Param("b1"), regB1)
	}
	if m > 1 {
		ctx.Load(ctx.Param("rs"), regOdd[0])
	}
	for odd := 3; odd < m; odd += 2 {
		ctx.LEAQ(operand.Mem{Base: regOdd[odd/2-1], Index: regOdd[0], Scale: 2}, regOdd[odd/2])
	}
	loop, done := fmt.Sprintf("loopK%d", m), fmt.Sprintf("store%d", m)
	ctx.TESTQ(regK, regK)
	ctx.JE(operand.LabelRef(done))
	ctx.LEAQ(operand.Mem{Base: regB, Index: regBS, Scale: 8}, regAhead)
	ctx.LEAQ(operand.Mem{Base: regAhead, Index: regBS, Scale: 8}, regAhead)
	ctx.Label(loop)
	ctx.PREFETCHT0(operand.Mem{Base: regAhead})
	if second {
		ctx.PREFETCHT0(operand.Mem{Base: regAhead, Index: regB1, Scale: 1})
	}
	for j := range vectors {
		s.load(ctx, at(regB, regB1, j), b(j))
	}
	for i := range m {
		ctx.VBROADCASTSS(rowAddress(i), broadcast(i))
		for j := range vectors {
			ctx.VFMADD231PS(b(j), broadcast(i), acc(i, j))
		}
	}
	ctx.ADDQ(regKS, regA)
	ctx.ADDQ(regBS, regB)
	ctx.ADDQ(regBS, regAhead)
	ctx.DECQ(regK)
	ctx.JNE(operand.LabelRef(loop))

	ctx.Label(done)
	ctx.Load(ctx.Param("c"), regC)
	ctx.Load(ctx.Param("cs"), regCS)
	if second {
		ctx.Load(ctx.Param("c1"), regC1)
	}
	for i := range m {
		for j := range vectors {
			s.store(ctx, acc(i, j), at(regC, regC1, j))
		}
		if i+1 < m {
			ctx.ADDQ(regCS, regC)
		}
	}
	ctx.VZEROUPPER()
	ctx.RET()
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
}
