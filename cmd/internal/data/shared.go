package data

import (
	"sort"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model"
)

// Shared are images of which each process of a group holds a part: a copy, so
// that the others can leave its memory. It is a model.Fetcher.
type Shared struct {
	group   model.Group
	images  dataset.Images // of which only shape and number are used
	dim     int            // bytes of an image
	holders []int          // the process of rank r holds images holders[r] to holders[r+1]-1
	own     []uint8        // its pixels
	place   []int32        // of each image among those that were fetched
	fetched []uint8
	bounds  []int // in bytes of fetched, by rank
}

// Share divides images among the processes of a group. A process alone has all.
func Share(g model.Group, images dataset.Images) model.Data {
	if g == nil || g.Size() == 1 {
		return images
	}
	holders := make([]int, g.Size()+1)
	for r := range holders {
		holders[r] = images.Len() * r / g.Size()
	}
	var own []uint8
	for i := holders[g.Rank()]; i < holders[g.Rank()+1]; i++ {
		own = images.AppendRaw(own, i)
	}
	shape := images.Slice(0, 0)
	shape.Pixels = nil
	if images.Numbers != nil {
		shape.Numbers = []float32{}
	}
	return newShared(g, shape, holders, own)
}

// newShared are images of a shape of which the process of rank r holds holders[r] to
// holders[r+1]-1, this one those whose bytes are own.
func newShared(g model.Group, shape dataset.Images, holders []int, own []uint8) *Shared {
	return &Shared{group: g, images: shape, dim: shape.RawSize(), holders: holders, own: own, place: make([]int32, holders[g.Size()]), bounds: make([]int, g.Size()+1)}
}

// Len is the number of images that all processes hold.
func (s *Shared) Len() int { return len(s.place) }

// Dim is the number of numbers of one.
func (s *Shared) Dim() int { return s.images.Dim() }

// Fetch brings the examples together: first those of rank 0, in the order in
// which they were asked for.
func (s *Shared) Fetch(examples []int) error {
	clear(s.bounds)
	for _, i := range examples {
		s.bounds[s.holder(i)+1] += s.dim
	}
	for r := range s.group.Size() {
		s.bounds[r+1] += s.bounds[r]
	}
	if n := len(examples) * s.dim; n > len(s.fetched) {
		s.fetched = make([]uint8, n)
	}
	next := append([]int(nil), s.bounds...)
	for _, i := range examples {
		r := s.holder(i)
		s.place[i] = int32(next[r] / s.dim)
		if r == s.group.Rank() {
			copy(s.fetched[next[r]:], s.own[(i-s.holders[r])*s.dim:][:s.dim])
		}
		next[r] += s.dim
	}
	return s.group.Gather(s.fetched[:len(examples)*s.dim], s.bounds)
}

// holder is the rank of the process that holds image i.
func (s *Shared) holder(i int) int {
	return sort.SearchInts(s.holders, i+1) - 1
}

// Read puts the pixels of an image that was fetched into dst.
func (s *Shared) Read(i int, dst []float32) {
	s.images.Decode(dst, s.fetched[int(s.place[i])*s.dim:][:s.dim])
}
