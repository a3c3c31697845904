package model

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Data is a set of examples of Dim numbers each. While it is used Len stays the same: that it
// changed is an error. If it has a method Check() error, as [Rows] has, whatever uses the examples
// asks that first, and nothing else of a set with which something is wrong.
type Data interface {
	Len() int
	Dim() int
	// Read writes example i to dst, which has length Dim. Several goroutines
	// may call it at once.
	Read(i int, dst []float32)
}

// Fetcher is [Data] whose examples may be out of reach: they are on a disk, or a process of a group
// holds a part of them.
type Fetcher interface {
	Data
	// Fetch makes the examples ready for Read, until the next call, or fails where Read could
	// only panic. All processes of a group ask for the same ones at the same time, also those that have
	// failed by then; where one that fails gathers, it does so first.
	Fetch(examples []int) error
}

// Rows are the rows of a matrix as [Data].
type Rows struct{ kernels.Matrix }

// Len is the number of rows.
func (r Rows) Len() int { return r.Rows }

// Dim is the number of columns.
func (r Rows) Dim() int { return r.Cols }

// Read copies row i to dst.
func (r Rows) Read(i int, dst []float32) { copy(dst, r.Row(i)) }

// Check says what is wrong with the matrix, if anything is.
func (r Rows) Check() error { return rows.CheckMatrix(r.Matrix) }

// CheckData says what is wrong with the network, or with examples for its visible layer, if
// anything is.
func (n *Network) CheckData(data Data) error {
	if err := n.Validate(); err != nil {
		return err
	}
	if err := rows.Check(data); err != nil {
		return err
	}
	return n.checkDim(data)
}

// fix is CheckData, and the examples, of which there are as many until the end.
func (n *Network) fix(data Data) (fixed rows.Fixed, err error) {
	if err := n.Validate(); err != nil {
		return rows.Fixed{}, err
	}
	if fixed, err = rows.Fix(data); err != nil {
		return rows.Fixed{}, err
	}
	return fixed, n.checkDim(fixed)
}

// checkDim fails if examples are not for the visible layer.
func (n *Network) checkDim(data Data) error {
	if data.Dim() != n.Config.Sizes[0] {
		return fmt.Errorf("model: examples of %d numbers for a visible layer of %d units", data.Dim(), n.Config.Sizes[0])
	}
	return nil
}
