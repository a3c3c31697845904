package data

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/dataset"
)

// checkUnits fails if the validation or the test examples have numbers that can not mean what they
// mean in the training examples: what a model learns from those is nothing to these. Of few examples
// nothing follows: in a small table that is divided at random some are beyond all others.
func checkUnits(ctx context.Context, set dataset.Set) error {
	if !set.Train.Floats() || set.Train.Len() < fewRows {
		return nil // bytes go no further
	}
	from := set.Train.Scale
	switch {
	case from == nil && set.Train.Flat:
		lo, hi, err := set.Train.Extremes(ctx)
		if err != nil {
			return err
		}
		from = &dataset.Scale{Lo: lo, Hi: hi}
	case from == nil:
		from = bounds(0, 1)
	}
	c := comparison{names: set.Columns, from: *from}
	for _, part := range []struct {
		name   string
		images dataset.Images
	}{{"validation", set.Valid}, {"test", set.Test}} {
		if part.images.Len() < fewRows {
			continue
		}
		if !set.Train.Flat {
			if err := checkPictures(ctx, part.name, part.images, *from); err != nil {
				return err
			}
		} else if err := c.add(ctx, part.images); err != nil {
			return err
		}
	}
	err := c.otherUnits()
	if err == nil {
		err = c.allSmaller(muchSmaller)
	}
	if err != nil {
		return fmt.Errorf("validation or test examples are not what the training examples are: %w", err)
	}
	return nil
}

// Uncut says how many validation and test numbers lie beyond 0 to 1 where the training examples lie within and
// nothing is cut: what is learned and measured goes by them as they are. It is "" if there are none.
func Uncut(ctx context.Context, set dataset.Set) (string, error) {
	if !set.Train.Floats() || set.Train.Scale != nil {
		return "", nil
	}
	var beyond []string
	for _, part := range []struct {
		name   string
		images dataset.Images
	}{{"validation", set.Valid}, {"test", set.Test}} {
		counts, err := part.images.Beyond(ctx, *bounds(0, 1))
		if err != nil {
			return "", err
		}
		if n := sum(counts); n > 0 {
			beyond = append(beyond, fmt.Sprintf("%d of the %d numbers of %s examples", n, part.images.Len()*part.images.Dim(), part.name))
		}
	}
	if beyond == nil {
		return "", nil
	}
	return strings.Join(beyond, " and ") + " lie beyond 0 to 1, where all training examples lie: they are read as they are, and not cut", nil
}

// checkPictures is checkUnits of pictures, whose numbers have one range.
func checkPictures(ctx context.Context, name string, images dataset.Images, from dataset.Scale) error {
	lo, hi, err := images.Extremes(ctx)
	if err != nil {
		return err
	}
	low, high := slices.Min(lo), slices.Max(hi)
	was, is := float64(from.Hi[0])-float64(from.Lo[0]), float64(high)-float64(low)
	other := is > 0 && is*muchSmaller <= was
	if max(float64(high), float64(from.Hi[0]))-min(float64(low), float64(from.Lo[0])) > farther*was {
		if other, err = mostBeyond(ctx, images, from); err != nil {
			return err
		}
	}
	if !other {
		return nil
	}
	return fmt.Errorf("%s images are from %g to %g, where training images are from %g to %g: want numbers that mean the same", name, low, high, from.Lo[0], from.Hi[0])
}

// mostBeyond tells whether most of the numbers that are not 0 are beyond the range, as numbers from
// 0 to 255 are beyond 0 to 1: a single one says nothing of the others, and pictures may be of zeros.
func mostBeyond(ctx context.Context, images dataset.Images, from dataset.Scale) (bool, error) {
	beyond, err := images.Beyond(ctx, from)
	if err != nil {
		return false, err
	}
	set, err := images.Beyond(ctx, *bounds(0, 0))
	return 2*sum(beyond) > sum(set), err
}

func sum(counts []int) (total int) {
	for _, n := range counts {
		total += n
	}
	return total
}
