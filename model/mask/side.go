package mask

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/enum"
)

// Side is a half of an image.
type Side uint8

// The halves.
const (
	Left Side = iota
	Right
	Top
	Bottom
)

var sides = enum.Names[Side]{
	Package: "model", Type: "Side", Kind: "side",
	Names: []string{Left: "left", Right: "right", Top: "top", Bottom: "bottom"},
}

// String is the name that [ParseSide] reads.
func (s Side) String() string { return sides.String(s) }

// ParseSide reads the name of a side.
func ParseSide(name string) (Side, error) { return sides.Parse(name) }

// Half misses one half of a width x height image. A middle row or column stays
// visible.
func Half(width, height int, side Side) Mask {
	switch side {
	case Left:
		return rectangle(width, height, 0, 0, width/2, height)
	case Right:
		return rectangle(width, height, width-width/2, 0, width, height)
	case Top:
		return rectangle(width, height, 0, 0, width, height/2)
	case Bottom:
		return rectangle(width, height, 0, height-height/2, width, height)
	}
	panic(fmt.Sprintf("model: the unknown half Side(%d) of a mask", uint8(side)))
}
