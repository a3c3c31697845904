// Package best keeps the parameters of the epoch after which a network did best on
// examples that it does not learn from, and tells when training is to stop.
package best

import (
	"fmt"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// Map is a map of a network, by the name of its tensors in files.
type Map struct {
	Name    string
	Weights kernels.Packed
}

// Epoch is the best one of those that were judged. Before the first it is nil.
type Epoch struct {
	Epoch int     // done then
	Error float64 // on the examples
	Last  int     // epoch that was judged

	weights []kernels.Packed // of all maps then
}

// ValidatePatience says what is wrong with a number of epochs that are no better, after
// which training is to stop, if anything is. With 0 it does not stop.
func ValidatePatience(patience int) error {
	if patience < 0 {
		return fmt.Errorf("model: stop after %d epochs that are no better: want 0 or more", patience)
	}
	return nil
}

// Judge is the best epoch after another one has ended with an error, at this position.
func (b *Epoch) Judge(epoch, step int, loss float64, maps []Map) (*Epoch, error) {
	switch {
	case step != 0 || epoch == 0:
		return b, fmt.Errorf("model: the end of an epoch, after %d epochs and %d minibatches: want none", epoch, step)
	case loss-loss != 0:
		return b, fmt.Errorf("the validation: an error of %v: %w", loss, health.ErrDiverged)
	}
	if b == nil || loss < b.Error {
		b = &Epoch{Epoch: epoch, Error: loss}
		for _, m := range maps {
			w := m.Weights
			w.Data = slices.Clone(w.Data)
			b.weights = append(b.weights, w)
		}
	}
	b.Last = epoch
	return b, nil
}

// Stops tells whether so many epochs after it were no better.
func (b *Epoch) Stops(patience int) bool {
	return patience > 0 && b != nil && b.Last-b.Epoch >= patience
}

// Of is its number and its error; 0 if no epoch was judged.
func (b *Epoch) Of() (epoch int, loss float64) {
	if b == nil {
		return 0, 0
	}
	return b.Epoch, b.Error
}

// Take gives the maps its parameters.
func (b *Epoch) Take(maps []Map) {
	if b == nil {
		return
	}
	for i, w := range b.weights {
		copy(maps[i].Weights.Data, w.Data)
	}
}

// nameOf is the name of a map of the best epoch in a checkpoint.
func nameOf(m Map) string { return prefix + m.Name }

const prefix = "best."

// Store adds its parameters to a checkpoint.
func (b *Epoch) Store(stored *safetensors.File, maps []Map) {
	if b == nil {
		return
	}
	for i, w := range b.weights {
		tensors.AddMap(stored, nameOf(maps[i]), w)
	}
}

// Taken is a checkpoint with the parameters of the best epoch, if it has any, in place of the last.
func Taken(stored safetensors.File) safetensors.File {
	found := map[string]safetensors.Tensor{}
	for _, t := range stored.Tensors {
		if name, ok := strings.CutPrefix(t.Name, prefix); ok {
			t.Name = name
			found[name] = t
		}
	}
	if len(found) == 0 {
		return stored
	}
	stored.Tensors = slices.Clone(stored.Tensors)
	for i, t := range stored.Tensors {
		if b, ok := found[t.Name]; ok {
			stored.Tensors[i] = b
		}
	}
	return stored
}

// Reread gives the maps their parameters of a checkpoint, whatever was done to them since it was read.
func Reread(stored safetensors.File, maps []Map) error {
	for _, m := range maps {
		if err := tensors.ReadMap(stored, m.Name, m.Weights); err != nil {
			return err
		}
	}
	return nil
}

// Resume is a best epoch to continue with, with its parameters of a checkpoint in which so many epochs are done.
func (b *Epoch) Resume(stored safetensors.File, epochs int, maps []Map) (*Epoch, error) {
	if b == nil {
		return nil, nil
	}
	if b.Epoch < 1 || b.Epoch > b.Last || b.Last > epochs {
		return nil, fmt.Errorf("the best epoch is damaged: %d of %d judged, after %d", b.Epoch, b.Last, epochs)
	}
	resumed := &Epoch{Epoch: b.Epoch, Error: b.Error, Last: b.Last}
	for _, m := range maps {
		w, err := tensors.Map(stored, nameOf(m), m.Weights.Rows-1, m.Weights.Cols)
		if err != nil {
			return nil, err
		}
		resumed.weights = append(resumed.weights, w)
	}
	return resumed, nil
}
