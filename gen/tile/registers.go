package tile

import "github.com/mmcloughlin/avo/reg"

// Registers shared by all sections of a micro-kernel. A row i of A is found at
// a + i*rs; odd multiples of rs in registers and the scales 1, 2, 4, 8 of the
// addressing mode reach every row, so that a alone moves along k.
var (
	regTile   = reg.RAX // the argument, until k takes its place
	regK      = reg.RAX
	regA      = reg.RBX
	regKS     = reg.RCX
	regB      = reg.RDX
	regBS     = reg.RSI
	regB1     = reg.RDI // distance from the first panel of B to the second
	regOdd    = [...]reg.GPPhysical{reg.R8, reg.R9, reg.R10, reg.R11, reg.R12, reg.R13, reg.R14, reg.R15}
	regInit   = reg.R8 // free before the odd multiples are formed
	regIS     = reg.R9
	regI1     = reg.R10
	reg3      = reg.R11 // three times one of these distances, in a kernel of four panels and 6 rows or fewer
	regM      = reg.R15
	regFetch  = reg.R15 // the line that is fetched; tiles that do have no row 15
	regFetch1 = reg.RBP // the line beside it; the assembler saves the register
	regEach   = reg.R14 // turns until the next row; tiles that fetch have few odd multiples

	maskBits  = reg.K1
	maskWords = reg.Y15
)

var zmm = [...]reg.VecPhysical{
	reg.Z0, reg.Z1, reg.Z2, reg.Z3, reg.Z4, reg.Z5, reg.Z6, reg.Z7, reg.Z8, reg.Z9, reg.Z10, reg.Z11, reg.Z12, reg.Z13, reg.Z14, reg.Z15,
	reg.Z16, reg.Z17, reg.Z18, reg.Z19, reg.Z20, reg.Z21, reg.Z22, reg.Z23, reg.Z24, reg.Z25, reg.Z26, reg.Z27, reg.Z28, reg.Z29, reg.Z30, reg.Z31,
}

var ymm = [...]reg.VecPhysical{
	reg.Y0, reg.Y1, reg.Y2, reg.Y3, reg.Y4, reg.Y5, reg.Y6, reg.Y7, reg.Y8, reg.Y9, reg.Y10, reg.Y11, reg.Y12, reg.Y13, reg.Y14, reg.Y15,
	reg.Y16, reg.Y17, reg.Y18, reg.Y19, reg.Y20, reg.Y21, reg.Y22, reg.Y23, reg.Y24, reg.Y25, reg.Y26, reg.Y27, reg.Y28, reg.Y29, reg.Y30, reg.Y31,
}
