package model

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// best is the epoch after which the reconstruction was best, of those that were judged.
type best struct {
	Epoch int     // done then
	Error float64 // of the reconstruction
	Last  int     // epoch that was judged

	weights []kernels.Packed // of all maps then
}

// stops tells whether so many epochs after it were no better.
func (b *best) stops(patience int) bool {
	return patience > 0 && b != nil && b.Last-b.Epoch >= patience
}

// bestName is the name of map i of the best epoch in a checkpoint.
func bestName(i int) string { return "best." + tensors.MapName(i) }

// store adds the parameters to a checkpoint.
func (b *best) store(stored *safetensors.File) {
	if b == nil {
		return
	}
	for i, w := range b.weights {
		tensors.AddMap(stored, bestName(i), w)
	}
}

// restore reads the parameters from a checkpoint, in which so many epochs are done.
func (b *best) restore(stored safetensors.File, epochs int, maps []learner) error {
	if b == nil {
		return nil
	}
	if b.Epoch < 1 || b.Epoch > b.Last || b.Last > epochs {
		return fmt.Errorf("the best epoch is damaged: %d of %d judged, after %d", b.Epoch, b.Last, epochs)
	}
	for i := range maps {
		w, err := tensors.Map(stored, bestName(i), maps[i].Inputs(), maps[i].Outputs())
		if err != nil {
			return err
		}
		b.weights = append(b.weights, w)
	}
	return nil
}
