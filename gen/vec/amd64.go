package vec

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// AMD64 is a Machine of 8 lanes (AVX2 with FMA) or 16 lanes (AVX-512F and VL).
type AMD64 struct {
	ctx   *build.Context
	lanes int

	constants  map[uint32]operand.Mem
	maskTable  operand.Mem // AVX2: 8 all-ones words, then 8 zeros
	lanesTable operand.Mem // 0, 1, 2, ...

	// Constants and scalars that the function being written keeps in registers.
	hoisted map[string]reg.VecVirtual
	uses    map[string]int // counts them, while the body is only tried

	// Of the function being written.
	pointers map[string]reg.GPVirtual
	// In Map.
	index reg.GPVirtual // element within the row
	tail  operand.Op    // nil in full vectors; else AVX2: address of the mask, AVX-512: opmask
	// In Blocks.
	counter reg.VecVirtual
	part    int // first lane of the part
}

// NewAVX2 returns a machine that writes AVX2 and FMA instructions to ctx.
func NewAVX2(ctx *build.Context) *AMD64 { return newAMD64(ctx, 8) }

// NewAVX512 returns a machine that writes AVX-512F instructions to ctx.
func NewAVX512(ctx *build.Context) *AMD64 { return newAMD64(ctx, 16) }

func newAMD64(ctx *build.Context, lanes int) *AMD64 {
	return &AMD64{ctx: ctx, lanes: lanes, constants: map[uint32]operand.Mem{}}
}

// Suffix is "AVX2" or "AVX512".
func (m *AMD64) Suffix() string {
	if m.lanes == 16 {
		return "AVX512"
	}
	return "AVX2"
}

func (m *AMD64) vector() reg.VecVirtual {
	if m.lanes == 16 {
		return m.ctx.ZMM()
	}
	return m.ctx.YMM()
}

// Map writes the function: a loop over rows, in it one over full vectors, then
// the masked rest of the row.
func (m *AMD64) Map(f Func, body func()) {
	c := m.ctx
	m.pointers = map[string]reg.GPVirtual{}
	m.index = c.GP64()
	wanted := m.constantsOf(f, body)
	n := m.begin(f)
	m.hoist(wanted)
	full := c.GP64() // the last index at which a full vector begins, plus one
	c.MOVQ(n, full)
	c.SUBQ(operand.U8(m.lanes-1), full)
	var rows reg.Register
	if !f.Flat {
		rows = c.Load(c.Param("rows"), c.GP64())
		c.TESTQ(rows, rows)
		c.JLE(operand.LabelRef("done"))
	}
	c.Label("row")
	c.XORQ(m.index, m.index)
	c.CMPQ(m.index, full)
	c.JGE(operand.LabelRef("rest"))
	c.Label("vector")
	m.tail = nil
	body()
	c.ADDQ(operand.U8(m.lanes), m.index)
	c.CMPQ(m.index, full)
	c.JL(operand.LabelRef("vector"))
	c.Label("rest")
	c.CMPQ(m.index, n)
	c.JGE(operand.LabelRef("rowDone"))
	m.makeTail(n)
	body()
	m.tail = nil
	c.Label("rowDone")
	if !f.Flat {
		for _, name := range f.Operands {
			stride, err := c.Param(name + "Stride").Resolve()
			if err != nil {
				panic(err)
			}
			step := c.GP64()
			c.MOVQ(stride.Addr, step)
			c.LEAQ(operand.Mem{Base: m.pointers[name], Index: step, Scale: 4}, m.pointers[name])
		}
		c.DECQ(rows)
		c.JNE(operand.LabelRef("row"))
		c.Label("done")
	}
	c.VZEROUPPER()
	c.RET()
}

// constantsOf is the names of the constants and scalars that body uses, found by
// writing it to a context that is thrown away.
func (m *AMD64) constantsOf(f Func, body func()) []string {
	if m.lanes == 8 { // too few registers; memory operands cost little there
		return nil
	}
	kept := *m
	m.ctx = build.NewContext()
	m.constants = map[uint32]operand.Mem{}
	m.uses = map[string]int{}
	m.begin(f)
	body()
	uses := m.uses
	*m = kept
	names := slices.Sorted(maps.Keys(uses))
	slices.SortStableFunc(names, func(a, b string) int { return uses[b] - uses[a] })
	return names[:min(len(names), mostHoisted)]
}

