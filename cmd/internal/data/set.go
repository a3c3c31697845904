package data

import (
	"context"

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
	shared *Shared
	digest string // of all
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

// Shape is that of an example, and what its numbers stand for.
func (s Set) Shape() Shape {
	if s.part != nil {
		return ShapeOf(dataset.Set{Train: s.part.shared.images})
	}
	return ShapeOf(s.Set)
}

// Map is the set after f, which may read the numbers of its examples otherwise.
func (s Set) Map(f func(dataset.Set) dataset.Set) Set {
	if s.part != nil {
		s.part.shared.images = f(dataset.Set{Train: s.part.shared.images}).Train
	}
	s.Set = f(s.Set)
	return s
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

// Check fails if the set reads well and yet is none to train on.
func (s Set) Check(ctx context.Context) error {
	if s.Doubt != nil {
		return WithFlag(s.Doubt)
	}
	if err := checkNames(s.Set); err != nil {
		return err
	}
	if err := checkColumns(s.Set); err != nil {
		return err
	}
	return checkUnits(ctx, s.Set)
}
