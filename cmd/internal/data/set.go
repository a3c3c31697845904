package data

import (
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model"
)

// Set is a set of images. A process of a group may have a part of the training
// images instead of all that is in it: see LoadPart.
type Set struct {
	dataset.Set
	part *part // or nil
}

// part are the training images of which a process holds some.
type part struct {
	shared        *Shared
	height, width int
	digest        string // of all
}

// Whole is a set with all of its images.
func Whole(set dataset.Set) Set { return Set{Set: set} }

// TrainLen is the number of training images, of all processes.
func (s Set) TrainLen() int {
	if s.part != nil {
		return s.part.shared.Len()
	}
	return s.Train.Len()
}

// Size is that of an image.
func (s Set) Size() (height, width int) {
	if s.part != nil {
		return s.part.height, s.part.width
	}
	return s.Train.Height, s.Train.Width
}

// Digest is that of the training images, of all processes.
func (s Set) Digest() string {
	if s.part != nil {
		return s.part.digest
	}
	return Digest(s.Train)
}

// Training are the training images as the processes of a group learn from them.
func (s Set) Training(g model.Group) model.Data {
	if s.part != nil {
		return s.part.shared
	}
	return Share(g, s.Train)
}
