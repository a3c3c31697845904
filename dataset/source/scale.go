package source

import (
	"context"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/dataset"
)

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
	if d := high - low; d-d != 0 && low-low == 0 && high-high == 0 {
		return fmt.Errorf("%s: training examples are from %v to %v: want a difference that float32 has", set.Name, low, high)
	} else if d-d != 0 {
		return fmt.Errorf("%s: some training examples are not finite numbers", set.Name)
	}
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
	set.Train.Scale, set.Valid.Scale, set.Test.Scale = s, s, s
	return nil
}
