package source

import (
	"context"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/dataset/reading"
)

// finite fails if examples that stay on disk have numbers that are not finite: of others their
// formats do.
func finite(ctx context.Context, set *dataset.Set) error {
	for p := reading.Train; p <= reading.Test; p++ {
		images := *reading.Of(set, p)
		if images.Stored == nil || !images.Floats() {
			continue
		}
		row, one := make([]float32, images.Dim()), make([]int, 1)
		for i := range images.Len() {
			if err := ctx.Err(); err != nil {
				return err
			}
			one[0] = i
			if err := images.Fetch(one); err != nil {
				return err
			}
			images.Read(i, row)
			for j, x := range row {
				if x-x != 0 {
					return fmt.Errorf("number %d of %s example %d is %v, counted from 0: want finite numbers", j, p.Name(), i, x)
				}
			}
		}
	}
	return nil
}

// rescale finds what numbers become 0 and 1, from the training examples. Bytes of
// pictures stay 0 to 255, if they use a quarter of that. Numbers that are no picture
// have a range each.
func rescale(ctx context.Context, set *dataset.Set) error {
	t := set.Train
	lo, hi, err := t.Extremes(ctx)
	if err != nil {
		return err
	}
	var s *dataset.Scale
	low, high := slices.Min(lo), slices.Max(hi)
	switch {
	case t.Flat && !(t.Floats() && low >= 0 && high <= 1) && !(!t.Floats() && high-low > 63):
		s = &dataset.Scale{Lo: lo, Hi: hi}
	case t.Floats() && low >= 0 && high <= 1 && high-low > 0.25, !t.Floats() && high-low > 63:
		return nil
	case t.Floats() && low >= 0 && high > 1 && high <= 255 && high > 63:
		s = &dataset.Scale{Lo: []float32{0}, Hi: []float32{255}}
	default:
		s = &dataset.Scale{Lo: []float32{low}, Hi: []float32{high}}
	}
	for j := range s.Lo {
		if d := s.Hi[j] - s.Lo[j]; d-d != 0 {
			return fmt.Errorf("%s: %s of the training examples are from %v to %v: want a difference that float32 has", set.Name, numbers(set, j, len(s.Lo)), s.Lo[j], s.Hi[j])
		}
	}
	set.Train.Scale, set.Valid.Scale, set.Test.Scale = s, s, s
	return nil
}

// numbers names those of range j of so many.
func numbers(set *dataset.Set, j, ranges int) string {
	switch {
	case ranges == 1 && set.Train.Dim() > 1:
		return "the numbers"
	case j < len(set.Columns):
		return fmt.Sprintf("the numbers of column %q", set.Columns[j])
	}
	return fmt.Sprintf("the numbers %d, counted from 0,", j)
}
