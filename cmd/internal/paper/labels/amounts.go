package labels

import (
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model/feedforward"
)

// amounts are how much is trained.
type amounts struct {
	Hidden   []int // layers of classifiers
	Latent   []int // layers of the generative model
	Epochs   int   // of everything; 0 for those of the packages' defaults
	Episodes int   // of cart-pole
}

// amountsFor are those of the packages' defaults on a set as large as MNIST. Smaller
// sets have smaller networks: the built-in digits train in minutes.
func amountsFor(train dataset.Images) amounts {
	switch n := train.Len(); {
	case n > 20_000:
		return amounts{Hidden: []int{1000, 1000}, Latent: []int{1000, 300}, Episodes: 500}
	case n > 1_000:
		return amounts{Hidden: []int{300, 300}, Latent: []int{500, 100}, Epochs: 10, Episodes: 500}
	}
	return amounts{Hidden: []int{20, 20}, Latent: []int{20, 10}, Epochs: 2, Episodes: 10}
}

// epochs are the amounts', or the default.
func (a amounts) epochs(standard int) int {
	if a.Epochs > 0 {
		return a.Epochs
	}
	return standard
}

// imageWork is the work of training on an image, in images that go through
// INFERENCE.
const imageWork = 0.1

func work(images, epochs int) int { return max(1, int(imageWork*float64(images*epochs))) }

// newNetwork makes a feed-forward network for the set.
func newNetwork(c *experiment.Context, a amounts, top feedforward.Top, classes int, seed uint64) (*feedforward.Network, error) {
	sizes := slices.Concat([]int{c.Set.Train.Dim()}, a.Hidden, []int{classes})
	return feedforward.New(feedforward.DefaultConfig(top, sizes...), seed, c.Engine)
}

// share is a share of images, with its standard error.
type share struct {
	Share  float64 `json:"share"`
	StdErr float64 `json:"standard_error"`
	Images int     `json:"images"`
}