// mostHoisted leaves the registers that the largest body, tanh, needs.
const mostHoisted = 17

// hoist loads constants and scalars into registers for the whole function.
func (m *AMD64) hoist(names []string) {
	m.hoisted = map[string]reg.VecVirtual{}
	for _, name := range names {
		var v V
		if bits, err := strconv.ParseUint(name, 0, 32); err == nil {
			v = m.Bits(uint32(bits))
		} else {
			v = m.Scalar(name)
		}
		m.hoisted[name] = v.(reg.VecVirtual)
	}
}

// kept is the register in which hoist left a constant or scalar, if it did.
func (m *AMD64) kept(name string) (reg.VecVirtual, bool) {
	if m.uses != nil {
		m.uses[name]++
	}
	v, ok := m.hoisted[name]
	return v, ok
}

// begin writes the function's head and loads n and the pointers.
func (m *AMD64) begin(f Func) (n reg.GPVirtual) {
	c := m.ctx
	name := f.Name + m.Suffix()
	c.Function(name)
	c.Attributes(attr.NOSPLIT)
	c.Pragma("noescape")
	c.Doc(append([]string{name + " " + f.Doc[0]}, f.Doc[1:]...)...)
	c.SignatureExpr(Signature(f))
	n = c.Load(c.Param("n"), c.GP64()).(reg.GPVirtual)
	m.pointers, m.hoisted = map[string]reg.GPVirtual{}, nil
	for _, operand := range f.Operands {
		m.pointers[operand] = c.Load(c.Param(operand), c.GP64()).(reg.GPVirtual)
	}
	for _, table := range f.Tables {
		m.pointers[table] = c.Load(c.Param(table), c.GP64()).(reg.GPVirtual)
	}
	return n
}

// Blocks writes the function: a loop over blocks, unrolled over their parts.
func (m *AMD64) Blocks(f Func, body func()) {
	c := m.ctx
	n := m.begin(f)
	m.tail = nil
	first := m.Scalar("first")
	m.counter = m.AddInt(m.ShiftLeft(first, 4), m.iota()).(reg.VecVirtual)
	c.TESTQ(n, n)
	c.JLE(operand.LabelRef("done"))
	c.Label("block")
	for m.part = 0; m.part < 16; m.part += m.lanes {
		body()
		c.VPADDD(m.op(m.Copy(m.Bits(uint32(m.lanes)))), m.counter, m.counter)
	}
	m.part = 0
	for _, operand := range f.Operands {
		c.ADDQ(blockBytes, m.pointers[operand])
	}
	c.DECQ(n)
	c.JNE(operand.LabelRef("block"))
	c.Label("done")
	m.counter = nil
	c.VZEROUPPER()
	c.RET()
}

// blockBytes is the size of a block of 64 elements.
const blockBytes = operand.U32(64 * 4)

// Index is the lane's column or counter.
func (m *AMD64) Index() V {
	if m.counter != nil {
		return m.counter
	}
	scalar, v := m.ctx.XMM(), m.vector()
	m.ctx.VMOVD(m.index.As32(), scalar)
	m.ctx.VPBROADCASTD(scalar, v)
	return m.AddInt(v, m.iota())
}

// iota is the memory that holds 0, 1, 2, ...
func (m *AMD64) iota() operand.Mem {
	if m.lanesTable.Symbol.Name == "" {
		m.lanesTable = m.ctx.StaticGlobal("laneNumbers")
		m.ctx.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := range m.lanes {
			m.ctx.AddDatum(i*4, operand.U32(i))
		}
	}
	return m.lanesTable
}

