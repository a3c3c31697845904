package arm64

import "fmt"

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

// instruction is a line of assembly.
func instruction(mnemonic, operands string, args ...any) string {
	return fmt.Sprintf("%-6s ", mnemonic) + fmt.Sprintf(operands, args...)
}
