package arm64

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/arch/arm64/arm64asm"
)

// decode is the instruction in ARM's syntax.
func decode(t *testing.T, word uint32) string {
	t.Helper()
	inst, err := arm64asm.Decode(binary.LittleEndian.AppendUint32(nil, word))
	if err != nil {
		return err.Error()
	}
	return arm64asm.GNUSyntax(inst)
}

var wordLine = regexp.MustCompile(`^\tWORD   \$(0x[0-9a-f]{8}) // (.*)$`)

// TestWords decodes every encoded instruction of the assembly and compares it
// with its comment, operands included.
func TestWords(t *testing.T) {
	files, err := filepath.Glob("../../asm/*/*_arm64.s")
	if err != nil || len(files) == 0 {
		t.Fatalf("no assembly: %v", err)
	}
	words := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if !strings.Contains(line, "WORD") {
				continue
			}
			m := wordLine.FindStringSubmatch(line)
			if m == nil {
				t.Fatalf("%s:%d: %q has no comment", file, i+1, line)
			}
			word, err := strconv.ParseUint(m[1], 0, 32)
			if err != nil {
				t.Fatal(err)
			}
			words++
			if got := decode(t, uint32(word)); got != m[2] {
				t.Errorf("%s:%d: %s is %q, the comment says %q", file, i+1, m[1], got, m[2])
			}
		}
	}
	t.Logf("%d words in %d files", words, len(files))
}

// TestEncodings decodes every instruction that Go's assembler does not know, on
// registers that set each bit of each field, and every shift.
func TestEncodings(t *testing.T) {
	check := func(text string) {
		t.Helper()
		m := wordLine.FindStringSubmatch("\t" + text)
		if m == nil {
			t.Fatalf("%q is no encoded instruction", text)
		}
		word, err := strconv.ParseUint(m[1], 0, 32)
		if err != nil {
			t.Fatal(err)
		}
		if got := decode(t, uint32(word)); got != m[2] {
			t.Errorf("%s is %q, the comment says %q", m[1], got, m[2])
		}
	}
	for _, op := range []*Op{BIC, UMULL, UMULL2, FADD, FSUB, FMUL, FDIV, FCMGT, FCMGE, FMLAElement, FMLADouble, FADD2D, FSUB2D, FMUL2D} {
		for r := range vectorRegisters {
			check(op.text([]int{r, (r + 11) % vectorRegisters, (r + 22) % vectorRegisters}))
		}
	}
	for _, op := range []*Op{FSQRT, SCVTF, FABS, FABS2D} {
		for r := range vectorRegisters {
			check(op.text([]int{r, vectorRegisters - 1 - r}))
		}
	}
	for bits := uint8(1); bits < 32; bits++ {
		check(SSHR.text(int(bits), 31-int(bits), bits))
	}
}
