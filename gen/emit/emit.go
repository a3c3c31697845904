// Package emit writes avo programs as Go assembly and stub files.
package emit

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/pass"
	"github.com/mmcloughlin/avo/printer"
)

// AMD64 runs program and writes what it built to dir as <name>_amd64.s and <name>_amd64.go.
func AMD64(dir, name string, program func(*build.Context)) error {
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
	cfg := printer.Config{Name: "gen", Argv: []string{"make", "gen"}, Pkg: "asm"}
	for suffix, p := range map[string]printer.Printer{".s": printer.NewGoAsm(cfg), ".go": printer.NewStubs(cfg)} {
		text, err := p.Print(file)
		if err != nil {
			return fmt.Errorf("%s%s: %w", name, suffix, err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+"_amd64"+suffix), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