// Signature is the Go signature of f's assembly functions.
func Signature(f Func) string {
	var b strings.Builder
	b.WriteString("func(")
	if !f.Flat {
		b.WriteString("rows, ")
	}
	b.WriteString("n int")
	for _, name := range f.Operands {
		fmt.Fprintf(&b, ", %s *float32", name)
		if !f.Flat {
			fmt.Fprintf(&b, ", %sStride int", name)
		}
	}
	for _, name := range f.Scalars {
		fmt.Fprintf(&b, ", %s float32", name)
	}
	for _, name := range f.Words {
		fmt.Fprintf(&b, ", %s uint32", name)
	}
	for _, name := range f.Tables {
		fmt.Fprintf(&b, ", %s *uint32", name)
	}
	b.WriteString(")")
	return b.String()
}

// makeTail prepares the mask for the elements from index to n.
func (m *AMD64) makeTail(n reg.GPVirtual) {
	c := m.ctx
	rest := c.GP64()
	c.MOVQ(n, rest)
	c.SUBQ(m.index, rest)
	if m.lanes == 16 {
		ones := c.GP32()
		c.MOVL(operand.U32(0xffff), ones)
		mask := c.GP32()
		c.MOVL(ones, mask)
		shift := reg.ECX
		c.MOVL(rest.As32(), shift)
		c.SHLL(reg.CL, mask)
		c.XORL(ones, mask)
		k := c.K()
		c.ANDL(ones, mask)
		c.KMOVW(mask, k)
		m.tail = k
		return
	}
	table := c.GP64()
	c.LEAQ(m.masks().Offset(32), table)
	c.SHLQ(operand.U8(2), rest)
	c.SUBQ(rest, table)
	m.tail = operand.Mem{Base: table}
}

// masks is eight words of ones followed by eight of zeros.
func (m *AMD64) masks() operand.Mem {
	if m.maskTable.Symbol.Name == "" {
		m.maskTable = m.ctx.StaticGlobal("tailMasks")
		m.ctx.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := range 16 {
			word := operand.U32(0xffffffff)
			if i >= 8 {
				word = 0
			}
			m.ctx.AddDatum(i*4, word)
		}
	}
	return m.maskTable
}

func (m *AMD64) place(name string) operand.Mem {
	return operand.Mem{Base: m.pointers[name], Index: m.index, Scale: 4}
}

// LoadAt reads a vector of the current part of a block.
func (m *AMD64) LoadAt(name string, offset int) V {
	v := m.vector()
	m.ctx.VMOVUPS(operand.Mem{Base: m.pointers[name], Disp: 4 * (offset + m.part)}, v)
	return v
}

// StoreAt writes a vector of the current part of a block.
func (m *AMD64) StoreAt(name string, offset int, v V) {
	m.ctx.VMOVUPS(m.reg(v), operand.Mem{Base: m.pointers[name], Disp: 4 * (offset + m.part)})
}

// Load reads a vector; lanes past the end of the row are 0 and not touched.
func (m *AMD64) Load(name string) V {
	v := m.vector()
	switch tail := m.tail.(type) {
	case nil:
		m.ctx.VMOVUPS(m.place(name), v)
	case operand.Mem:
		mask := m.vector()
		m.ctx.VMOVUPS(tail, mask)
		m.ctx.VMASKMOVPS(m.place(name), mask, v)
	default:
		m.ctx.VMOVUPS_Z(m.place(name), tail, v)
	}
	return v
}

// Store writes a vector; places past the end of the row are not touched.
func (m *AMD64) Store(name string, v V) {
	switch tail := m.tail.(type) {
	case nil:
		m.ctx.VMOVUPS(m.reg(v), m.place(name))
	case operand.Mem:
		mask := m.vector()
		m.ctx.VMOVUPS(tail, mask)
		m.ctx.VMASKMOVPS(m.reg(v), mask, m.place(name))
	default:
		m.ctx.VMOVUPS(m.reg(v), tail, m.place(name))
	}
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
	return v
}

// Table broadcasts a word from memory.
func (m *AMD64) Table(name string, i int) V {
	v := m.vector()
	m.ctx.VPBROADCASTD(operand.Mem{Base: m.pointers[name], Disp: 4 * i}, v)
	return v
}

// Float is a constant.
func (m *AMD64) Float(x float32) V { return m.Bits(math.Float32bits(x)) }

