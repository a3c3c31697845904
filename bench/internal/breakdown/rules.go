package breakdown

import "strings"

// other is the part of functions that no rule knows: Go code that walks over
// tiles, copies, threads that wait for each other, reading the examples.
const other = "other"

// rules attribute functions to parts by the beginning of their names: those of
// package asm and the plain-Go definitions in package kernels. The first rule
// that fits wins.
var rules = []struct {
	part     string
	prefixes []string
}{
	{"products", []string{
		"asm.Tile", "asm.Gemm", "asm.Affine",
		"kernels.tileGeneric", "kernels.fma32Slow",
	}},
	{"epilogues", []string{
		"asm.Relax", "asm.Delta", "asm.Identity", "asm.Softplus", "asm.Sigmoid", "asm.ReLU", "asm.Tanh",
		"kernels.activateGeneric", "kernels.relaxGeneric", "kernels.deltaGeneric",
		"kernels.Activation.", "kernels.softplus", "kernels.sigmoid", "kernels.tanh32", "kernels.exp",
	}},
	{"noise", []string{
		"asm.Gaussian", "asm.Bernoulli",
		"kernels.gaussianGeneric", "kernels.bernoulliGeneric", "kernels.philox4x32", "kernels.boxMuller32", "kernels.uniform32",
	}},
	{"updates", []string{
		"asm.RMSProp", "asm.Momentum", "asm.Adam",
		"kernels.updateGeneric",
	}},
}

func partOf(function string) string {
	for _, r := range rules {
		for _, prefix := range r.prefixes {
			if strings.HasPrefix(function, prefix) {
				return r.part
			}
		}
	}
	return other
}

func partNames() []string {
	var names []string
	for _, r := range rules {
		names = append(names, r.part)
	}
	return append(names, other)
}

// shorten strips the path from a function's package.
func shorten(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }
