package plan

import (
	"fmt"
	"strings"
)

// Plan is how a product is computed. A and all fields below it are for [Blocks]. Where
// threads divide the columns nothing below Share counts: each part has a plan of its own.
type Plan struct {
	Way   Way
	Share Share
	A     Left
	B     Right
	Order Order

	NegateB   bool // of a negated product B takes the sign when it is packed, and A is read as it is
	TileRows  int  // the rows of the tiles for which A is laid out, with InColumns
	BlockK    int  // the rows of a block of B, at most
	BlockN    int  // its columns, at most
	PassRows  int  // how many rows of A meet a block of B at a time, at most: whole tiles
	StepsOn   int  // how many steps ahead a tile fetches rows of B, or 0
	ColumnsOn int  // how many columns ahead the tile of a single row fetches B, or 0
}

// String says everything that was decided.
func (p Plan) String() string {
	switch {
	case p.Way == Small || p.Way == Transposed:
		return p.Way.String()
	case p.Way == Vectors || p.Share == ByColumns:
		return fmt.Sprintf("%v, %v", p.Way, p.Share)
	}
	parts := []string{p.Way.String(), p.Share.String(), p.A.String()}
	if p.TileRows > 0 {
		parts[2] += fmt.Sprintf(" of %d rows", p.TileRows)
	}
	right := p.B.String()
	if p.NegateB {
		right += " with its sign turned"
	}
	parts = append(parts, fmt.Sprintf("%v in %d x %d", right, p.BlockK, p.BlockN), fmt.Sprintf("%d rows at a time %v", p.PassRows, p.Order))
	if p.StepsOn > 0 {
		parts = append(parts, fmt.Sprintf("B fetched %d steps ahead", p.StepsOn))
	}
	if p.ColumnsOn > 0 {
		parts = append(parts, fmt.Sprintf("B fetched %d columns ahead", p.ColumnsOn))
	}
	return strings.Join(parts, ", ")
}
