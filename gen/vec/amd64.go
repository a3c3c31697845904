package vec

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// AMD64 is a Machine of vectors of 32 bytes (AVX2 with FMA) or 64 (AVX-512F and VL).
//
// It computes several vectors at a time: each operation of a program is written
// once for every vector of a group, one after the other. A chain of operations
// that each wait for the last then leaves no gaps, and a core need not look far
// ahead to find work.
type AMD64 struct {
	ctx   *build.Context
	size  int // bytes of an element
	lanes int

	constants  map[uint64]operand.Mem
	maskTable  operand.Mem // AVX2: a vector of ones, then one of zeros
	lanesTable operand.Mem // 0, 1, 2, ...

	// Constants and scalars that the function being written keeps in registers.
	hoisted map[string]reg.VecVirtual
	found   *findings // while the body is only tried

	// Of the function being written.
	pointers map[string][]reg.GPVirtual // of each row of the group
	// In Map.
	rows, cols int           // of vectors in the group
	index      reg.GPVirtual // element within the row
	tail       operand.Op    // nil in full vectors; else AVX2: address of the mask, AVX-512: opmask
	// In Blocks.
	counter reg.VecVirtual
	first   int // the group's first vector, counted from the block's beginning
}

// findings are what a function turns out to need when its body is only tried.
type findings struct {
	uses    map[string]int // of constants and scalars, by name
	divides bool           // or takes roots, which is the same unit's work
}

// group is an AMD64's V: its vectors, or a single one where all are the same.
type group []operand.Op

// at is the operand of the i-th vector of the group.
func at(v V, i int) operand.Op {
	g := v.(group)
	return g[i%len(g)]
}

// NewAVX2 returns a machine that writes AVX2 and FMA instructions to ctx, for elements of
// 4 or 8 bytes.
func NewAVX2(ctx *build.Context, size int) *AMD64 { return newAMD64(ctx, size, 32) }

// NewAVX512 returns a machine that writes AVX-512 instructions to ctx.
func NewAVX512(ctx *build.Context, size int) *AMD64 { return newAMD64(ctx, size, 64) }

func newAMD64(ctx *build.Context, size, bytes int) *AMD64 {
	return &AMD64{ctx: ctx, size: size, lanes: bytes / size, constants: map[uint64]operand.Mem{}}
}

// Size is the bytes of an element.
func (m *AMD64) Size() int { return m.size }

// wide tells whether the machine is AVX-512.
func (m *AMD64) wide() bool { return m.lanes*m.size == 64 }

// Suffix is "AVX2" or "AVX512".
func (m *AMD64) Suffix() string {
	if m.wide() {
		return "AVX512"
	}
	return "AVX2"
}

// width is the number of vectors in the group.
func (m *AMD64) width() int { return m.rows * m.cols }

func (m *AMD64) vector() reg.VecVirtual {
	if m.wide() {
		return m.ctx.ZMM()
	}
	return m.ctx.YMM()
}

// vectors is a group of n new registers.
func (m *AMD64) vectors(n int) group {
	g := make(group, n)
	for i := range g {
		g[i] = m.vector()
	}
	return g
}

// begin writes the function's head and loads n and the pointers.
func (m *AMD64) begin(f Func) (n reg.GPVirtual) {
	c := m.ctx
	name := f.Name + m.Suffix()
	c.Function(name)
	c.Attributes(attr.NOSPLIT)
	c.Pragma("noescape")
	c.Doc(append([]string{name + " " + f.Doc[0]}, f.Doc[1:]...)...)
	c.SignatureExpr(Signature(f, m.size))
	n = c.Load(c.Param("n"), c.GP64()).(reg.GPVirtual)
	m.pointers, m.hoisted = map[string][]reg.GPVirtual{}, nil
	for _, name := range slices.Concat(f.Operands, f.Tables) {
		m.pointers[name] = []reg.GPVirtual{c.Load(c.Param(name), c.GP64()).(reg.GPVirtual)}
	}
	return n
}

// hoist loads constants and scalars into registers for the whole function.
func (m *AMD64) hoist(names []string) {
	m.hoisted = map[string]reg.VecVirtual{}
	for _, name := range names {
		var v V
		if bits, err := strconv.ParseUint(name, 0, 64); err == nil {
			v = m.Bits(bits)
		} else {
			v = m.Scalar(name)
		}
		m.hoisted[name] = at(v, 0).(reg.VecVirtual)
	}
}

// kept is the register in which hoist left a constant or scalar, if it did.
func (m *AMD64) kept(name string) (V, bool) {
	if m.found != nil {
		m.found.uses[name]++
	}
	v, ok := m.hoisted[name]
	return group{v}, ok
}

// Scalar broadcasts a parameter from the stack.
func (m *AMD64) Scalar(name string) V {
	if v, ok := m.kept(name); ok {
		return v
	}
	p, err := m.ctx.Param(name).Resolve()
	if err != nil {
		panic(err)
	}
	v := m.vector()
	m.ctx.VBROADCASTSS(p.Addr, v)
	return group{v}
}

// Table broadcasts a word from memory.
func (m *AMD64) Table(name string, i int) V {
	v := m.vector()
	m.ctx.VPBROADCASTD(operand.Mem{Base: m.pointers[name][0], Disp: 4 * i}, v)
	return group{v}
}

// Float is a constant.
func (m *AMD64) Float(x float64) V { return m.Bits(floatBits(x, m.size)) }

// floatBits is the bits of a number that is exact in an element of so many bytes.
func floatBits(x float64, size int) uint64 {
	if size == 8 {
		return math.Float64bits(x)
	}
	return uint64(math.Float32bits(float32(x)))
}

// Bits is a constant: a memory operand on AVX2, which has few registers; on
// AVX-512 a register of the whole function or a broadcast.
func (m *AMD64) Bits(x uint64) V {
	if v, ok := m.kept(fmt.Sprintf("%#x", x)); ok {
		return v
	}
	mem, ok := m.constants[x]
	if !ok {
		mem = m.ctx.StaticGlobal(fmt.Sprintf("c%0*x", 2*m.size, x))
		m.ctx.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := 0; i < m.lanes && (i == 0 || !m.wide()); i++ {
			m.ctx.AddDatum(i*m.size, m.datum(x))
		}
		m.constants[x] = mem
	}
	if !m.wide() {
		return group{mem}
	}
	v := m.vector()
	m.typed(m.ctx.VBROADCASTSS, m.ctx.VBROADCASTSD)(mem, v)
	return group{v}
}

// typed picks the instruction for the type of the elements.
func (m *AMD64) typed(single, double func(...operand.Op)) func(...operand.Op) {
	if m.size == 8 {
		return double
	}
	return single
}

// datum is an element of constant data.
func (m *AMD64) datum(bits uint64) operand.Constant {
	if m.size == 8 {
		return operand.U64(bits)
	}
	return operand.U32(bits)
}

// iota is the memory that holds 0, 1, 2, ...
func (m *AMD64) iota() V {
	if m.lanesTable.Symbol.Name == "" {
		m.lanesTable = m.ctx.StaticGlobal("laneNumbers")
		m.ctx.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := range m.lanes {
			m.ctx.AddDatum(i*4, operand.U32(i))
		}
	}
	return group{m.lanesTable}
}
