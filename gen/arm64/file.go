// Package arm64 writes Go assembly for arm64 and its vector extension, NEON, in
// the manner of avo, which knows only amd64.
//
// A program names general registers as it needs them and computes with virtual
// vector registers, which [Func] allocates. Where Go's assembler has no name
// for an instruction the text holds its encoding, with the name in a comment.
package arm64

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/mmcloughlin/avo/buildtags"
	"github.com/mmcloughlin/avo/gotypes"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/printer"
)

// Requires is the CPU feature of all instructions of this package.
const Requires = "ASIMD"

// File is an assembly file under construction.
type File struct {
	Types *types.Package // whose types signatures may name, or nil

	constants [][4]uint32
	functions []*Func
}

// Function begins a function. The signature is a Go expression: "func(n int)".
func (f *File) Function(name, signature string, doc ...string) *Func {
	sig, err := gotypes.ParseSignatureInPackage(f.Types, signature)
	if err != nil {
		panic(err)
	}
	fn := &Func{file: f, decl: ir.NewFunction(name), invariants: map[string]*V{}, entry: -1}
	fn.decl.SetSignature(sig)
	fn.decl.Doc = doc
	fn.decl.AddPragma("noescape")
	f.functions = append(f.functions, fn)
	return fn
}

// constantsSymbol names the vectors that the functions of a file load.
const constantsSymbol = "constants<>"

// constantOffset is where in constantsSymbol the vector lies.
func (f *File) constantOffset(lanes [4]uint32) int {
	for i, c := range f.constants {
		if c == lanes {
			return 16 * i
		}
	}
	f.constants = append(f.constants, lanes)
	return 16 * (len(f.constants) - 1)
}

// Assembly is the text of the .s file.
func (f *File) Assembly(cfg printer.Config) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "// %s\n\n//go:build !purego\n\n#include \"textflag.h\"\n", cfg.GeneratedWarning())
	for _, fn := range f.functions {
		if err := fn.print(&b); err != nil {
			return nil, fmt.Errorf("%s: %w", fn.decl.Name, err)
		}
	}
	for i, c := range f.constants {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "DATA %s+%d(SB)/8, $0x%08x%08x\n", constantsSymbol, 16*i, c[1], c[0])
		fmt.Fprintf(&b, "DATA %s+%d(SB)/8, $0x%08x%08x\n", constantsSymbol, 16*i+8, c[3], c[2])
	}
	if len(f.constants) > 0 {
		fmt.Fprintf(&b, "GLOBL %s(SB), RODATA|NOPTR, $%d\n", constantsSymbol, 16*len(f.constants))
	}
	return []byte(b.String()), nil
}

// Stubs is the text of the .go file.
func (f *File) Stubs(cfg printer.Config) ([]byte, error) {
	file := ir.NewFile()
	file.Constraints = buildtags.Not("purego").ToConstraints()
	for _, fn := range f.functions {
		file.AddSection(fn.decl)
	}
	return printer.NewStubs(cfg).Print(file)
}
