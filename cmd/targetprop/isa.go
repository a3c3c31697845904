package main

import (
	"fmt"
	"os"

	"github.com/klauspost/cpuid/v2"

	"github.com/targetprop/targetprop/kernels"
)

// instructions tells which instruction set is in use and why, best ones first.
type instructions struct {
	Program []string `json:"program"` // that the program has kernels for
	Machine []string `json:"machine"` // that the machine and its system can run
	Used    string   `json:"used"`
	Why     string   `json:"why"`
}

func describeISA(used kernels.ISA) instructions {
	i := instructions{Program: names(kernels.Compiled()), Machine: names(machineISAs()), Used: used.String()}
	limit := os.Getenv(kernels.ISAVariable)
	switch {
	case limit != "" && used != kernels.Available()[0]:
		i.Why = fmt.Sprintf("%s=%s rules out better ones", kernels.ISAVariable, limit)
	case limit != "":
		i.Why = fmt.Sprintf("the best that both have; %s=%s does not rule it out", kernels.ISAVariable, limit)
	default:
		i.Why = "the best that both have"
	}
	return i
}

// machineISAs are the instruction sets of this machine, whatever the binary.
func machineISAs() []kernels.ISA {
	var found []kernels.ISA
	avx2 := cpuid.CPU.Supports(cpuid.AVX, cpuid.AVX2, cpuid.FMA3)
	if avx2 && cpuid.CPU.Supports(cpuid.AVX512F, cpuid.AVX512VL) {
		found = append(found, kernels.AVX512)
	}
	if avx2 {
		found = append(found, kernels.AVX2)
	}
	if cpuid.CPU.Supports(cpuid.ASIMD) {
		found = append(found, kernels.NEON)
	}
	return append(found, kernels.Generic)
}

func names(isas []kernels.ISA) []string {
	text := make([]string, len(isas))
	for i, isa := range isas {
		text[i] = isa.String()
	}
	return text
}
