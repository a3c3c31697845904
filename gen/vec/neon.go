package vec

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/targetprop/targetprop/gen/arm64"
)

// NEON is a Machine of 4 or 2 lanes, the Advanced SIMD of arm64.
type NEON struct {
	file  *arm64.File
	size  int // bytes of an element
	lanes int
	ops   *neonOps

	// Of the function being written.
	f        *arm64.Func
	pointers map[string]arm64.GP // in Map and Blocks, the current place
	scratch  arm64.GP
	// In Map.
	index arm64.GP // column of the vector
	tail  bool     // the vector is the elements at the end of a row, fewer than its lanes
	rest  arm64.GP // how many they are
	// In Blocks.
	counter *arm64.V
}

// NewNEON returns a machine that writes NEON instructions to file, for elements of 4 or
// 8 bytes.
func NewNEON(file *arm64.File, size int) *NEON {
	return &NEON{file: file, size: size, lanes: neonBytes / size, ops: neonOpsOf[size]}
}

// Suffix is "NEON".
func (m *NEON) Suffix() string { return "NEON" }

// Size is the bytes of an element.
func (m *NEON) Size() int { return m.size }

// neonBytes is the bytes of a vector.
const neonBytes = 16

// laneNumbers are the lanes' numbers.
var laneNumbers = [4]uint32{0, 1, 2, 3}

// begin writes the function's head and loads n and the pointers. Nothing is done
// if n is not positive.
func (m *NEON) begin(f Func) (n arm64.GP) {
	name := f.Name + m.Suffix()
	m.f = m.file.Function(name, Signature(f, m.size), append([]string{name + " " + f.Doc[0]}, f.Doc[1:]...)...)
	m.tail, m.counter = false, nil
	n = m.f.NewParam("n")
	m.f.Do("CMP", "$0, %v", n)
	m.f.Branch("done", "BLE", "")
	m.pointers = map[string]arm64.GP{}
	for _, name := range slices.Concat(f.Operands, f.Tables) {
		m.pointers[name] = m.f.NewParam(name)
	}
	m.scratch = m.f.GP()
	return n
}

// Map writes the function: a loop over rows, in it one over full vectors, then
// the rest of the row.
func (m *NEON) Map(f Func, body func()) {
	n := m.begin(f)
	c := m.f
	m.index, m.rest = c.GP(), c.GP()
	full := c.GP()
	c.Do("AND", "$%d, %v, %v", m.lanes-1, n, m.rest)
	c.Do("SUB", "%v, %v, %v", m.rest, n, full)
	var rows arm64.GP
	if !f.Flat {
		rows = c.NewParam("rows")
		c.Do("CMP", "$0, %v", rows)
		c.Branch("done", "BLE", "")
	}
	c.Entry()
	c.Label("row")
	c.Do("MOVD", "ZR, %v", m.index)
	c.Branch("rest", "CBZ", "%v, ", full)
	c.Label("vector")
	body()
	for _, name := range f.Operands {
		c.Do("ADD", "$%d, %v", neonBytes, m.pointers[name])
	}
	c.Do("ADD", "$%d, %v", m.lanes, m.index)
	c.Do("CMP", "%v, %v", full, m.index)
	c.Branch("vector", "BLT", "")
	c.Label("rest")
	c.Branch("rowDone", "CBZ", "%v, ", m.rest)
	m.tail = true
	body()
	c.Label("rowDone")
	if !f.Flat {
		// The pointers have moved by the full vectors: on to the next row.
		for _, name := range f.Operands {
			c.LoadParam(name+"Stride", m.scratch)
			c.Do("SUB", "%v, %v, %v", full, m.scratch, m.scratch)
			c.Do("ADD", "%v<<%d, %v", m.scratch, bits.TrailingZeros(uint(m.size)), m.pointers[name])
		}
		c.Do("SUBS", "$1, %v, %v", rows, rows)
		c.Branch("row", "BNE", "")
	}
	c.Label("done")
	c.Return()
}

// Index is the lane's column or counter.
func (m *NEON) Index() V {
	if m.counter != nil {
		return m.counter
	}
	return m.f.Op(arm64.ADD, m.f.Broadcast(m.index), m.f.Constant(laneNumbers))
}

// Load reads a vector; lanes past the end of the row are 0 and not touched.
func (m *NEON) Load(name string) V {
	switch {
	case m.tail && m.size == 8:
		return m.f.LoadDouble(fmt.Sprintf("(%v)", m.pointers[name]))
	case m.tail:
		return m.f.LoadPart(m.pointers[name], m.rest, m.scratch)
	}
	return m.f.Load(m.pointers[name], 0)
}

// Store writes a vector; places past the end of the row are not touched.
func (m *NEON) Store(name string, v V) {
	switch p := m.pointers[name]; {
	case m.tail && m.size == 8:
		m.f.StoreDouble(v.(*arm64.V), p)
	case m.tail:
		m.f.StorePart(v.(*arm64.V), p, m.rest, m.scratch)
	default:
		m.f.Store(v.(*arm64.V), p, 0)
	}
}

// Scalar broadcasts a parameter.
func (m *NEON) Scalar(name string) V { return m.f.ParamLanes(name) }

// Table broadcasts a word from memory.
func (m *NEON) Table(name string, i int) V { return m.f.WordLanes(m.pointers[name], 4*i) }

// Float is a constant.
func (m *NEON) Float(x float64) V { return m.bits(floatBits(x, m.size)) }

