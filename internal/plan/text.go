package plan

import (
	"fmt"
	"strings"
)

var (
	ways   = [...]string{Blocks: "blocks", Small: "small", Transposed: "transposed", Vectors: "vectors"}
	shares = [...]string{Alone: "one thread", ByColumns: "threads by columns", ByRows: "threads by rows"}
	lefts  = [...]string{InPlace: "A in place", Copied: "A copied", InColumns: "A in columns"}
	rights = [...]string{Unpacked: "B in place", Packed: "B packed"}
	orders = [...]string{Down: "down", Along: "along"}
)

// String is the name of the way.
func (w Way) String() string { return ways[w] }

// String says what is divided.
func (s Share) String() string { return shares[s] }

// String says how A is read.
func (l Left) String() string { return lefts[l] }

// String says how B is read.
func (r Right) String() string { return rights[r] }

// String is the name of the order.
func (o Order) String() string { return orders[o] }

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
	parts = append(parts, fmt.Sprintf("%v in %d x %d", p.B, p.BlockK, p.BlockN), fmt.Sprintf("%d rows at a time %v", p.PassRows, p.Order))
	if p.StepsOn > 0 {
		parts = append(parts, fmt.Sprintf("B fetched %d steps ahead", p.StepsOn))
	}
	if p.ColumnsOn > 0 {
		parts = append(parts, fmt.Sprintf("B fetched %d columns ahead", p.ColumnsOn))
	}
	return strings.Join(parts, ", ")
}

// String says everything that was decided.
func (m Map) String() string {
	text := fmt.Sprintf("map, %v, x %v", m.Share, strings.TrimPrefix(m.X.String(), "A "))
	if m.Share == ByRows {
		text += fmt.Sprintf(", %d rows at a time", m.Part)
	}
	if m.Prefetch {
		text += ", states fetched ahead"
	}
	return text
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
