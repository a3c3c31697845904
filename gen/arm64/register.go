package arm64

import "fmt"

// GP is a general register.
type GP int

// String is the register's name in Go's assembler.
func (r GP) String() string { return fmt.Sprintf("R%d", int(r)) }

// generalRegisters is how many registers from R0 on a function may use: the
// linker, the platform or the runtime may claim most of the others.
const generalRegisters = 16

// vectorRegisters is the number of vector registers, all free to use.
const vectorRegisters = 32

// V is a virtual vector register.
type V struct {
	load func(d int) []string // of an invariant: the instructions that put it into register d
}
