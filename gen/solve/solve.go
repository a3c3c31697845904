// Package solve generates the kernels that solve a triangle for some columns: products and
// solution of a few lines at a time, in vector registers.
package solve

import (
	"fmt"

	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"github.com/targetprop/targetprop/gen/address"
	"github.com/targetprop/targetprop/gen/lane"
)

// The lines that are solved at a time, and the vectors of a line: 12 accumulators, 2 vectors
// of a solved line and 2 broadcasts are the 16 registers of AVX2. Chains of 12 accumulators
// hide what a multiplication takes.
const lines, vectors = 6, 2

// Kernels writes the kernel for a machine.
func Kernels(m *lane.Machine) {
	m.Begin("Solve", signature, doc(vectors*m.Lanes())...)
	c := m.Ctx
	s := solver{Machine: m, column: m.Param("column"), next: m.Param("next"), odd: []reg.GPVirtual{m.Param("row"), c.GP64(), c.GP64()}}
	address.OddMultiples(c, s.odd)
	for _, r := range []*reg.GPVirtual{&s.tiles, &s.a, &s.inverse, &s.b, &s.done, &s.x, &s.p, &s.k} {
		*r = c.GP64()
	}
	c.Label("panel")
	c.MOVQ(m.Argument("tiles"), s.tiles)
	c.MOVQ(m.Argument("a"), s.a)
	c.MOVQ(m.Argument("inverse"), s.inverse)
	c.MOVQ(m.Argument("b"), s.b)
	c.XORQ(s.done, s.done)
	c.MOVQ(m.Argument("first"), s.k)
	for n := 1; n < lines; n++ {
		c.CMPQ(s.k, operand.U8(n))
		c.JE(operand.LabelRef(fmt.Sprintf("lines%d", n)))
	}
	c.Label("next")
	c.TESTQ(s.tiles, s.tiles)
	c.JE(operand.LabelRef("done"))
	c.DECQ(s.tiles)
	s.tile(lines)
	c.JMP(operand.LabelRef("next"))
	for n := 1; n < lines; n++ {
		c.Label(fmt.Sprintf("lines%d", n))
		s.tile(n)
		c.JMP(operand.LabelRef("next"))
	}
	c.Label("done")
	c.DECQ(m.Argument("panels")) // parameters are variables
	c.JE(operand.LabelRef("all"))
	c.ADDQ(operand.U32(vectors*m.Bytes), m.Argument("b"))
	c.JMP(operand.LabelRef("panel"))
	c.Label("all")
	m.End()
}

const signature = "func(panels, first, tiles int, a *T, row, column uintptr, inverse, b *T, stride uintptr, x *T, next uintptr)"

// doc is what the kernel does, for a panel of so many columns.
func doc(columns int) []string {
	return []string{
		fmt.Sprintf("solves a triangle for panels, at least one, of %d columns: first lines, fewer than %d, then %d at a", columns, lines, lines),
		"time, as often as tiles says.",
		"Each element of a line is a chain of fused multiply-adds over the lines before, and then a product:", "",
		"\tx[i][j] = (b[i][j] - sum over k < i of a[i][k]*x[k][j]) * inverse[i]", "",
		"It goes to b, too, and x is the last panel's. a[i][k] is at a + i*row + k*column, line i of b at b + i*stride and",
		"of x at x + i*next, in bytes. Panels follow each other in b; x may be the only one.",
	}
}

// solver is the kernel's general registers.
type solver struct {
	*lane.Machine
	tiles, done  reg.GPVirtual   // those to come; the lines that are solved
	a, column, p reg.GPVirtual   // the tile's lines of a, the distance of their elements, and where they are
	odd          []reg.GPVirtual // multiples of the distance of lines
	inverse, b   reg.GPVirtual   // of the tile's lines
	x, next, k   reg.GPVirtual   // a line of x, the distance to the next one, and how many there are
}

// tile solves n lines. If they are fewer than others they are the first ones.
func (s *solver) tile(n int) {
	c := s.Ctx
	acc := s.load(n)
	c.MOVQ(s.Argument("x"), s.x)
	c.MOVQ(s.a, s.p)
	if n == lines {
		c.MOVQ(s.done, s.k)
		c.TESTQ(s.k, s.k)
		c.JE(operand.LabelRef("solve"))
		c.Label("product")
		s.product(acc)
		c.DECQ(s.k)
		c.JNE(operand.LabelRef("product"))
		c.Label("solve")
	}
	s.solve(acc)
	c.ADDQ(operand.U8(n), s.done)
	c.ADDQ(operand.U8(n*s.Size), s.inverse)
	if n == lines {
		c.LEAQ(operand.Mem{Base: s.a, Index: s.odd[1], Scale: 2}, s.a)
	} else {
		c.LEAQ(address.Row(s.a, s.odd, n), s.a)
	}
}

// load is n lines of b.
func (s *solver) load(n int) [][]reg.VecVirtual {
	c := s.Ctx
	at, stride := c.GP64(), c.GP64()
	c.MOVQ(s.b, at)
	c.MOVQ(s.Argument("stride"), stride)
	acc := make([][]reg.VecVirtual, n)
	for i := range acc {
		acc[i] = s.Vectors(vectors)
		for v := range acc[i] {
			s.Load(operand.Mem{Base: at, Disp: v * s.Bytes}, acc[i][v])
		}
		if i+1 < n {
			c.ADDQ(stride, at)
		}
	}
	return acc
}

// product subtracts the products of one line of x from the lines of a tile.
func (s *solver) product(acc [][]reg.VecVirtual) {
	c := s.Ctx
	x := s.Vectors(vectors)
	for v := range x {
		s.Load(operand.Mem{Base: s.x, Disp: v * s.Bytes}, x[v])
	}
	for i := range acc {
		s.subtract(i, x, acc[i])
	}
	c.ADDQ(s.column, s.p)
	c.ADDQ(s.next, s.x)
}

// subtract subtracts the product of a line and the current element of line i of a.
func (s *solver) subtract(i int, x, acc []reg.VecVirtual) {
	factor := s.Broadcast(address.Row(s.p, s.odd, i))
	for v := range acc {
		s.FNMA(x[v], factor, acc[v])
	}
}

// solve ends the lines of a tile, one after the other, and stores them.
func (s *solver) solve(acc [][]reg.VecVirtual) {
	c := s.Ctx
	for i, x := range acc {
		inverse := s.Broadcast(operand.Mem{Base: s.inverse, Disp: i * s.Size})
		for v := range x {
			s.Mul(inverse, x[v], x[v])
		}
		for j := i + 1; j < len(acc); j++ {
			s.subtract(j, x, acc[j])
		}
		c.ADDQ(s.column, s.p)
	}
	same, stored := fmt.Sprintf("same%d", len(acc)), fmt.Sprintf("stored%d", len(acc))
	c.CMPQ(s.b, s.x)
	c.JE(operand.LabelRef(same))
	stride := c.GP64()
	c.MOVQ(s.Argument("stride"), stride)
	s.store(acc, s.b, stride)
	s.store(acc, s.x, s.next)
	c.JMP(operand.LabelRef(stored))
	c.Label(same)
	s.store(acc, s.x, s.next)
	c.MOVQ(s.x, s.b)
	c.Label(stored)
}

// store writes the lines and moves the pointer behind them.
func (s *solver) store(acc [][]reg.VecVirtual, to, stride reg.GPVirtual) {
	for _, x := range acc {
		for v := range x {
			s.Store(x[v], operand.Mem{Base: to, Disp: v * s.Bytes})
		}
		s.Ctx.ADDQ(stride, to)
	}
}
