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

// File is an assembly file under construction.
type File struct {
	Types *types.Package // whose types signatures may name, or nil

	constants constants
	functions []*Func
}

// Function begins a function. The signature is a Go expression: "func(n int)".
func (f *File) Function(name, signature string, doc ...string) *Func {
	sig, err := gotypes.ParseSignatureInPackage(f.Types, signature)
	if err != nil {
		panic(err)
	}
	fn := &Func{decl: ir.NewFunction(name), vectors: &f.constants, invariants: map[string]*V{}, entry: -1}
	fn.decl.SetSignature(sig)
	fn.decl.Doc = doc
	fn.decl.AddPragma("noescape")
	f.functions = append(f.functions, fn)
	return fn
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
	f.constants.print(&b)
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
