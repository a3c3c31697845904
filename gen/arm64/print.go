package arm64

import (
	"fmt"
	"strings"
)

// Requires is the CPU feature of all instructions of this package.
const Requires = "ASIMD"

// print allocates the vector registers and writes the function.
func (f *Func) print(b *strings.Builder) error {
	lines, err := f.allocate()
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "\n// %s\n// Requires: %s\n", f.decl.Stub(), Requires)
	fmt.Fprintf(b, "TEXT ·%s(SB), NOSPLIT, $0-%d\n", f.decl.Name, f.decl.ArgumentBytes())
	for _, text := range lines {
		if strings.HasSuffix(text, ":") {
			fmt.Fprintf(b, "\n%s\n", text)
			continue
		}
		fmt.Fprintf(b, "\t%s\n", strings.TrimSpace(text))
	}
	return nil
}
