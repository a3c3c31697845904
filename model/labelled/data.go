package labelled

import (
	"fmt"

	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Missing is the label of an example whose class is not known.
const Missing = -1

// Data is a set of examples with labels.
type Data interface {
	model.Data
	// Label is the class of example i, or Missing. Several goroutines may call
	// it at once.
	Label(i int) int
}

// Examples are images with labels in a list of their own, as package dataset has
// them.
type Examples struct {
	model.Data
	Labels []uint8
}

// Label is the class of example i.
func (e Examples) Label(i int) int {
	if uint(i) >= uint(len(e.Labels)) {
		panic(fmt.Sprintf("labelled: label %d of %d", i, len(e.Labels)))
	}
	return int(e.Labels[i])
}

// Fetch is that of the images, which may be a [model.Fetcher].
func (e Examples) Fetch(examples []int) error { return rows.Fetch(e.Data, examples) }

// Check says what is wrong with the images and labels, whatever they are for, if anything is.
func (e Examples) Check() error {
	if err := rows.Check(e.Data); err != nil {
		return err
	}
	if len(e.Labels) != e.Len() {
		return fmt.Errorf("labelled: %d labels for %d examples: want one for each", len(e.Labels), e.Len())
	}
	return nil
}

// fixed are examples of which there are as many until the end.
type fixed struct {
	rows.Fixed
	labels Data
}

// Label is the class of example i, or Missing.
func (f fixed) Label(i int) int { return f.labels.Label(i) }

// checkData fixes examples for the network, or says what is wrong with them.
func (n *Network) checkData(data Data) (fixed, error) {
	if err := n.Validate(); err != nil {
		return fixed{}, err
	}
	if err := n.Images.CheckData(data); err != nil {
		return fixed{}, err
	}
	images, err := rows.Fix(data)
	if err != nil {
		return fixed{}, err
	}
	for i := range images.Len() {
		if _, err := n.labelOf(data, i); err != nil {
			return fixed{}, err
		}
	}
	return fixed{images, data}, nil
}

// labelOf is the label of an example, or says what is wrong with it: data may have another than when it was looked through.
func (n *Network) labelOf(data Data, example int) (int, error) {
	label := data.Label(example)
	if err := n.checkLabel(label); err != nil {
		return 0, fmt.Errorf("labelled: example %d: %w", example, err)
	}
	return label, nil
}

// fetch has examples at hand, and appends their labels to others.
func (n *Network) fetch(others []int, data Data, examples []int) ([]int, error) {
	if err := rows.Fetch(data, examples); err != nil {
		return nil, err
	}
	for _, example := range examples {
		label, err := n.labelOf(data, example)
		if err != nil {
			return nil, err
		}
		others = append(others, label)
	}
	return others, nil
}

// checkLabel says what is wrong with a label that may be missing, if anything
// is.
func (n *Network) checkLabel(label int) error {
	if label != Missing && (label < 0 || label >= n.Config.Classes) {
		return fmt.Errorf("label %d: want 0 to %d, or %d where it is missing", label, n.Config.Classes-1, Missing)
	}
	return nil
}
