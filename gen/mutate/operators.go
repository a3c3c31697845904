package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// operators are the ways to change an instruction. Each returns the new
// instructions it makes of one.
var operators = map[string]func(in instruction) []instruction{
	"opcode":       opcode,
	"operands":     operands,
	"immediate":    immediate,
	"displacement": displacement,
	"word":         word,
	"drop":         func(instruction) []instruction { return []instruction{{}} },
}

// keep are instructions whose loss or change says nothing about the results, or
// nothing but that the program ends.
var keep = map[string]bool{"RET": true}

// opcodes are replaced by others of the same operands.
var opcodes = map[string]string{
	"VADDPS": "VSUBPS", "VSUBPS": "VADDPS", "VMULPS": "VADDPS", "VDIVPS": "VMULPS", "VSQRTPS": "VMOVUPS",
	"VFMADD231PS": "VFNMADD231PS", "VFMADD231PS.BCST": "VFNMADD231PS.BCST", "VFMADD231PD": "VFNMADD231PD", "VFMADD231PD.BCST": "VFNMADD231PD.BCST", "VFNMADD231PS": "VFMADD231PS", "VFMADD213PS": "VFMADD132PS", "VMAXPS": "VMINPS", "VMINPS": "VMAXPS",
	"VCVTDQ2PS": "VMOVUPS", "VPSRLD": "VPSRAD", "VPSRAD": "VPSRLD", "VPSLLD": "VPSRLD", "VPSRLQ": "VPSLLQ", "VPSLLQ": "VPSRLQ",
	"VPAND": "VPOR", "VPOR": "VPAND", "VPXOR": "VPOR", "VPANDN": "VPAND", "VPANDD": "VPORD", "VPORD": "VPANDD", "VPXORD": "VPORD", "VPANDND": "VPANDD",
	"VPADDD": "VPSUBD", "VPSUBD": "VPADDD", "VPMULUDQ": "VPMULDQ",
	"ADDQ": "SUBQ", "SUBQ": "ADDQ", "XORL": "ORL", "SHLL": "SHRL", "SHLQ": "SHRQ",
	"JL": "JGE", "JGE": "JL", "JE": "JNE", "JNE": "JE", "JLE": "JG",

	"VFMLA": "VFMLS", "VFMLS": "VFMLA", "VADD": "VSUB", "VSUB": "VADD", "VAND": "VORR", "VORR": "VAND", "VEOR": "VORR",
	"VUZP1": "VUZP2", "VUZP2": "VUZP1", "VSHL": "VUSHR", "VUSHR": "VSHL", "ADD": "SUB", "SUB": "ADD",
	"BLT": "BGE", "BNE": "BEQ", "BEQ": "BNE", "BLE": "BGT", "CBZ": "CBNZ", "TBZ": "TBNZ",
}

func opcode(in instruction) []instruction {
	if other, ok := opcodes[in.op]; ok {
		return []instruction{{other, in.args}}
	}
	return nil
}

// ordered are the instructions whose first operands may not change places, by
// the place of the first of the two.
var ordered = map[string]int{
	"VSUBPS": 0, "VDIVPS": 0, "VSCALEFPS": 0, "VFIXUPIMMPS": 1, "VMAXPS": 0, "VMINPS": 0, "VPSUBD": 0, "VPANDN": 0, "VPANDND": 0, "VBLENDMPS": 0, "VPBLENDMD": 0,
	"VBLENDVPS": 1, "VPBLENDD": 1, "VFMADD213PS": 0, "VFMADD231PS": 1, "VFNMADD231PS": 1,
	"VFMADD231PD": 1, "VUNPCKLPS": 0, "VUNPCKHPS": 0, "VUNPCKLPD": 0, "VUNPCKHPD": 0,
	"VSUB": 0, "VUZP1": 0, "VUZP2": 0, "VBSL": 0, "VFMLA": 1, "VFMLS": 1,
}

func operands(in instruction) []instruction {
	i, ok := ordered[in.op]
	if !ok || strings.Contains(in.args[i], "(") || strings.Contains(in.args[i+1], "(") {
		return nil // memory has one place only
	}
	return []instruction{in.withArg(i, in.args[i+1]).withArg(i+1, in.args[i])}
}

var immediatePattern = regexp.MustCompile(`^\$(0x[0-9a-f]+|[0-9]+)$`)

