package level3

import (
	"github.com/targetprop/targetprop/internal/engine"
	"github.com/targetprop/targetprop/internal/view"
)

// triangular is b = op(a)*b, or b*op(a), or the inverse of it: of a's lines, each is one of
// b, a row or a column, which crosses the same number of others.
type triangular[T view.Float] struct {
	on          engine.Core
	left, solve bool
	stage       stage
	a           Triangle[T]
	b           view.Matrix[T]
}

// stage is what is done with triangles that are not divided any more.
type stage uint8

const (
	loops  stage = iota // they are computed in loops
	blocks              // they are solved for panels of b, or divided with pieces of it
	rows                // for each of their rows, rows of b are combined
)

// order is up to how many lines are not divided.
func (t *triangular[T]) order() int {
	switch {
	case t.stage == loops:
		return loopsOrder
	case t.stage == rows:
		return rowsOrder
	case t.solve:
		return solveBlock
	default:
		return triangleBlock
	}
}

// paysPanels tells whether a few lines are worth a panel of b that is not full.
func (t *triangular[T]) paysPanels() bool {
	return t.a.Rows > panelOrder || t.a.Rows > loopsOrder && (!t.left || t.crossing() > panelLines)
}

// crossing is the columns of b, or its rows if the triangle is on its right.
func (t *triangular[T]) crossing() int {
	if t.left {
		return t.b.Cols
	}
	return t.b.Rows
}

// onEarlier tells whether lines of b depend on those before them, else on those behind.
func (t *triangular[T]) onEarlier() bool { return t.left != t.a.upper() }

// at is the i-th line of lo to hi-1 to multiply, and the lines from to to-1 that it needs as
// they were.
func (t *triangular[T]) at(i, lo, hi int) (line, from, to int) {
	if t.onEarlier() {
		line = hi - 1 - i
		return line, lo, line
	}
	line = lo + i
	return line, line + 1, hi
}
