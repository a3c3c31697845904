package arm64

import (
	"fmt"
	"slices"
	"strings"
)

// constantsSymbol names the vectors that the functions of a file load.
const constantsSymbol = "constants<>"

// constants are those vectors.
type constants [][4]uint32

// offset is where in constantsSymbol the vector lies.
func (c *constants) offset(lanes [4]uint32) int {
	i := slices.Index(*c, lanes)
	if i < 0 {
		i = len(*c)
		*c = append(*c, lanes)
	}
	return 16 * i
}

// print writes the vectors.
func (c constants) print(b *strings.Builder) {
	if len(c) == 0 {
		return
	}
	b.WriteString("\n")
	for i, v := range c {
		fmt.Fprintf(b, "DATA %s+%d(SB)/8, $0x%08x%08x\n", constantsSymbol, 16*i, v[1], v[0])
		fmt.Fprintf(b, "DATA %s+%d(SB)/8, $0x%08x%08x\n", constantsSymbol, 16*i+8, v[3], v[2])
	}
	fmt.Fprintf(b, "GLOBL %s(SB), RODATA|NOPTR, $%d\n", constantsSymbol, 16*len(c))
}
