package measure

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/ranks"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// KMeans is the centres of k clusters of the examples, by Lloyd's algorithm from
// k different random examples. An empty cluster keeps its centre. It calls
// progress, if that is not nil, with the number of rounds done.
//
// Centres are a reference for [EstimateParzen]. They generate nothing, and yet
// score better than models do.
func KMeans(ctx context.Context, e *kernels.Engine, data model.Data, k, rounds int, seed uint64, progress func(done int), opts ...Option) (kernels.Matrix, error) {
	group, err := in(opts)
	if err != nil {
		return kernels.Matrix{}, err
	}
	err = ranks.All(group, nil, func() error {
		fixed, err := rows.Fix(data)
		if err != nil {
			return err
		}
		data = fixed
		return checkKMeans(data, k, rounds)
	})
	if err != nil {
		return kernels.Matrix{}, err
	}
	first := draw(data, k, seed)
	var centres kernels.Matrix
	err = ranks.All(group, nil, func() error {
		if err := rows.Fetch(data, first); err != nil { // the same in all processes of a group
			return err
		}
		centres = read(data, first)
		return nil
	})
	if err != nil {
		return kernels.Matrix{}, err
	}
	nearest := make([]int32, data.Len())
	gather := func(first int, bounds []int) error {
		return ranks.Gather(group, nearest[first:][:bounds[group.Size()]], bounds)
	}
	for round := range rounds {
		var near *distances
		err := ranks.All(group, nil, func() (err error) {
			near, err = newDistances(centres, data)
			return err
		})
		if err != nil {
			return kernels.Matrix{}, err
		}
		err = near.share(ctx, e, ranks.Work{Group: group, Gather: gather}, data, func(i int, square []float32) {
			best := 0
			for j, s := range square {
				if s < square[best] {
					best = j
				}
			}
			nearest[i] = int32(best)
		})
		if err != nil {
			return kernels.Matrix{}, err
		}
		if err := moveCentres(group, centres, data, nearest); err != nil {
			return kernels.Matrix{}, err
		}
		if progress != nil {
			progress(round + 1)
		}
	}
	// A centre is the mean of its examples.
	if err := ranks.All(group, nil, func() error { return finite("k-means centres, and so the examples,", centres) }); err != nil {
		return kernels.Matrix{}, err
	}
	return centres, nil
}

// checkKMeans says what is wrong with so many clusters, if anything is.
func checkKMeans(data model.Data, k, rounds int) error {
	if k < 1 || k > data.Len() || rounds < 0 || rounds > model.MaxRounds {
		return fmt.Errorf("model: %d clusters of %d examples in %d rounds: want at least 1, at most as many as examples, in 0 to %d rounds", k, data.Len(), rounds, model.MaxRounds)
	}
	held := 12*float64(data.Len()) + 3*memory.Rows(float64(k), data.Dim()) // the order that is drawn from, the nearest centres; centres, and their sums in float64
	return memory.Check(fmt.Sprintf("model: to hold %d clusters of %d examples", k, data.Len()), held)
}

// moveCentres sets each centre to the mean of the examples nearest to it. The processes of a group meet once, at the end.
func moveCentres(group ranks.Group, centres kernels.Matrix, data model.Data, nearest []int32) error {
	sums := make([]float64, centres.Rows*centres.Cols)
	counts := make([]int, centres.Rows)
	x := make([]float32, centres.Cols)
	done := 0
	fetch := func() (first int, err error) {
		first, done = done, min(done+atATime, len(nearest))
		return first, rows.FetchRange(data, first, done)
	}
	err := ranks.All(group, nil, func() error {
		defer func() { // one that fails fetches the rest, too: the others may have it from there
			for group.Size() > 1 && done < len(nearest) {
				_, _ = fetch()
			}
		}()
		for done < len(nearest) {
			first, err := fetch()
			if err != nil {
				return err
			}
			for i := first; i < done; i++ {
				c := int(nearest[i])
				data.Read(i, x)
				counts[c]++
				sum := sums[c*centres.Cols:][:centres.Cols]
				for j, v := range x {
					sum[j] += float64(v)
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for c, n := range counts {
		if n == 0 {
			continue
		}
		row := centres.Row(c)
		for j := range row {
			row[j] = float32(sums[c*centres.Cols+j] / float64(n))
		}
	}
	return nil
}
