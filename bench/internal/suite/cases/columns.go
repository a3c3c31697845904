package cases

import "github.com/targetprop/targetprop/kernels"

// The columns of the limits of an instruction set.
func PeakColumn(isa kernels.ISA) string         { return "FMA peak " + columns[isa] }
func Peak64Column(isa kernels.ISA) string       { return "float64 FMA peak " + columns[isa] }
func BetweenTilesColumn(isa kernels.ISA) string { return "FMA peak between tiles " + columns[isa] }
func TilesInL1Column(isa kernels.ISA) string    { return "tiles in L1 " + columns[isa] }
func OperationsColumn(isa kernels.ISA) string   { return "vector operations " + columns[isa] }
func DivideColumn(isa kernels.ISA) string       { return "divide " + columns[isa] }
func SqrtDivideColumn(isa kernels.ISA) string   { return "root and divide " + columns[isa] }
