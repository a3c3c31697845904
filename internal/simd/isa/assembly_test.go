//go:build (amd64 || arm64) && !purego

package isa

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// assembly are the files of generated assembly for this architecture, of all types of
// elements.
const assembly = "../../../asm/*/*_" + runtime.GOARCH + ".s"

// asmFunction is a function of the generated assembly.
type asmFunction struct {
	file, pkg, name, suffix string
	requires                []string // the features of its Requires line
	body                    []string // instructions, labels and directives, without comments
}

// called is the function as callers name it, with its package.
func (f asmFunction) called() string { return f.pkg + "." + f.name }

var (
	requiresLine = regexp.MustCompile(`^// Requires: (.*)$`)
	textLine     = regexp.MustCompile(`^TEXT ·(\w+)\(SB\)`)
)

// asmFunctions reads the assembly. The suffixes of gates end the names of the functions.
func asmFunctions(t *testing.T) []asmFunction {
	t.Helper()
	paths, err := filepath.Glob(assembly)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no assembly: %v", err)
	}
	var all []asmFunction
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, functionsOf(path, string(text))...)
	}
	return all
}

// functionsOf are the functions of a file.
func functionsOf(path, text string) []asmFunction {
	var all []asmFunction
	var requires []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := requiresLine.FindStringSubmatch(line); m != nil {
			requires = strings.Split(m[1], ", ")
		}
		if m := textLine.FindStringSubmatch(line); m != nil {
			f := asmFunction{file: filepath.Base(path), pkg: filepath.Base(filepath.Dir(path)), name: m[1], requires: requires}
			for suffix := range gates {
				if strings.HasSuffix(f.name, suffix) {
					f.suffix = suffix
				}
			}
			all, requires = append(all, f), nil
		}
		code, _, _ := strings.Cut(line, "//")
		if code = strings.TrimSpace(code); len(all) > 0 && code != "" && !strings.HasPrefix(code, "DATA") && !strings.HasPrefix(code, "GLOBL") {
			f := &all[len(all)-1]
			f.body = append(f.body, code)
		}
	}
	return all
}
