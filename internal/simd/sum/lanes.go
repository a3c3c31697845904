package sum

import "github.com/targetprop/targetprop/internal/view"

// Piece is the elements that are added up in one call, some microseconds of it.
const Piece = 1 << 14

const (
	laneBytes    = 256
	rowLaneBytes = 128
)

// Lanes is the lanes of a sum: 64 of float32, 32 of float64.
func Lanes[T view.Float]() int { return laneBytes / view.Size[T]() }

// RowLanes is the lanes of each sum of [Rows]: 32 of float32, 16 of float64.
func RowLanes[T view.Float]() int { return rowLaneBytes / view.Size[T]() }
