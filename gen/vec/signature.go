package vec

import (
	"fmt"
	"strings"
)

// Element is the Go type of elements of so many bytes.
func Element(size int) string { return fmt.Sprintf("float%d", 8*size) }

// Signature is the Go signature of f's assembly functions for elements of so many bytes.
func Signature(f Func, size int) string {
	var b strings.Builder
	b.WriteString("func(")
	if !f.Flat {
		b.WriteString("rows, ")
	}
	b.WriteString("n int")
	for _, name := range f.Operands {
		fmt.Fprintf(&b, ", %s *%s", name, Element(size))
		if !f.Flat {
			fmt.Fprintf(&b, ", %sStride int", name)
		}
	}
	for _, name := range f.Scalars {
		fmt.Fprintf(&b, ", %s float32", name)
	}
	for _, name := range f.Words {
		fmt.Fprintf(&b, ", %s uint32", name)
	}
	for _, name := range f.Tables {
		fmt.Fprintf(&b, ", %s *uint32", name)
	}
	b.WriteString(")")
	return b.String()
}
