package emit

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/targetprop/targetprop/gen/vec"
)

const module = "github.com/targetprop/targetprop"

// dispatches are the files of a package, by their endings.
var dispatches = []struct {
	ending, constraint string
	isas               []string // with kernels, best first
}{
	{"amd64", "!purego", []string{"AVX512", "AVX2"}},
	{"arm64", "!purego", []string{"NEON"}},
	{"other", "(!amd64 && !arm64) || purego", nil},
}

// Kernel is a function for elements of so many bytes.
type Kernel struct {
	vec.Func
	Size int
}

// asm is the package of assembly that has the kernel.
func (k Kernel) asm() string { return fmt.Sprintf("f%d", 8*k.Size) }

// name is that of the function that picks the kernel.
func (k Kernel) name() string {
	if k.Size == 8 {
		return unexported(k.Func.Name) + "64"
	}
	return unexported(k.Func.Name)
}

// Dispatch writes the files that pick the assembly of an instruction set, for each
// kernel one function, to dir, the folder of a package. Calls are direct: function
// variables would defeat noescape.
func Dispatch(dir, pkg string, funcs []Kernel) error {
	for _, d := range dispatches {
		var b bytes.Buffer
		fmt.Fprintf(&b, "// %s\n\n//go:build %s\n\npackage %s\n\n%s", configOf(dir).GeneratedWarning(), d.constraint, pkg, imports(funcs, d.isas))
		for _, f := range funcs {
			writeFunc(&b, f, d.isas)
		}
		text, err := format.Source(b.Bytes())
		if err != nil {
			return fmt.Errorf("the dispatch of %s: %w", pkg, err)
		}
		if err := os.WriteFile(filepath.Join(dir, "dispatch_"+d.ending+".go"), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// imports is the import declaration of a file.
func imports(funcs []Kernel, isas []string) string {
	var paths []string
	for _, size := range []int{4, 8} {
		if len(isas) > 0 && slices.ContainsFunc(funcs, func(f Kernel) bool { return f.Size == size }) {
			paths = append(paths, "asm/"+Kernel{Size: size}.asm())
		}
	}
	paths = append(paths, "internal/simd/isa")
	if slices.ContainsFunc(funcs, func(f Kernel) bool { return !f.Flat }) {
		paths = append(paths, "internal/view")
	}
	var b strings.Builder
	for _, path := range paths {
		fmt.Fprintf(&b, "%q\n", module+"/"+path)
	}
	return "import (\n" + b.String() + ")\n"
}

// writeFunc writes the function that picks a kernel.
func writeFunc(b *bytes.Buffer, f Kernel, isas []string) {
	name := f.name()
	fmt.Fprintf(b, "\n// %s runs %s of the instruction set or, if it has none, returns false.\n", name, f.Name)
	fmt.Fprintf(b, "func %s(%s) bool {\n", name, parameters(f))
	if len(isas) == 0 {
		b.WriteString("return false\n}\n")
		return
	}
	b.WriteString("switch i {\n")
	for _, isa := range isas {
		fmt.Fprintf(b, "case isa.%s:\n%s.%s%s(%s)\n", isa, f.asm(), f.Name, isa, arguments(f))
	}
	b.WriteString("default:\nreturn false\n}\nreturn true\n}\n")
}

// parameters are those of vec.Signature, with a block for each pointer and stride.
// Few enough words are left to be passed in registers.
func parameters(f Kernel) string {
	list := "i isa.ISA, "
	if !f.Flat {
		list += "rows, "
	}
	list += "n int"
	element := vec.Element(f.Size)
	matrix := "*view.Block[" + element + "]"
	if f.Flat {
		matrix = "*" + element
	}
	for _, group := range []struct {
		names []string
		kind  string
	}{{f.Operands, matrix}, {f.Scalars, "float32"}, {f.Words, "uint32"}, {f.Tables, "*uint32"}} {
		if len(group.names) > 0 {
			list += ", " + strings.Join(group.names, ", ") + " " + group.kind
		}
	}
	return list
}

// arguments are those of the assembly.
func arguments(f Kernel) string {
	var list []string
	if !f.Flat {
		list = append(list, "rows")
	}
	list = append(list, "n")
	for _, name := range f.Operands {
		if f.Flat {
			list = append(list, name)
		} else {
			list = append(list, "&"+name+".Data[0]", name+".Stride")
		}
	}
	list = slices.Concat(list, f.Scalars, f.Words, f.Tables)
	return strings.Join(list, ", ")
}

// unexported begins a name with a small letter, or several: PeakFMA is peakFMA, and
// RMSProp rmsProp.
func unexported(name string) string {
	letters := []rune(name)
	for i := range letters {
		if i > 0 && i+1 < len(letters) && unicode.IsLower(letters[i+1]) {
			break
		}
		letters[i] = unicode.ToLower(letters[i])
		if i+1 < len(letters) && unicode.IsLower(letters[i+1]) {
			break
		}
	}
	return string(letters)
}