// Bits is a constant.
func (m *NEON) Bits(x uint64) V { return m.bits(x) }

func (m *NEON) bits(x uint64) *arm64.V {
	low, high := uint32(x), uint32(x>>32)
	if m.size == 4 {
		high = low
	}
	return m.f.Constant([4]uint32{low, high, low, high})
}

// Copy moves a to a new register.
func (m *NEON) Copy(a V) V { return m.f.Copy(a.(*arm64.V)) }

func (m *NEON) op(op *arm64.Op, operands ...V) V {
	src := make([]*arm64.V, len(operands))
	for i, v := range operands {
		src[i] = v.(*arm64.V)
	}
	return m.f.Op(op, src...)
}

// Add is a + b.
func (m *NEON) Add(a, b V) V { return m.op(m.ops.FADD, a, b) }

// Sub is a - b.
func (m *NEON) Sub(a, b V) V { return m.op(m.ops.FSUB, a, b) }

// Mul is a * b.
func (m *NEON) Mul(a, b V) V { return m.op(m.ops.FMUL, a, b) }

// Div is a / b.
func (m *NEON) Div(a, b V) V { return m.op(m.ops.FDIV, a, b) }

// Sqrt is the square root.
func (m *NEON) Sqrt(a V) V { return m.op(arm64.FSQRT, a) }

// FMA is a*b + c.
func (m *NEON) FMA(a, b, c V) V { return m.op(m.ops.FMLA, c, a, b) }

// NegFMA is c - a*b.
func (m *NEON) NegFMA(a, b, c V) V { return m.op(m.ops.FMLS, c, a, b) }

// Horner sets p = p*x + c.
func (m *NEON) Horner(p *V, x, c V) { *p = m.FMA(*p, x, c) }

// Scale has no instruction.
func (m *NEON) Scale(_, _ V, otherwise func() V) V { return otherwise() }

// Normalize has no instruction.
func (m *NEON) Normalize(_ V, otherwise func() (y, k V)) (y, k V) { return otherwise() }

// FixLog has no instruction.
func (m *NEON) FixLog(_, _ V, otherwise func() V) V { return otherwise() }

// Max is a where a > b, else b. FMAX would return a NaN of either operand, and
// the greater of two zeros.
func (m *NEON) Max(a, b V) V { return m.Select(m.Greater(a, b), a, b) }

// Min is a where a < b, else b.
func (m *NEON) Min(a, b V) V { return m.Select(m.Greater(b, a), a, b) }

// Greater is a > b, false for NaN.
func (m *NEON) Greater(a, b V) Mask { return m.op(m.ops.FCMGT, a, b) }

// GreaterEqual is a >= b, false for NaN.
func (m *NEON) GreaterEqual(a, b V) Mask { return m.op(m.ops.FCMGE, a, b) }

// Keep is a where mask holds, else 0.
func (m *NEON) Keep(mask Mask, a V) V { return m.And(mask, a) }

// Select is a where mask holds, else b.
func (m *NEON) Select(mask Mask, a, b V) V { return m.op(arm64.BSL, mask, a, b) }

// And is bitwise.
func (m *NEON) And(a, b V) V { return m.op(arm64.AND, a, b) }

// AndNot clears the bits of b in a.
func (m *NEON) AndNot(a, b V) V { return m.op(arm64.BIC, a, b) }

// Or is bitwise.
func (m *NEON) Or(a, b V) V { return m.op(arm64.ORR, a, b) }

// Xor is bitwise.
func (m *NEON) Xor(a, b V) V { return m.op(arm64.EOR, a, b) }

// AddInt wraps.
func (m *NEON) AddInt(a, b V) V { return m.op(m.ops.ADD, a, b) }

// SubInt wraps.
func (m *NEON) SubInt(a, b V) V { return m.op(m.ops.SUB, a, b) }

// ShiftLeft shifts zeros in.
func (m *NEON) ShiftLeft(a V, bits uint8) V { return m.f.Shift(m.ops.SHL, a.(*arm64.V), bits) }

// ShiftRight shifts zeros in.
func (m *NEON) ShiftRight(a V, bits uint8) V { return m.f.Shift(m.ops.USHR, a.(*arm64.V), bits) }

// ShiftRightSigned shifts copies of the sign bit in.
func (m *NEON) ShiftRightSigned(a V, bits uint8) V { return m.f.Shift(arm64.SSHR, a.(*arm64.V), bits) }

// FromInt converts.
func (m *NEON) FromInt(a V) V { return m.op(arm64.SCVTF, a) }

// Widen keeps the layout.
func (m *NEON) Widen(a V) Wide { return a }

// WidenSame keeps the layout.
func (m *NEON) WidenSame(a V) Wide { return a }

// Narrow keeps the layout.
func (m *NEON) Narrow(a Wide) V { return a }

// MulWide multiplies the lower and the upper two lanes as 64-bit products and
// sorts the halves.
func (m *NEON) MulWide(a Wide, b uint32) (hi, lo Wide) {
	factor := m.Bits(uint64(b))
	lower, upper := m.op(arm64.UMULL, a, factor), m.op(arm64.UMULL2, a, factor)
	return m.op(arm64.UZP2, lower, upper), m.op(arm64.UZP1, lower, upper)
}

// XorWide is two instructions.
func (m *NEON) XorWide(a, b Wide, c V) Wide { return m.Xor(m.Xor(a, b), c) }
