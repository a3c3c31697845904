package measure_test

import (
	"errors"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/measure"
)

// unread are examples of which one fetch fails, in the process that left is of: when it has come down to 0.
type unread struct {
	modeltest.Bars
	left *int
}

func (u unread) Fetch([]int) error {
	if *u.left--; *u.left == 0 {
		return modeltest.ErrCut
	}
	return nil
}

// TestOneProcessFails: whichever fetch fails in one process of a group, a measure fails in all.
func TestOneProcessFails(t *testing.T) {
	e, good := modeltest.Engine(t, kernels.AVX512, 1), modeltest.Bars{N: 700, Width: 13}
	samples := modeltest.Images(good, 0, 9)
	for name, measured := range map[string]func(data model.Data, in measure.Option) error{
		"KMeans": func(data model.Data, in measure.Option) error {
			_, err := measure.KMeans(t.Context(), e, data, 5, 2, 1, nil, in)
			return err
		},
		"Parzen, validation": func(data model.Data, in measure.Option) error {
			_, err := measure.EstimateParzen(t.Context(), e, samples, data, good, nil, in)
			return err
		},
		"Parzen, test": func(data model.Data, in measure.Option) error {
			_, err := measure.EstimateParzen(t.Context(), e, samples, good, data, nil, in)
			return err
		},
	} {
		for at, came := 1, true; came; at++ {
			var errs [3]error
			grouptest.Together(t, len(errs), func(g grouptest.Member) error {
				left := 0
				if g.Rank() == 1 {
					left = at
				}
				errs[g.Rank()] = measured(unread{good, &left}, measure.In(g))
				if g.Rank() == 1 {
					came = left <= 0
				}
				return nil
			})
			for r, err := range errs {
				switch {
				case !came && err == nil, r == 1 && came && errors.Is(err, modeltest.ErrCut):
				case r != 1 && came && err != nil && err.Error() == "process 1 of the group: "+modeltest.ErrCut.Error():
				default:
					t.Errorf("%s, fetch %d, rank %d: error %v", name, at, r, err)
				}
			}
			if at > 100 || !came && at < 2 {
				t.Fatalf("%s: %d fetches", name, at)
			}
		}
	}
}

// TestNoRoomInGroups: what does not fit in the memory of one process is an error in all.
func TestNoRoomInGroups(t *testing.T) {
	e, many := modeltest.Engine(t, kernels.AVX512, 1), modeltest.Bars{N: 1 << 23, Width: 13}
	samples := modeltest.Images(many, 0, 9)
	modeltest.LittleMemory(t, "KMeans", func(g model.Group) error {
		_, err := measure.KMeans(t.Context(), e, many, 5, 2, 1, nil, measure.In(g))
		return err
	})
	modeltest.LittleMemory(t, "EstimateParzen", func(g model.Group) error {
		_, err := measure.EstimateParzen(t.Context(), e, samples, modeltest.Bars{N: 9, Width: 13}, many, nil, measure.In(g))
		return err
	})
}
