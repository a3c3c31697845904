// Package emit writes programs of avo and of package arm64 as Go assembly and
// stub files.
package emit

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/ir"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"

	"github.com/targetprop/targetprop/gen/arm64"
)

// AMD64 runs program and writes what it built to dir, a package of that name, as
// <name>_amd64.s and <name>_amd64.go.
func AMD64(dir, name string, program func(*build.Context)) error {
	config := configOf(dir)
	ctx := build.NewContext()
	ctx.ConstraintExpr("!purego")
	program(ctx)
	file, err := ctx.Result()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := pass.Compile.Execute(file); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, f := range file.Functions() {
		f.Nodes = slices.DeleteFunc(f.Nodes, isSelfMove)
	}
	return write(dir, name+"_amd64", map[string]func() ([]byte, error){
		".s":  func() ([]byte, error) { return printer.NewGoAsm(config).Print(file) },
		".go": func() ([]byte, error) { return printer.NewStubs(config).Print(file) },
	})
}

// ARM64 runs program and writes what it built to dir, a package of that name, as
// <name>_arm64.s and <name>_arm64.go.
func ARM64(dir, name string, program func(*arm64.File)) error {
	config := configOf(dir)
	var file arm64.File
	program(&file)
	return write(dir, name+"_arm64", map[string]func() ([]byte, error){
		".s":  func() ([]byte, error) { return file.Assembly(config) },
		".go": func() ([]byte, error) { return file.Stubs(config) },
	})
}

// configOf is how the files of a package are printed.
func configOf(dir string) printer.Config {
	return printer.Config{Name: "gen", Argv: []string{"make", "gen"}, Pkg: filepath.Base(dir)}
}

// write prints the files of one program, which differ in their endings.
func write(dir, name string, files map[string]func() ([]byte, error)) error {
	for ending, text := range files {
		content, err := text()
		if err != nil {
			return fmt.Errorf("%s%s: %w", name, ending, err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+ending), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// isSelfMove recognises the copies of vectors that register allocation made
// superfluous. avo's own pass knows the general registers' only.
func isSelfMove(n ir.Node) bool {
	i, ok := n.(*ir.Instruction)
	return ok && (i.Opcode == "VMOVUPS" || i.Opcode == "VMOVUPD") && len(i.Operands) == 2 && i.Operands[0] == i.Operands[1]
}
