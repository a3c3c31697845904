package main

import (
	"regexp"
	"slices"
	"strings"
)

// fetching is a change in a micro-kernel that fetches.
const fetching = ` Tile(Columns|Masked)?(14x(32|16)AVX512|6x(16|8)AVX2|1x(64|32)AVX(2|512)) `

// equivalents are changes that make no difference to any result, with the
// reason. The patterns are matched against the file's name, the function, the
// operator and the old and the new line, as in
// "asm/f32/noise_avx2_amd64.s BernoulliAVX2 drop: VZEROUPPER -> ".
var equivalents = []struct {
	pattern *regexp.Regexp
	reason  string
}{
	{regexp.MustCompile(`^asm/f32/peak_`), "the loop of the peak has no result"},
	{regexp.MustCompile(`^\S+ \w+ drop: (JGE rowDone|ANDL) `), "an empty mask touches nothing; KMOVW takes 16 bits only"},
	{regexp.MustCompile(` (Tile|Pack|Gemv)\w+ \w+: PREFETCHT0 `), "what is fetched ahead changes the speed only"},
	{regexp.MustCompile(fetching + `\w+: MOVQ ((112|96|16|32)\(AX\), R15|(104|40|8)\(AX\), BP)`), "the address of what is fetched ahead"},
	{regexp.MustCompile(fetching + `\w+: ADDQ ((\(AX\)|152\(AX\)|8\(SP\)), (R15|BP)|R15, BP)`), "the address of what is fetched ahead"},
	{regexp.MustCompile(fetching + `(drop: MOVQ (R15, 8|AX, 16)\(SP\)|\w+: ADDQ BP, 32\(AX\))`), "the address of what is fetched ahead"},
	{regexp.MustCompile(fetching + `\w+: (LEAQ \((R11|R15)\)\((DI|SI)\*1\), (R12|BP)|MOVQ 176\((R11|R15|AX)\), (R11|R15))`), "the address of what is fetched of B"},
	{regexp.MustCompile(fetching + `(drop|opcode): (TESTQ (R11|R15), (R11|R15)|JE (prefetch)?plain)`), "whether B is fetched ahead"},
	{regexp.MustCompile(fetching + `drop: (MOVQ 24\(AX\), AX|MOVQ \$0x0000000[4-9a-e], AX)`), "how much is fetched ahead"},
	{regexp.MustCompile(fetching + `drop: (MOVQ 48\(AX\), AX|JNE following)`), "which of the list is fetched ahead"},
	{regexp.MustCompile(fetching + `drop: JMP then`), "the turns that are left fetch no B"},
	{regexp.MustCompile(fetching + `(\w+: SHRQ \$0x01, R14|drop: JNE each)`), "how often something is fetched ahead"},
	{regexp.MustCompile(fetching + `immediate: (CMPQ AX, \$0x(10|08)|MOVQ \$0x0000000[4-9a-e], AX)`), "how much and how often something is fetched ahead"},
	{regexp.MustCompile(` Tile(16|13|9)\w+ immediate: CMPQ 8\(DX\)`), "a masked store of all columns does the same"},
	{regexp.MustCompile(` Gemv\w+ immediate: CMPQ \w+, \$0x(10|08) `), "a line of columns is multiplied in fours as well"},
	{regexp.MustCompile(` Transpose\w+ immediate: CMPQ \w+, \$0x(02|04|08|10) `), "whole groups of columns are done in smaller ones too, and the last one after going back by none"},
	{regexp.MustCompile(` Pack\w+ \w+: (LEAQ \(\w+\)\(\w+\*8\)|ADDQ DX, R10)`), "the address of what is fetched ahead"},
	{regexp.MustCompile(` immediate: VFIXUPIMMPS `), "it says which exceptions are raised"},
	{regexp.MustCompile(` Gaussian\w+ drop: (TESTQ|JLE|CMP|BLE) `), "the dispatch never asks for 0 blocks"},
	{regexp.MustCompile(`Softplus\w+ operands: VMAXPS `), "the other order loses a NaN, but the sum of the two parts is NaN still"},
	{regexp.MustCompile(` Exp\w+ opcode: VPSRLD `), "the number that is shifted is positive"},
	{regexp.MustCompile(`(Tanh|Log)[A-Z]\w+ immediate: VCMPPS \$0x1e`), "both sides agree where the comparison is equal"},
	{regexp.MustCompile(`(Tanh|Log)NEON word: WORD \$0x6e[ab]\we[4-7]\w\w -> WORD \$0x6e[23]`), "fcmgt to fcmge: both sides agree where the comparison is equal"},
	{regexp.MustCompile(`SoftplusNEON word: WORD \$0x6e[ab]\we[4-7]\w\w -> WORD \$0x6e[23]`), "fcmgt to fcmge: the sides differ in the sign of a zero, which the sum loses"},
	{regexp.MustCompile(`AVX512 opcode: SUBQ (\w+|\$0x10), CX -> ADDQ `), "shifts count modulo 32, and what is subtracted is a multiple of 16"},
	{regexp.MustCompile(` constant: DATA (column|tail)Masks<>\S+ \S+ -> DATA \S+ \$0x[89a-f]`), "only the sign bit counts"},
	{regexp.MustCompile(` constant: DATA (column|tail)Masks<>\S+ \$0x00000000 -> DATA \S+ \$0x[0-7]\w{7}$`), "only the sign bit counts"},
	{regexp.MustCompile(` constant: DATA tailMasks<>\+(0|60)\(`), "there are no tails of 0 or 8, which alone would read it"},
	{regexp.MustCompile(` constant: DATA \S+ \$0x(42b20000|c2d00000)`), "e^89 overflows and e^-104 underflows, and so do the numbers close by"},
	{regexp.MustCompile(` constant: DATA \S+ \$0x00800000`), "both sides of the seam agree where it lies"},
	{regexp.MustCompile(` constant: DATA \S+ \$0x7fc00000`), "another NaN"},
}

// excluded is the reason why the change makes no difference, if it is known.
func (m mutation) excluded() string {
	line := m.file.lines[m.line]
	old := parse(line)
	if m.operator == "drop" {
		if len(old.args) == 2 && old.args[0] == old.args[1] && strings.HasPrefix(old.op, "VMOV") {
			return "a move of a register to itself"
		}
		if m.repeats(old) {
			return "the register holds this already"
		}
	}
	text := strings.Join([]string{m.file.name, m.function, m.operator + ":",
		strings.TrimSpace(old.String()), "->", strings.TrimSpace(parse(m.text).String())}, " ")
	for _, e := range equivalents {
		if e.pattern.MatchString(text) {
			return e.reason
		}
	}
	return ""
}

// loads are instructions that do nothing but fill a register.
var loads = []string{"VMOVUPS", "VMOVUPD", "VBROADCASTSS", "VBROADCASTSD", "VPBROADCASTD", "MOVQ", "MOVL", "KMOVW", "FMOVQ", "FMOVD", "FMOVS", "MOVD"}

// repeats tells whether a line above, with nothing but straight code between,
// does the same and neither its result nor its sources have changed since.
func (m mutation) repeats(in instruction) bool {
	if !slices.Contains(loads, in.op) || len(in.args) != 2 {
		return false
	}
	for i := m.line - 1; i >= 0; i-- {
		line := m.file.lines[i]
		if !strings.HasPrefix(line, "\t") || strings.HasPrefix(strings.TrimSpace(line), "J") {
			return false
		}
		above := parse(line)
		if above.String() == in.String() {
			return true
		}
		if above.writesOneOf(in) {
			return false
		}
	}
	return false
}