// immediate changes a number by one, in the direction that does not merely take
// a different way to the same result: a loop that takes steps too short, or that
// leaves more than it must to the tail, is slow but right.
func immediate(in instruction) []instruction {
	var all []instruction
	for i, arg := range in.args {
		m := immediatePattern.FindStringSubmatch(arg)
		if m == nil || in.op == "WORD" {
			continue
		}
		x, err := strconv.ParseUint(m[1], 0, 64)
		if err != nil {
			continue
		}
		step := uint64(1)
		if in.op == "SUBQ" || in.op == "VCMPPS" {
			step = ^uint64(0)
		}
		all = append(all, in.withArg(i, fmt.Sprintf("$%#x", x+step)))
	}
	return all
}

var (
	memoryPattern = regexp.MustCompile(`^(-?\d*)(\(\w+\)(\(\w+\*\d\))?)$`)
	symbolPattern = regexp.MustCompile(`^(tailMasks<>|laneNumbers<>|\w+)\+(\d+)\((SB|FP)\)$`) // no constant: what lies behind it may be equal
)

// displacement reads or writes one float away.
func displacement(in instruction) []instruction {
	var all []instruction
	if in.op == "VLD1" || in.op == "VST1" {
		return nil // they have none
	}
	for i, arg := range in.args {
		if m := memoryPattern.FindStringSubmatch(arg); m != nil {
			offset, _ := strconv.Atoi("0" + m[1])
			all = append(all, in.withArg(i, fmt.Sprintf("%d%s", offset+4, m[2])))
		}
		if m := symbolPattern.FindStringSubmatch(arg); m != nil {
			offset, _ := strconv.Atoi(m[2])
			all = append(all, in.withArg(i, fmt.Sprintf("%s+%d(%s)", m[1], offset+4, m[3])))
		}
	}
	return all
}

// flips are the bits that make another operation of an arm64 instruction that Go
// cannot spell, by its mnemonic.
var flips = []struct {
	pattern, becomes uint32 // without registers
}{
	{0x4e20d400, 0x4ea0d400}, // fadd: fsub
	{0x4ea0d400, 0x4e20d400}, // fsub: fadd
	{0x6e20dc00, 0x4e20d400}, // fmul: fadd
	{0x6e20fc00, 0x6e20dc00}, // fdiv: fmul
	{0x6ea0e400, 0x6e20e400}, // fcmgt: fcmge
	{0x6e20e400, 0x6ea0e400}, // fcmge: fcmgt
	{0x4e601c00, 0x4e201c00}, // bic: and
	{0x2ea0c000, 0x0ea0c000}, // umull: smull
	{0x6ea0c000, 0x4ea0c000}, // umull2: smull2
}

// registers are the bits of the three registers of such an instruction.
const registers = 0x001f03ff

// word changes the operation or, where it has no other, or beside it, the first
// source register.
func word(in instruction) []instruction {
	if in.op != "WORD" {
		return nil
	}
	x, err := strconv.ParseUint(strings.TrimPrefix(in.args[0], "$"), 0, 32)
	if err != nil {
		return nil
	}
	made := []instruction{in.withArg(0, fmt.Sprintf("$%#08x", x^1<<5))}
	for _, f := range flips {
		if uint32(x)&^registers == f.pattern {
			made = append(made, in.withArg(0, fmt.Sprintf("$%#08x", f.becomes|uint32(x)&registers)))
		}
	}
	return made
}

var dataPattern = regexp.MustCompile(`^(DATA .*, \$)(0x[0-9a-f]+)$`)

// constant changes a middle bit, the sign of a mask, of which no other bit
// counts, and 0 to 1. The last bits of a coefficient, in one lane of eight, show
// in one of 100,000 results: they are for make exhaustive.
func constant(line string) string {
	m := dataPattern.FindStringSubmatch(line)
	if m == nil {
		return line
	}
	x, err := strconv.ParseUint(m[2], 0, 64)
	if err != nil {
		return line
	}
	flip := uint64(1 << 12)
	switch {
	case strings.Contains(line, "tailMasks"):
		flip = 1 << 31
	case uint32(x) == 0:
		flip = 0x3f800000
	}
	return fmt.Sprintf("%s%#08x", m[1], x^flip)
}
