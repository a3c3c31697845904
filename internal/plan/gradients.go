package plan

import (
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// GradientProblem is the product x^T d of a gradient: Inputs x Examples by Examples x
// Outputs.
type GradientProblem struct {
	ISA      isa.ISA
	Size     int // bytes of an element
	Threads  int
	Examples int
	Inputs   int
	Outputs  int
}

// Gradient is how a gradient is computed.
type Gradient struct {
	Share    Share // Alone or ByColumns, by panels
	X        Left  // InPlace or InColumns
	TileRows int   // the columns of x that lie together, with InColumns
	Prefetch bool  // tiles fetch the parameters and moments that a step of an optimiser changes
}

// OfGradient makes the plan of a gradient with no empty side.
func OfGradient(p *GradientProblem) Gradient {
	panel := view.Line / p.Size
	g := Gradient{TileRows: TransposedRows(p.ISA, panel, p.Inputs), Prefetch: p.ISA.PrefetchPanels() > 0 && farParameters(p.Size, p.Inputs, p.Outputs)}
	panels := (p.Outputs + panel - 1) / panel
	if p.Threads > 1 {
		g.Share = ByColumns
		panels = (panels + p.Threads - 1) / p.Threads
	}
	if panels >= columnsPanels && g.TileRows < p.Inputs {
		g.X = InColumns
	}
	return g
}

// TransposedRows is how many columns of x lie together where its transpose is a left
// matrix that is laid out. What a step multiplies is adjacent in x already, but each step
// is on another line, often on another page: laid out they follow each other. With few
// columns, or an instruction set for which it is not known to help, all lie together, as
// in x.
func TransposedRows(i isa.ISA, panel, columns int) int {
	if (i == isa.AVX512 || i == isa.AVX2) && columns > isa.MaxTileRows {
		return ColumnsRows(i, panel, columns)
	}
	return columns
}

// farParameters tells whether tiles fetch a map's parameters and their moments: the
// near caches do not hold them, and the step of an optimiser would wait for them.
func farParameters(size, inputs, outputs int) bool {
	const near = 1 << 20 // bytes of parameters, a quarter of what there is with their moments
	return (inputs+1)*view.RoundUp(outputs, view.Line/size)*size > near
}

// String says everything that was decided.
func (g Gradient) String() string {
	text := fmt.Sprintf("gradient, %v, x %v", g.Share, strings.TrimPrefix(g.X.String(), "A "))
	if g.X == InColumns {
		text += fmt.Sprintf(" of %d rows", g.TileRows)
	}
	if g.Prefetch {
		text += ", parameters fetched ahead"
	}
	return text
}
