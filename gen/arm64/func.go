package arm64

import (
	"fmt"

	"github.com/mmcloughlin/avo/ir"
)

// Func is a function under construction.
type Func struct {
	decl    *ir.Function
	vectors *constants // of the file
	general int        // registers handed out
	labels  int        // numbers handed out
	lines   []line

	invariants map[string]*V
	entry      int  // the line before which invariants may be loaded, or -1
	constants  GP   // from entry on, the address of the file's constants
	constant   bool // there are any
}

// GP hands out a general register; it is not returned.
func (f *Func) GP() GP {
	if f.general == generalRegisters {
		panic(fmt.Sprintf("arm64: %s has no general register left", f.decl.Name))
	}
	f.general++
	return GP(f.general - 1)
}

// Param is the address of a parameter.
func (f *Func) Param(name string) string {
	p, err := f.decl.Signature.Params().Lookup(name).Resolve()
	if err != nil {
		panic(fmt.Sprintf("arm64: %s: parameter %s: %v", f.decl.Name, name, err))
	}
	return p.Addr.Asm()
}

// LoadParam loads a parameter of 64 bits into r.
func (f *Func) LoadParam(name string, r GP) { f.Do("MOVD", "%s, %v", f.Param(name), r) }

// NewParam loads a parameter of 64 bits into a register of its own.
func (f *Func) NewParam(name string) GP {
	r := f.GP()
	f.LoadParam(name, r)
	return r
}

// Do adds an instruction without vector registers.
func (f *Func) Do(mnemonic, operands string, args ...any) {
	f.Branch("", mnemonic, operands, args...)
}

// Branch adds an instruction whose last operand is the label it may go to.
func (f *Func) Branch(label, mnemonic, operands string, args ...any) {
	text := []string{instruction(mnemonic, operands, args...) + label}
	f.lines = append(f.lines, line{branch: label, text: func(int, []int) []string { return text }})
}

// Label names this place.
func (f *Func) Label(name string) { f.lines = append(f.lines, line{label: name}) }

// newLabel is a label that nothing else has.
func (f *Func) newLabel(name string) string {
	f.labels++
	return fmt.Sprintf("%s%d", name, f.labels)
}

// Return leaves the function.
func (f *Func) Return() { f.Do("RET", "") }
