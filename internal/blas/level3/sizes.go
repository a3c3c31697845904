package level3

import "github.com/targetprop/targetprop/internal/view"

// These decide bits: a block's inside is computed in another order than its outside.
// None may depend on the instruction set or on threads.
const (
	// symmBlock is the order of the blocks on the diagonal of a symmetric matrix that are
	// copied to a full one. To copy costs an element as much as some 16 multiply-adds, and
	// C goes through the caches once a block.
	symmBlock = 128

	// solveBlock is the order of the triangles on the diagonal that are solved for panels of B:
	// the second-level cache holds one, the first-level cache a panel. With twice as many lines
	// it takes as long.
	solveBlock = 128

	// triangleBlock is the order of those that are multiplied piece by piece: all of B that
	// they meet stays in the second-level cache.
	triangleBlock = 64

	// pieceBytes is the columns of B, or rows if the triangle is on its right, that are such
	// a piece, or that a thread solves for at a time, in bytes of each line. With half as many
	// it takes as long.
	pieceBytes = 1 << 11

	// wideLines is how many columns of B, or rows, are worth calls for a triangle. With fewer,
	// what they cost is more than the loops take.
	wideLines = 16

	// panelOrder and panelLines are up to which order, and for how many columns of B, loops solve
	// a triangle on its left: a panel takes as long, full or not.
	panelOrder, panelLines = 16, 4

	// rowsOrder and loopsOrder are the orders of the smallest triangles: multiplied, rows of B
	// are combined for each of their rows; with few columns of B, or rows, lines are loops.
	rowsOrder, loopsOrder = 32, 8

	// besideOrder is up to which order both triangles of a symmetric result are computed beside
	// it: to divide its tiles takes up to twice as long, at 32 two thirds.
	besideOrder = 24

	// symmLoops, syrkLoops and syrkTransLoops are the sizes, in each direction, up to which
	// Symm, and Syrk and Syr2k, are loops: theirs if a is transposed or not.
	symmLoops, syrkLoops, syrkTransLoops = 6, 14, 7
)

// pieceLines is how many columns of B, or rows, are a piece.
func pieceLines[T view.Float]() int { return pieceBytes / view.Size[T]() }

// half is where n lines are divided, a multiple of unit.
func half(n, unit int) int { return view.RoundUp((n+1)/2, unit) }
