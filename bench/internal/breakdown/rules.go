package breakdown

import "strings"

// other is the part of functions that no rule knows: Go code that walks over
// tiles, copies, threads that wait for each other, reading the examples.
const other = "other"

// rules attribute functions to parts by the beginning of their names: those of the
// packages below asm and internal/simd. The first rule that fits wins.
var rules = []struct {
	part     string
	prefixes []string
}{
	{"products", []string{
		"f32.Tile", "f32.Gemv", "f32.FMASlow", "tile.define", "tile.addProduct", "gemv.",
	}},
	{"epilogues", []string{
		"f32.Relax", "f32.Delta", "f32.Identity", "f32.Softplus", "f32.Sigmoid", "f32.ReLU", "f32.Tanh", "f32.Exp", "f32.exp",
		"vector.",
	}},
	{"noise", []string{"f32.Gaussian", "f32.Bernoulli", "noise."}},
	{"updates", []string{"f32.RMSProp", "f32.Momentum", "f32.Adam", "descent."}},
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
