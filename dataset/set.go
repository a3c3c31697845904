package dataset

import (
	"context"
	"errors"
	"fmt"
	"math"
)

// Set is a data set split in three: Train to learn from, Valid to choose
// settings by, Test to be looked at once, for the report.
type Set struct {
	Name               string
	Train, Valid, Test Images

	Format  string   // what was read, in words
	Classes []string // names of the labels, from 0 up; nil if they have none
	Columns []string // names of the numbers of an example that is no picture; nil if they have none
	// PassedOver says in words which files were not read though they look like examples, or "".
	PassedOver string
	Doubt      error // why labels that nobody named may be none, or nil; they are there all the same
}

// Check says what is wrong with the parts of a set, if anything is: see [Images.Check].
func (s *Set) Check() error {
	if s == nil {
		return errors.New("dataset: the set is nil")
	}
	for _, part := range []struct {
		name   string
		images Images
	}{{"training", s.Train}, {"validation", s.Valid}, {"test", s.Test}} {
		if err := part.images.Check(); err != nil {
			return fmt.Errorf("the %s examples: %w", part.name, err)
		}
	}
	return nil
}

// Extremes are the smallest and the largest value of each number, as they are stored. It
// reads all examples, and fails when ctx ends or they can not be read.
func (s Images) Extremes(ctx context.Context) (lo, hi []float32, err error) {
	s.Scale = nil
	if err := s.Check(); err != nil {
		return nil, nil, err
	}
	lo, hi = make([]float32, s.Dim()), make([]float32, s.Dim())
	for j := range lo {
		lo[j], hi[j] = float32(math.Inf(1)), float32(math.Inf(-1))
	}
	return lo, hi, s.visit(ctx, func(row []float32) {
		for j, x := range row {
			lo[j], hi[j] = min(lo[j], x), max(hi[j], x)
		}
	})
}

// Beyond is in how many examples each number is lower or higher than what the scale makes 0 and 1.
// It reads all examples, as Extremes does.
func (s Images) Beyond(ctx context.Context, scale Scale) ([]int, error) {
	s.Scale = &scale
	if err := s.Check(); err != nil {
		return nil, err
	}
	n := make([]int, s.Dim())
	return n, s.visit(ctx, func(row []float32) {
		for j, x := range row {
			if lo, hi := scale.of(j); x < lo || x > hi {
				n[j]++
			}
		}
	})
}

// visit calls do with the numbers of each example, as they are stored.
func (s Images) visit(ctx context.Context, do func(row []float32)) error {
	s.Scale = &Scale{Lo: []float32{0}, Hi: []float32{1}, open: true}
	row := make([]float32, s.Dim())
	one := make([]int, 1)
	for i := range s.Len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		one[0] = i
		if err := s.Fetch(one); err != nil {
			return err
		}
		s.Read(i, row)
		do(row)
	}
	return nil
}