// Bits is a constant: a memory operand on AVX2, which has few registers; on
// AVX-512 a register of the whole function or a broadcast.
func (m *AMD64) Bits(x uint32) V {
	if v, ok := m.kept(fmt.Sprintf("%#x", x)); ok {
		return v
	}
	mem, ok := m.constants[x]
	if !ok {
		mem = m.ctx.StaticGlobal(fmt.Sprintf("c%08x", x))
		m.ctx.DataAttributes(attr.RODATA | attr.NOPTR)
		for i := 0; i < 8 && (i == 0 || m.lanes == 8); i++ {
			m.ctx.AddDatum(i*4, operand.U32(x))
		}
		m.constants[x] = mem
	}
	if m.lanes == 8 {
		return mem
	}
	v := m.vector()
	m.ctx.VBROADCASTSS(mem, v)
	return v
}

// Copy moves v to a new register.
func (m *AMD64) Copy(v V) V {
	dst := m.vector()
	m.ctx.VMOVUPS(m.op(v), dst)
	return dst
}

// op is v as an instruction's last source, which may be memory.
func (m *AMD64) op(v V) operand.Op { return v.(operand.Op) }

// reg is v in a register.
func (m *AMD64) reg(v V) reg.VecVirtual {
	if r, ok := v.(reg.VecVirtual); ok {
		return r
	}
	r := m.vector()
	m.ctx.VMOVUPS(m.op(v), r)
	return r
}

func (m *AMD64) binary(f func(...operand.Op), a, b V) V {
	dst := m.vector()
	f(m.op(b), m.reg(a), dst)
	return dst
}

// commutative is binary with memory moved to the place where it is allowed.
func (m *AMD64) commutative(f func(...operand.Op), a, b V) V {
	if _, ok := a.(operand.Mem); ok {
		a, b = b, a
	}
	return m.binary(f, a, b)
}

// Add is a + b.
func (m *AMD64) Add(a, b V) V { return m.commutative(m.ctx.VADDPS, a, b) }

// Sub is a - b.
func (m *AMD64) Sub(a, b V) V { return m.binary(m.ctx.VSUBPS, a, b) }

// Mul is a * b.
func (m *AMD64) Mul(a, b V) V { return m.commutative(m.ctx.VMULPS, a, b) }

// Div is a / b.
func (m *AMD64) Div(a, b V) V { return m.binary(m.ctx.VDIVPS, a, b) }

// Sqrt is the square root.
func (m *AMD64) Sqrt(a V) V {
	dst := m.vector()
	m.ctx.VSQRTPS(m.op(a), dst)
	return dst
}

// FMA is a*b + c.
func (m *AMD64) FMA(a, b, c V) V {
	if _, ok := a.(operand.Mem); ok {
		a, b = b, a
	}
	dst := m.Copy(c).(reg.VecVirtual)
	m.ctx.VFMADD231PS(m.op(b), m.reg(a), dst)
	return dst
}

// NegFMA is c - a*b.
func (m *AMD64) NegFMA(a, b, c V) V {
	dst := m.Copy(c).(reg.VecVirtual)
	m.ctx.VFNMADD231PS(m.op(b), m.reg(a), dst)
	return dst
}

// Horner sets p = p*x + c.
func (m *AMD64) Horner(p *V, x, c V) {
	r := m.reg(*p)
	m.ctx.VFMADD213PS(m.op(c), m.reg(x), r)
	*p = r
}

// Max is a where a > b, else b: MAXPS returns its second source unless the
// first is greater.
func (m *AMD64) Max(a, b V) V { return m.binary(m.ctx.VMAXPS, a, b) }

// Min is a where a < b, else b.
func (m *AMD64) Min(a, b V) V { return m.binary(m.ctx.VMINPS, a, b) }

// Predicates of VCMPPS that raise no exception and are false for NaN.
const (
	greaterQuiet      = 0x1e // _CMP_GT_OQ
	greaterEqualQuiet = 0x1d // _CMP_GE_OQ
)

// Greater is a > b.
func (m *AMD64) Greater(a, b V) Mask { return m.compare(greaterQuiet, a, b) }

// GreaterEqual is a >= b.
func (m *AMD64) GreaterEqual(a, b V) Mask { return m.compare(greaterEqualQuiet, a, b) }

