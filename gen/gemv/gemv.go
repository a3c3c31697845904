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
	line  = 64  // bytes
	ahead = 256 // bytes of a row that are fetched before their turn
)

// AVX512 builds the kernel for 16 rows of float32 at a time.
func AVX512(ctx *build.Context) { kernel{ctx, pack.Float32, "GemvAVX512", line}.generate() }

// AVX512Double builds that for 8 rows of float64.
func AVX512Double(ctx *build.Context) { kernel{ctx, pack.Float64, "GemvAVX512", line}.generate() }

// AVX2 builds the kernel for 8 rows of float32 at a time.
func AVX2(ctx *build.Context) { kernel{ctx, pack.Float32, "GemvAVX2", line / 2}.generate() }

// AVX2Double builds that for 4 rows of float64.
func AVX2Double(ctx *build.Context) { kernel{ctx, pack.Float64, "GemvAVX2", line / 2}.generate() }

type kernel struct {
	ctx   *build.Context
	of    pack.Element
	name  string
	bytes int // of a vector
}

// lanes is how many rows are multiplied at a time.
func (g kernel) lanes() int { return g.bytes / g.of.Size() }

// groups is how many groups of columns are multiplied at a time, where a line of each row
// is left.
func (g kernel) groups() int {
	if g.bytes == line {
		return line / g.of.Size() / g.of.Group()
	}
	return 1
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
	ctx.SignatureExpr(fmt.Sprintf("func(vectors, groups, k int, a *%[1]s, stride uintptr, x *%[1]s, step uintptr, y *%[1]s, next uintptr)", g.of.Type))
	ctx.Doc(fmt.Sprintf("%s adds A x to y for 1 to %d vectors and groups (at least 1) of %d rows of A:", g.name, most, g.lanes()),
		"", "\ty[v][i] += sum over p < k of A[i][p]*x[p][v]",
		"", fmt.Sprintf("as one chain of fused multiply-adds over p, ascending. k is %d at least. A[i] is at a + i*stride, x[p] at", g.of.Group()),
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
	for len(r.odd) < g.lanes()/2 {
		r.odd = append(r.odd, ctx.GP64())
	}
	address.OddMultiples(ctx, r.odd)
	for range vectors {
		r.y = append(r.y, pack.Vector(g.ctx, g.bytes))
	}

	ctx.Label(label("group"))
	ctx.MOVQ(g.param("a"), r.a)
	ctx.MOVQ(g.param("x"), r.x)
	ctx.MOVQ(g.param("k"), r.k)
	g.results(vectors, func(y operand.Mem, v int) { ctx.VMOVUPS(y, r.y[v]) })

	ctx.Label(label("line"))
	ctx.CMPQ(r.k, operand.U8(line/g.of.Size()))
	ctx.JL(jump("quads"))
	for i := range g.lanes() {
		at := address.Row(r.a, r.odd, i)
		at.Disp = ahead
		ctx.PREFETCHT0(at)
	}
	for range line / g.of.Size() / g.of.Group() / g.groups() {
		g.block(r, g.groups())
	}
	ctx.JMP(jump("line"))
	ctx.Label(label("quads"))
	ctx.CMPQ(r.k, operand.U8(g.of.Group()))
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
	ctx.IMUL3Q(operand.U8(g.lanes()), rows, rows)
	ctx.ADDQ(rows, g.param("a"))
	ctx.ADDQ(operand.U8(g.bytes), g.param("y"))
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

// block multiplies some groups of columns.
func (g kernel) block(r registers, groups int) {
	for _, columns := range pack.Columns(g.ctx, g.of, g.bytes, r.a, r.odd, groups) {
		for _, column := range columns {
			g.multiply(r, column)
			g.ctx.ADDQ(r.step, r.x)
		}
	}
	g.ctx.SUBQ(operand.U8(g.of.Group()*groups), r.k)
}

// multiply adds the products of a column and the elements of the vectors at x.
func (g kernel) multiply(r registers, column reg.VecVirtual) {
	for v, y := range r.y {
		g.fma(operand.Mem{Base: r.x, Disp: g.of.Size() * v}, column, y)
	}
}

// fma adds the products of a column and an element in memory.
func (g kernel) fma(x operand.Mem, column, y reg.VecVirtual) {
	double := g.of == pack.Float64
	switch {
	case g.bytes == line && double:
		g.ctx.VFMADD231PD_BCST(x, column, y)
		return
	case g.bytes == line:
		g.ctx.VFMADD231PS_BCST(x, column, y)
		return
	}
	element := pack.Vector(g.ctx, g.bytes)
	if double {
		g.ctx.VBROADCASTSD(x, element)
		g.ctx.VFMADD231PD(element, column, y)
		return
	}
	g.ctx.VBROADCASTSS(x, element)
	g.ctx.VFMADD231PS(element, column, y)
}

// rest multiplies the last columns, fewer than a group, which are transposed with those
// before them.
func (g kernel) rest(r registers, jump func(string) operand.LabelRef, label func(string) string) {
	ctx := g.ctx
	ctx.TESTQ(r.k, r.k)
	ctx.JE(jump("store"))
	back := ctx.GP64()
	ctx.MOVQ(operand.U32(g.of.Group()), back)
	ctx.SUBQ(r.k, back)
	ctx.SHLQ(operand.U8(g.of.Shift), back)
	ctx.SUBQ(back, r.a)
	columns := pack.Columns(ctx, g.of, g.bytes, r.a, r.odd, 1)[0]
	for left := g.of.Group() - 1; left > 1; left-- {
		fewer := fmt.Sprintf("left%dof", left-1)
		ctx.CMPQ(r.k, operand.U8(left))
		ctx.JL(jump(fewer))
		g.multiply(r, columns[g.of.Group()-left])
		ctx.ADDQ(r.step, r.x)
		ctx.Label(label(fewer))
	}
	g.multiply(r, columns[g.of.Group()-1])
}
