// Package address finds the rows of a matrix whose stride is in a register.
package address

import (
	"github.com/mmcloughlin/avo/build"
	"github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// OddMultiples makes odd[i] the stride times 2i+1; odd[0] is the stride.
func OddMultiples[R reg.Register](ctx *build.Context, odd []R) {
	for i := 1; i < len(odd); i++ {
		ctx.LEAQ(operand.Mem{Base: odd[i-1], Index: odd[0], Scale: 2}, odd[i])
	}
}

// Row is where row i begins: an odd number times 1, 2, 4 or 8 strides, the scales of an
// addressing mode, behind base. So base alone moves along the columns.
func Row[R reg.Register](base reg.Register, odd []R, i int) operand.Mem {
	mem := operand.Mem{Base: base}
	if i == 0 {
		return mem
	}
	mem.Scale = 1
	for i%2 == 0 {
		i, mem.Scale = i/2, mem.Scale*2
	}
	mem.Index = odd[i/2]
	return mem
}
