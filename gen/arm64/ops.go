package arm64

import (
	"fmt"
	"strings"
)

// Op is a vector instruction on registers alone.
type Op struct {
	name        string    // ARM's mnemonic
	arrangement [3]string // of the destination and the sources; "" if there is no second one
	// goName is the mnemonic in Go's assembler; without one, word is the encoding
	// with all registers 0.
	goName string
	word   uint32
	tied   bool // the destination is a source too
}

// The instructions. A tied destination is the accumulator of FMLA and FMLS
// (d + n*m and d - n*m, rounded once) and the mask of BSL (n where it is set,
// else m).
var (
	ADD  = &Op{name: "add", arrangement: same("4s"), goName: "VADD"}
	SUB  = &Op{name: "sub", arrangement: same("4s"), goName: "VSUB"}
	AND  = &Op{name: "and", arrangement: same("16b"), goName: "VAND"}
	ORR  = &Op{name: "orr", arrangement: same("16b"), goName: "VORR"}
	EOR  = &Op{name: "eor", arrangement: same("16b"), goName: "VEOR"}
	BIC  = &Op{name: "bic", arrangement: same("16b"), word: 0x4e601c00}
	BSL  = &Op{name: "bsl", arrangement: same("16b"), goName: "VBSL", tied: true}
	UZP1 = &Op{name: "uzp1", arrangement: same("4s"), goName: "VUZP1"}
	UZP2 = &Op{name: "uzp2", arrangement: same("4s"), goName: "VUZP2"}

	UMULL  = &Op{name: "umull", arrangement: [3]string{"2d", "2s", "2s"}, word: 0x2ea0c000}
	UMULL2 = &Op{name: "umull2", arrangement: [3]string{"2d", "4s", "4s"}, word: 0x6ea0c000}

	FADD  = &Op{name: "fadd", arrangement: same("4s"), word: 0x4e20d400}
	FSUB  = &Op{name: "fsub", arrangement: same("4s"), word: 0x4ea0d400}
	FMUL  = &Op{name: "fmul", arrangement: same("4s"), word: 0x6e20dc00}
	FDIV  = &Op{name: "fdiv", arrangement: same("4s"), word: 0x6e20fc00}
	FCMGT = &Op{name: "fcmgt", arrangement: same("4s"), word: 0x6ea0e400}
	FCMGE = &Op{name: "fcmge", arrangement: same("4s"), word: 0x6e20e400}
	FMLA  = &Op{name: "fmla", arrangement: same("4s"), goName: "VFMLA", tied: true}
	FMLS  = &Op{name: "fmls", arrangement: same("4s"), goName: "VFMLS", tied: true}
	FSQRT = &Op{name: "fsqrt", arrangement: [3]string{"4s", "4s"}, word: 0x6ea1f800}
	SCVTF = &Op{name: "scvtf", arrangement: [3]string{"4s", "4s"}, word: 0x4e21d800}

	// FMLAElement multiplies by the lowest element of its second source.
	FMLAElement = &Op{name: "fmla", arrangement: [3]string{"4s", "4s", "s[0]"}, word: 0x4f801000, tied: true}
	// FMLADouble is the same for float64.
	FMLADouble = &Op{name: "fmla", arrangement: [3]string{"2d", "2d", "d[0]"}, word: 0x4fc01000, tied: true}

	// FMLSElement, FMULElement and those of float64 subtract such a product, or are one.
	FMLSElement = &Op{name: "fmls", arrangement: [3]string{"4s", "4s", "s[0]"}, word: 0x4f805000, tied: true}
	FMLSDouble  = &Op{name: "fmls", arrangement: [3]string{"2d", "2d", "d[0]"}, word: 0x4fc05000, tied: true}
	FMULElement = &Op{name: "fmul", arrangement: [3]string{"4s", "4s", "s[0]"}, word: 0x4f809000}
	FMULDouble  = &Op{name: "fmul", arrangement: [3]string{"2d", "2d", "d[0]"}, word: 0x4fc09000}

	FABS = &Op{name: "fabs", arrangement: [3]string{"4s", "4s"}, word: 0x4ea0f800}
)