func (m *AMD64) compare(predicate uint8, a, b V) Mask {
	var dst reg.Register = m.ctx.K()
	if m.lanes == 8 {
		dst = m.vector()
	}
	m.ctx.VCMPPS(operand.U8(predicate), m.op(b), m.reg(a), dst)
	return dst
}

// Select blends.
func (m *AMD64) Select(mask Mask, a, b V) V {
	dst := m.vector()
	if m.lanes == 16 {
		m.ctx.VBLENDMPS(m.op(a), m.reg(b), mask.(operand.Op), dst)
	} else {
		m.ctx.VBLENDVPS(mask.(operand.Op), m.op(a), m.reg(b), dst)
	}
	return dst
}

// logic picks the name of an integer instruction, which carries the element
// size on AVX-512.
func (m *AMD64) logic(avx2, avx512 func(...operand.Op)) func(...operand.Op) {
	if m.lanes == 16 {
		return avx512
	}
	return avx2
}

func three(f func(a, b, c operand.Op)) func(...operand.Op) {
	return func(ops ...operand.Op) { f(ops[0], ops[1], ops[2]) }
}

// And is bitwise.
func (m *AMD64) And(a, b V) V {
	return m.commutative(m.logic(three(m.ctx.VPAND), m.ctx.VPANDD), a, b)
}

// AndNot clears the bits of b in a.
func (m *AMD64) AndNot(a, b V) V {
	return m.binary(m.logic(three(m.ctx.VPANDN), m.ctx.VPANDND), b, a)
}

// Or is bitwise.
func (m *AMD64) Or(a, b V) V { return m.commutative(m.logic(three(m.ctx.VPOR), m.ctx.VPORD), a, b) }

// Xor is bitwise.
func (m *AMD64) Xor(a, b V) V { return m.commutative(m.logic(three(m.ctx.VPXOR), m.ctx.VPXORD), a, b) }

// AddInt wraps.
func (m *AMD64) AddInt(a, b V) V { return m.commutative(m.ctx.VPADDD, a, b) }

// SubInt wraps.
func (m *AMD64) SubInt(a, b V) V { return m.binary(m.ctx.VPSUBD, a, b) }

func (m *AMD64) shift(f func(...operand.Op), a V, bits uint8) V {
	dst := m.vector()
	f(operand.U8(bits), m.reg(a), dst)
	return dst
}

// ShiftLeft shifts zeros in.
func (m *AMD64) ShiftLeft(a V, bits uint8) V { return m.shift(m.ctx.VPSLLD, a, bits) }

// ShiftRight shifts zeros in.
func (m *AMD64) ShiftRight(a V, bits uint8) V { return m.shift(m.ctx.VPSRLD, a, bits) }

// ShiftRightSigned shifts copies of the sign bit in.
func (m *AMD64) ShiftRightSigned(a V, bits uint8) V { return m.shift(m.ctx.VPSRAD, a, bits) }

// FromInt converts.
func (m *AMD64) FromInt(a V) V {
	dst := m.vector()
	m.ctx.VCVTDQ2PS(m.op(a), dst)
	return dst
}

// MulWide multiplies the even and the odd lanes as 64-bit products and sorts
// the halves.
func (m *AMD64) MulWide(a V, b uint32) (hi, lo V) {
	c := m.ctx
	factor := m.Bits(b)
	even, odd := m.vector(), m.vector()
	c.VPMULUDQ(m.op(factor), m.reg(a), even)
	c.VPSRLQ(operand.U8(32), m.reg(a), odd)
	c.VPMULUDQ(m.op(factor), odd, odd)
	high, low := m.vector(), m.vector()
	c.VPSRLQ(operand.U8(32), even, high)
	c.VPSLLQ(operand.U8(32), odd, low)
	if m.lanes == 8 {
		const oddLanes = operand.U8(0xaa)
		c.VPBLENDD(oddLanes, odd, high, high)
		c.VPBLENDD(oddLanes, low, even, low)
		return high, low
	}
	k := c.K()
	bits := c.GP32()
	c.MOVL(operand.U32(0xaaaa), bits)
	c.KMOVW(bits, k)
	c.VPBLENDMD(odd, high, k, high)
	c.VPBLENDMD(low, even, k, low)
	return high, low
}
