package evaluate

import (
	"context"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/measure"
)

// The methods of sampling from a network.
const (
	Generate = "generate"
	Directed = "directed"
)

// The references, which no network draws.
const (
	TrainingImages = "training-images"
	KMeansCentres  = "kmeans-centres"
)

// PriorScales are the factors on the prior's standard deviation: of the authors'
// code and of the paper.
var PriorScales = []float32{4, 2}

// Sampling are the settings of a method at a scale of the prior.
func Sampling(method string, scale float32, seed uint64) model.Sampling {
	s := model.DefaultSampling()
	if method == Directed {
		s = model.DirectedSampling()
	}
	s.Seed, s.PriorScale = seed, scale
	return s
}

// KMeansRounds of Lloyd's algorithm: the score hardly changes after a few.
const KMeansRounds = 5

// Reference draws n samples of a reference from the training images: fewer
// centres if there would be less than five images for each. progress may be nil;
// of k-means it counts rounds.
func Reference(ctx context.Context, e *kernels.Engine, name string, train dataset.Images, n int, seed uint64, progress func(done int), opts ...measure.Option) (kernels.Matrix, error) {
	images := train
	if name == TrainingImages {
		return measure.Sample(images, n, seed), nil
	}
	centres := max(1, min(n, train.Len()/5))
	return measure.KMeans(ctx, e, images, centres, KMeansRounds, seed, progress, opts...)
}