// Those of lanes of float64.
var (
	FADD2D  = &Op{name: "fadd", arrangement: same("2d"), word: 0x4e60d400}
	FSUB2D  = &Op{name: "fsub", arrangement: same("2d"), word: 0x4ee0d400}
	FMUL2D  = &Op{name: "fmul", arrangement: same("2d"), word: 0x6e60dc00}
	FDIV2D  = &Op{name: "fdiv", arrangement: same("2d"), word: 0x6e60fc00}
	FCMGT2D = &Op{name: "fcmgt", arrangement: same("2d"), word: 0x6ee0e400}
	FCMGE2D = &Op{name: "fcmge", arrangement: same("2d"), word: 0x6e60e400}
	FMLA2D  = &Op{name: "fmla", arrangement: same("2d"), goName: "VFMLA", tied: true}
	FMLS2D  = &Op{name: "fmls", arrangement: same("2d"), goName: "VFMLS", tied: true}
	FABS2D  = &Op{name: "fabs", arrangement: [3]string{"2d", "2d"}, word: 0x4ee0f800}
	ADD2D   = &Op{name: "add", arrangement: same("2d"), goName: "VADD"}
	SUB2D   = &Op{name: "sub", arrangement: same("2d"), goName: "VSUB"}
)

// same is the arrangement of an instruction whose operands are all alike.
func same(lanes string) [3]string { return [3]string{lanes, lanes, lanes} }

// text is the instruction on these registers, destination first.
func (op *Op) text(registers []int) string {
	if op.goName != "" {
		return named(op.goName, "", registers, op.arrangement[:])
	}
	word := op.word
	for i, r := range registers {
		word |= uint32(r) << [...]int{0, 5, 16}[i]
	}
	return encoded(word, op.name, registers, op.arrangement[:], "")
}

// Shift is a shift of the lanes of a vector by a constant.
type Shift struct {
	name   string
	goName string
	word   uint32 // the encoding, without goName
	lanes  string
}

// The shifts: left, right with zeros, and right with copies of the sign bit.
var (
	SHL    = &Shift{name: "shl", goName: "VSHL", lanes: "4s"}
	USHR   = &Shift{name: "ushr", goName: "VUSHR", lanes: "4s"}
	SSHR   = &Shift{name: "sshr", word: 0x4f000400, lanes: "4s"}
	SHL2D  = &Shift{name: "shl", goName: "VSHL", lanes: "2d"}
	USHR2D = &Shift{name: "ushr", goName: "VUSHR", lanes: "2d"}
)

func (s *Shift) text(d, n int, bits uint8) string {
	if most := map[string]uint8{"4s": 31, "2d": 63}[s.lanes]; bits < 1 || bits > most {
		panic(fmt.Sprintf("arm64: shift of %s by %d", s.lanes, bits))
	}
	arrangement := []string{s.lanes, s.lanes}
	if s.goName != "" {
		return named(s.goName, fmt.Sprintf("$%d, ", bits), []int{d, n}, arrangement)
	}
	// The field immh:immb counts down from twice the lane's width.
	word := s.word | (64-uint32(bits))<<16 | uint32(n)<<5 | uint32(d)
	return encoded(word, s.name, []int{d, n}, arrangement, fmt.Sprintf(", #%d", bits))
}

// named is an instruction in the syntax of Go's assembler, destination last.
func named(mnemonic, immediate string, registers []int, arrangement []string) string {
	var operands []string
	for i := len(registers) - 1; i >= 0; i-- {
		lanes := arrangement[i]
		operands = append(operands, fmt.Sprintf("V%d.%s%s", registers[i], strings.ToUpper(lanes[len(lanes)-1:]), lanes[:len(lanes)-1]))
	}
	return fmt.Sprintf("%-6s %s%s", mnemonic, immediate, strings.Join(operands, ", "))
}

// encoded is an instruction that Go's assembler does not know.
func encoded(word uint32, mnemonic string, registers []int, arrangement []string, immediate string) string {
	var operands []string
	for i, r := range registers {
		operands = append(operands, fmt.Sprintf("v%d.%s", r, arrangement[i]))
	}
	return fmt.Sprintf("WORD   $0x%08x // %s %s%s", word, mnemonic, strings.Join(operands, ", "), immediate)
}
