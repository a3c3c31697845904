package lane

import (
	"regexp"

	"github.com/targetprop/targetprop/gen/arm64"
)

// NEON is that instruction set for a type of elements. Its kernels take whole blocks of
// vectors only: what is left is computed by the definitions.
type NEON struct {
	*arm64.Func
	size int

	FMLA, FMUL, FADD, FSUB, FABS *arm64.Op
}

// NEONBytes is the bytes of a vector.
const NEONBytes = 16

// BeginNEON begins a function. In the text of its signature T is the type of the elements.
// The documentation begins with what the function does.
func BeginNEON(file *arm64.File, size int, name, signature string, doc ...string) *NEON {
	kind := map[int]string{4: "float32", 8: "float64"}[size]
	doc[0] = name + "NEON " + doc[0]
	f := file.Function(name+"NEON", regexp.MustCompile(`\bT\b`).ReplaceAllString(signature, kind), doc...)
	n := &NEON{Func: f, size: size, FMLA: arm64.FMLA, FMUL: arm64.FMUL, FADD: arm64.FADD, FSUB: arm64.FSUB, FABS: arm64.FABS}
	if size == 8 {
		n.FMLA, n.FMUL, n.FADD, n.FSUB, n.FABS = arm64.FMLA2D, arm64.FMUL2D, arm64.FADD2D, arm64.FSUB2D, arm64.FABS2D
	}
	return n
}

// Everywhere is the number at an address in every lane.
func (n *NEON) Everywhere(pointer arm64.GP) *arm64.V {
	r := n.GP()
	if n.size == 8 {
		n.Do("MOVD", "(%v), %v", pointer, r)
		return n.BroadcastDouble(r)
	}
	n.Do("MOVWU", "(%v), %v", pointer, r)
	return n.Broadcast(r)
}

// Blocks writes the loop over blocks, at least one, that are so many bytes at each pointer.
func (n *NEON) Blocks(blocks arm64.GP, bytes int, pointers []arm64.GP, body func()) {
	n.Label("block")
	body()
	for _, p := range pointers {
		n.Do("ADD", "$%d, %v", bytes, p)
	}
	n.Do("SUBS", "$1, %v, %v", blocks, blocks)
	n.Branch("block", "BNE", "")
}
