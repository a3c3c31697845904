package task

import (
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/labelled"
)

// Look is what there is to see of a network in training. It is read between two
// steps. One of the networks is not nil.
type Look struct {
	Images      *model.Network
	Labelled    *labelled.Network
	Feedforward *feedforward.Network

	Inference model.Inference // of training
	Seed      uint64
	// Probe are images that were not trained on, where there are any: the first ones
	// for the validation.
	Probe dataset.Images
}

// Visible is a trainer whose network can be looked at.
type Visible interface{ Look() Look }

// probe are the images to look at a network with.
func probe(set dataset.Set) dataset.Images {
	if set.Valid.Len() > 0 {
		return set.Valid
	}
	return set.Train
}
