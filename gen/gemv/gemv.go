// Package gemv generates the kernels that multiply a matrix, row by row as it lies, by a
// few vectors.
//
// Every element of the result is one chain of fused multiply-adds along a row, ascending,
// so a vector register holds the elements of some rows, not of one, and what it is
// multiplied by has to be transposed: in registers, on the way.
package gemv

import (
	"fmt"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
	"github.com/targetprop/targetprop/gen/pack"
)

// most is the most vectors that a matrix is multiplied by.
const most = 4

const (
	quad  = pack.Quad
	line  = 16  // columns in a cache line
	ahead = 256 // bytes of a row that are fetched before their turn
)

// AVX512 builds the kernel for 16 rows at a time.
func AVX512(ctx *build.Context) {
	kernel{ctx: ctx, name: "GemvAVX512", lanes: 16, quads: 4}.generate()
}

// AVX2 builds the kernel for 8 rows at a time.
func AVX2(ctx *build.Context) {
	kernel{ctx: ctx, name: "GemvAVX2", lanes: 8, quads: 1}.generate()
}

type kernel struct {
	ctx   *build.Context
	name  string
	lanes int // rows at a time
	quads int // columns at a time, in fours, where a line of each row is left
}

// registers of a kernel.
type registers struct {
	a, x, k, step reg.GPVirtual
	odd           []reg.GPVirtual // multiples of the stride of a
	y             []reg.VecVirtual
}

func (g kernel) generate() {
	ctx := g.ctx
	ctx.Function(g.name)
	ctx.Attributes(attr.NOSPLIT)
	ctx.Pragma("noescape")
	ctx.SignatureExpr("func(vectors, groups, k int, a *float32, stride uintptr, x *float32, step uintptr, y *float32, next uintptr)")
	ctx.Doc(fmt.Sprintf("%s adds A x to y for 1 to %d vectors and groups (at least 1) of %d rows of A:", g.name, most, g.lanes),
		"", "\ty[v][i] += sum over p < k of A[i][p]*x[p][v]",
		"", fmt.Sprintf("as one chain of fused multiply-adds over p, ascending. k is %d at least. A[i] is at a + i*stride, x[p] at", quad),
		"x + p*step, y[v] at y + v*next; all distances are in bytes.")
	for v := 1; v < most; v++ {
		ctx.CMPQ(g.param("vectors"), operand.U8(v))
		ctx.JE(operand.LabelRef(fmt.Sprintf("vectors%d", v)))
	}
	for v := most; v > 0; v-- {
		ctx.Label(fmt.Sprintf("vectors%d", v))
		g.section(v)
	}
}

// section is the kernel for a number of vectors.
func (g kernel) section(vectors int) {
	ctx := g.ctx
	label := func(name string) string { return fmt.Sprintf("%s%d", name, vectors) }
	jump := func(name string) operand.LabelRef { return operand.LabelRef(label(name)) }
	load := func(name string) reg.GPVirtual { return ctx.Load(ctx.Param(name), ctx.GP64()).(reg.GPVirtual) }

	r := registers{a: ctx.GP64(), step: load("step"), x: ctx.GP64(), k: ctx.GP64(), odd: []reg.GPVirtual{load("stride")}}
	for len(r.odd) < g.lanes/2 {
		r.odd = append(r.odd, ctx.GP64())
	}
	address.OddMultiples(ctx, r.odd)
	for range vectors {
		r.y = append(r.y, pack.Vector(g.ctx, g.lanes))
	}

	ctx.Label(label("group"))
	ctx.MOVQ(g.param("a"), r.a)
	ctx.MOVQ(g.param("x"), r.x)
	ctx.MOVQ(g.param("k"), r.k)
	g.results(vectors, func(y operand.Mem, v int) { ctx.VMOVUPS(y, r.y[v]) })

	ctx.Label(label("line"))
	ctx.CMPQ(r.k, operand.U8(line))
	ctx.JL(jump("quads"))
	for i := range g.lanes {
		at := address.Row(r.a, r.odd, i)
		at.Disp = ahead
		ctx.PREFETCHT0(at)
	}
	for range line / (quad * g.quads) {
		g.block(r, g.quads)
	}
	ctx.JMP(jump("line"))
	ctx.Label(label("quads"))
	ctx.CMPQ(r.k, operand.U8(quad))
	ctx.JL(jump("rest"))
	g.block(r, 1)
	ctx.JMP(jump("quads"))
	ctx.Label(label("rest"))
	g.rest(r, jump, label)

	ctx.Label(label("store"))
	g.results(vectors, func(y operand.Mem, v int) { ctx.VMOVUPS(r.y[v], y) })

	ctx.DECQ(g.param("groups"))
	ctx.JE(jump("done"))
	rows := ctx.GP64()
	ctx.MOVQ(r.odd[0], rows)
	ctx.IMUL3Q(operand.U8(g.lanes), rows, rows)
	ctx.ADDQ(rows, g.param("a"))
	ctx.ADDQ(operand.U8(4*g.lanes), g.param("y"))
	ctx.JMP(jump("group"))
	ctx.Label(label("done"))
	ctx.VZEROUPPER()
	ctx.RET()
}

// param is where an argument lies. Those that change from group to group do so there:
// the registers are taken.
func (g kernel) param(name string) operand.Mem {
	c, err := g.ctx.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	return c.Addr
}

// results does something for each vector of the results of the rows.
func (g kernel) results(vectors int, do func(y operand.Mem, v int)) {
	y := g.ctx.GP64()
	g.ctx.MOVQ(g.param("y"), y)
	for v := range vectors {
		if v > 0 {
			g.ctx.ADDQ(g.param("next"), y)
		}
		do(operand.Mem{Base: y}, v)
	}
}

// block multiplies some quads of columns.
func (g kernel) block(r registers, quads int) {
	for _, columns := range pack.Columns(g.ctx, g.lanes, r.a, r.odd, quads) {
		for _, column := range columns {
			g.multiply(r, column)
			g.ctx.ADDQ(r.step, r.x)
		}
	}
	g.ctx.SUBQ(operand.U8(quad*quads), r.k)
}

// multiply adds the products of a column and the elements of the vectors at x.
func (g kernel) multiply(r registers, column reg.VecVirtual) {
	for v, y := range r.y {
		x := operand.Mem{Base: r.x, Disp: 4 * v}
		if g.lanes == 16 {
			g.ctx.VFMADD231PS_BCST(x, column, y)
			continue
		}
		element := pack.Vector(g.ctx, g.lanes)
		g.ctx.VBROADCASTSS(x, element)
		g.ctx.VFMADD231PS(element, column, y)
	}
}

// rest multiplies the last one to three columns, which are transposed with those before
// them.
func (g kernel) rest(r registers, jump func(string) operand.LabelRef, label func(string) string) {
	ctx := g.ctx
	ctx.TESTQ(r.k, r.k)
	ctx.JE(jump("store"))
	back := ctx.GP64()
	ctx.MOVQ(operand.U32(quad), back)
	ctx.SUBQ(r.k, back)
	ctx.SHLQ(operand.U8(2), back)
	ctx.SUBQ(back, r.a)
	columns := pack.Columns(ctx, g.lanes, r.a, r.odd, 1)[0]
	for left := quad - 1; left > 1; left-- {
		fewer := fmt.Sprintf("left%dof", left-1)
		ctx.CMPQ(r.k, operand.U8(left))
		ctx.JL(jump(fewer))
		g.multiply(r, columns[quad-left])
		ctx.ADDQ(r.step, r.x)
		ctx.Label(label(fewer))
	}
	g.multiply(r, columns[quad-1])
}
