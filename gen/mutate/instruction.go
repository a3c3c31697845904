package main

import (
	"regexp"
	"slices"
	"strings"
)

// instruction is one line.
type instruction struct {
	op   string
	args []string
}

func parse(line string) instruction {
	code, _, _ := strings.Cut(line, "//")
	op, rest, _ := strings.Cut(strings.TrimSpace(code), " ")
	in := instruction{op: op}
	for arg := range strings.SplitSeq(rest, ",") {
		if arg = strings.TrimSpace(arg); arg != "" {
			in.args = append(in.args, arg)
		}
	}
	return in
}

func (in instruction) String() string {
	if in.op == "" {
		return ""
	}
	return "\t" + in.op + " " + strings.Join(in.args, ", ")
}

func (in instruction) withArg(i int, arg string) instruction {
	args := slices.Clone(in.args)
	args[i] = arg
	return instruction{in.op, args}
}

// writesOneOf tells whether the instruction's result is in the text of another,
// as a register or a part of an address.
func (in instruction) writesOneOf(other instruction) bool {
	if len(in.args) == 0 {
		return true // who knows
	}
	result := regexp.MustCompile(`\b` + regexp.QuoteMeta(in.args[len(in.args)-1]) + `\b`)
	if strings.Contains(in.args[len(in.args)-1], "(") {
		return false // memory: no kernel reads what it wrote
	}
	return result.MatchString(strings.Join(other.args, " "))
}
