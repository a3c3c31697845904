// Package lane writes the vector instructions of one instruction set for one type of
// elements: the text of a kernel is then the same for AVX2 and AVX-512, float32 and
// float64.
package lane

import (
	"regexp"

	"github.com/mmcloughlin/avo/attr"
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/gotypes"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// Machine is an instruction set and a type of elements.
type Machine struct {
	Ctx   *build.Context
	Size  int // bytes of an element: 4 or 8
	Bytes int // of a vector: 32 of AVX2, 64 of AVX-512

	masks, signs operand.Mem // see Part and Signs
	labels       int         // handed out by Part.Store
}

// AVX2 is a machine of AVX2 and FMA.
func AVX2(ctx *build.Context, size int) *Machine { return &Machine{Ctx: ctx, Size: size, Bytes: 32} }

// AVX512 is a machine of AVX-512F and VL.
func AVX512(ctx *build.Context, size int) *Machine {
	return &Machine{Ctx: ctx, Size: size, Bytes: 64}
}

// Doubles is the machine for float64.
func (m *Machine) Doubles() *Machine {
	return &Machine{Ctx: m.Ctx, Size: 8, Bytes: m.Bytes}
}

// Lanes is the elements of a vector.
func (m *Machine) Lanes() int { return m.Bytes / m.Size }

// wide tells whether the machine is AVX-512.
func (m *Machine) wide() bool { return m.Bytes == 64 }

// element is the word for the type of the elements in a signature.
var element = regexp.MustCompile(`\bT\b`)

// Begin begins a function. In the text of its signature T is the type of the elements. The
// documentation begins with what the function does.
func (m *Machine) Begin(name, signature string, doc ...string) {
	suffix := map[bool]string{false: "AVX2", true: "AVX512"}[m.wide()]
	kind := map[int]string{4: "float32", 8: "float64"}[m.Size]
	m.Ctx.Function(name + suffix)
	m.Ctx.Attributes(attr.NOSPLIT)
	m.Ctx.Pragma("noescape")
	m.Ctx.SignatureExpr(element.ReplaceAllString(signature, kind))
	doc[0] = name + suffix + " " + doc[0]
	m.Ctx.Doc(doc...)
}

// End leaves the function.
func (m *Machine) End() {
	m.Ctx.VZEROUPPER()
	m.Ctx.RET()
}

// Param is a parameter of 64 bits in a register.
func (m *Machine) Param(name string) reg.GPVirtual {
	return m.Ctx.Load(m.Ctx.Param(name), m.Ctx.GP64()).(reg.GPVirtual)
}

// Argument is where a parameter lies.
func (m *Machine) Argument(name string) operand.Mem { return resolved(m.Ctx.Param(name)) }

// resolved is where a parameter or a result lies.
func resolved(c gotypes.Component) operand.Mem {
	b, err := c.Resolve()
	if err != nil {
		panic(err)
	}
	return b.Addr
}

// Vector is a new register.
func (m *Machine) Vector() reg.VecVirtual {
	if m.wide() {
		return m.Ctx.ZMM()
	}
	return m.Ctx.YMM()
}

// Vectors are n new registers.
func (m *Machine) Vectors(n int) []reg.VecVirtual {
	v := make([]reg.VecVirtual, n)
	for i := range v {
		v[i] = m.Vector()
	}
	return v
}

// Zero clears a register.
func (m *Machine) Zero(v reg.VecVirtual) {
	if m.wide() {
		m.Ctx.VPXORD(v, v, v)
		return
	}
	m.Ctx.VXORPS(v, v, v)
}

// Load reads a vector, Store writes one.
func (m *Machine) Load(from operand.Mem, v reg.VecVirtual) { m.Ctx.VMOVUPS(from, v) }
func (m *Machine) Store(v reg.VecVirtual, to operand.Mem)  { m.Ctx.VMOVUPS(v, to) }

// Broadcast is the element in memory in every lane.
func (m *Machine) Broadcast(from operand.Mem) reg.VecVirtual {
	v := m.Vector()
	if m.Size == 8 {
		m.Ctx.VBROADCASTSD(from, v)
	} else {
		m.Ctx.VBROADCASTSS(from, v)
	}
	return v
}

// FMA is c += a*b, rounded once. a may be in memory.
func (m *Machine) FMA(a, b, c operand.Op) {
	if m.Size == 8 {
		m.Ctx.VFMADD231PD(a, b, c)
	} else {
		m.Ctx.VFMADD231PS(a, b, c)
	}
}

// FNMA is c -= a*b, rounded once. a may be in memory.
func (m *Machine) FNMA(a, b, c operand.Op) {
	if m.Size == 8 {
		m.Ctx.VFNMADD231PD(a, b, c)
	} else {
		m.Ctx.VFNMADD231PS(a, b, c)
	}
}

// Mul is c = a*b. a may be in memory.
func (m *Machine) Mul(a, b, c operand.Op) {
	if m.Size == 8 {
		m.Ctx.VMULPD(a, b, c)
	} else {
		m.Ctx.VMULPS(a, b, c)
	}
}

// Add is c = a+b. The registers may be the lower parts of vectors.
func (m *Machine) Add(a, b, c operand.Op) {
	if m.Size == 8 {
		m.Ctx.VADDPD(a, b, c)
	} else {
		m.Ctx.VADDPS(a, b, c)
	}
}

// Sub is c = b-a. a may be in memory.
func (m *Machine) Sub(a, b, c operand.Op) {
	if m.Size == 8 {
		m.Ctx.VSUBPD(a, b, c)
	} else {
		m.Ctx.VSUBPS(a, b, c)
	}
}

// Max is c = a where a > c, else c: a NaN in a does not count.
func (m *Machine) Max(a, c operand.Op) {
	if m.Size == 8 {
		m.Ctx.VMAXPD(c, a, c)
	} else {
		m.Ctx.VMAXPS(c, a, c)
	}
}

// Signs is all bits but the sign in every lane.
func (m *Machine) Signs() reg.VecVirtual {
	if m.signs.Symbol.Name == "" {
		m.signs = m.Ctx.StaticGlobal("withoutSign")
		m.Ctx.DataAttributes(attr.RODATA | attr.NOPTR)
		if m.Size == 8 {
			m.Ctx.AddDatum(0, operand.U64(1<<63-1))
		} else {
			m.Ctx.AddDatum(0, operand.U32(1<<31-1))
		}
	}
	return m.Broadcast(m.signs)
}

// Abs is a without its sign, where signs is that of Signs.
func (m *Machine) Abs(a operand.Op, signs, result reg.VecVirtual) {
	if m.wide() {
		m.Ctx.VPANDD(a, signs, result)
	} else {
		m.Ctx.VANDPS(a, signs, result)
	}
}
