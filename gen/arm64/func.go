package arm64

import (
	"fmt"
	"strings"

	"github.com/mmcloughlin/avo/ir"
)

// GP is a general register.
type GP int

// String is the register's name in Go's assembler.
func (r GP) String() string { return fmt.Sprintf("R%d", int(r)) }

// generalRegisters is how many registers from R0 on a function may use: the
// linker, the platform or the runtime may claim most of the others.
const generalRegisters = 16

// Func is a function under construction.
type Func struct {
	file    *File
	decl    *ir.Function
	general int // registers handed out
	labels  int // numbers handed out
	lines   []line

	invariants map[string]*V
	entry      int  // the line before which invariants may be loaded, or -1
	constants  GP   // from entry on, the address of the file's constants
	constant   bool // there are any
}

// line is an instruction or a label.
type line struct {
	label  string // the line is this label
	branch string // the instruction may go to this label

	dst  *V
	src  []*V
	tied bool // dst begins as a copy of src[0]
	// text is the instruction, or several, on the registers d and src. If it is nil
	// there is nothing to do but copy src[0].
	text func(d int, src []int) []string
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

// instruction is a line of assembly.
func instruction(mnemonic, operands string, args ...any) string {
	return fmt.Sprintf("%-6s ", mnemonic) + fmt.Sprintf(operands, args...)
}

// print allocates the vector registers and writes the function.
func (f *Func) print(b *strings.Builder) error {
	lines, err := f.allocate()
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "\n// %s\n// Requires: %s\n", f.decl.Stub(), Requires)
	fmt.Fprintf(b, "TEXT ·%s(SB), NOSPLIT, $0-%d\n", f.decl.Name, f.decl.ArgumentBytes())
	for _, text := range lines {
		if strings.HasSuffix(text, ":") {
			fmt.Fprintf(b, "\n%s\n", text)
			continue
		}
		fmt.Fprintf(b, "\t%s\n", strings.TrimSpace(text))
	}
	return nil
}
