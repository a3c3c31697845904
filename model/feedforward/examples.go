package feedforward

import (
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Examples are what a network learns from. Several goroutines may call the methods
// at once, each for an example of its own.
type Examples interface {
	// Len is the number of examples, Dim that of the inputs of each.
	Len() int
	Dim() int
	// Read writes the inputs of example i to x.
	Read(i int, x []float32)
	// Target writes the targets of example i and the weights of its outputs in the
	// loss: see [Top]. y are the outputs that the network gave in this step, so
	// that a target may depend on what the network did: an action that it drew
	// from y, and the reward of that action. weight is all 1 at first. A weight of
	// 0 leaves an output out.
	Target(i int, y, target, weight []float32)
}

// Labelled are examples of classes.
type Labelled struct {
	model.Data
	Labels []uint8
}

// NewLabelled checks that each example has a label and each label is a class.
func NewLabelled(data model.Data, labels []uint8, classes int) (Labelled, error) {
	l := Labelled{data, labels}
	if err := l.Check(); err != nil {
		return Labelled{}, err
	}
	for i, label := range labels {
		if int(label) >= classes {
			return Labelled{}, fmt.Errorf("feedforward: label %d of example %d: want 0 to %d", label, i, classes-1)
		}
	}
	return l, nil
}

// Fetch is that of the data, which may be a [model.Fetcher].
func (l Labelled) Fetch(examples []int) error { return rows.Fetch(l.Data, examples) }

// Check says what is wrong with the data and labels, whatever they are for, if anything is.
func (l Labelled) Check() error {
	if err := rows.Check(l.Data); err != nil {
		return err
	}
	if len(l.Labels) != l.Len() {
		return fmt.Errorf("feedforward: %d labels for %d examples: want one for each", len(l.Labels), l.Len())
	}
	return nil
}

// CheckExamples says what is wrong with the network, or with examples for it, if anything is. Of
// [Labelled] and [Pairs] it knows what targets they will have.
func (n *Network) CheckExamples(examples Examples) error {
	if err := n.Validate(); err != nil {
		return err
	}
	if err := rows.Check(examples); err != nil {
		return err
	}
	switch x := examples.(type) {
	case Labelled:
		if _, err := NewLabelled(x.Data, x.Labels, n.Config.Outputs()); err != nil {
			return err
		}
	case Pairs:
		if x.Y.Cols != n.Config.Outputs() {
			return fmt.Errorf("feedforward: targets of %d x %d for %d examples and %d outputs", x.Y.Rows, x.Y.Cols, x.X.Rows, n.Config.Outputs())
		}
	}
	return n.CheckInputs(examples.Dim())
}

// Target is 1 for the example's class and 0 for the others.
func (l Labelled) Target(i int, _, target, _ []float32) {
	if uint(i) >= uint(len(l.Labels)) || int(l.Labels[i]) >= len(target) {
		panic(fmt.Sprintf("feedforward: the target of %d outputs for example %d of %d labels: NewLabelled checks them", len(target), i, len(l.Labels)))
	}
	clear(target)
	target[l.Labels[i]] = 1
}

// Pairs are examples of a function: row i of X and what it should become, row i
// of Y.
type Pairs struct{ X, Y kernels.Matrix }

// Check says what is wrong with the matrices, whatever they are for, if anything is.
func (p Pairs) Check() error {
	for _, m := range []kernels.Matrix{p.X, p.Y} {
		if err := rows.CheckMatrix(m); err != nil {
			return err
		}
	}
	if p.Y.Rows != p.X.Rows {
		return fmt.Errorf("feedforward: targets of %d x %d for %d examples", p.Y.Rows, p.Y.Cols, p.X.Rows)
	}
	return nil
}

// Len is the number of examples.
func (p Pairs) Len() int { return p.X.Rows }

// Dim is the number of inputs.
func (p Pairs) Dim() int { return p.X.Cols }

// Read copies row i of X.
func (p Pairs) Read(i int, x []float32) { copy(x, p.X.Row(i)) }

// Target copies row i of Y.
func (p Pairs) Target(i int, _, target, _ []float32) { copy(target, p.Y.Row(i)) }
