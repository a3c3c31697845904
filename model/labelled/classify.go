package labelled

import (
	"cmp"
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// ClassifyInference is the setting of INFERENCE to classify with: none. The
// states are the encoder's means, on which g_y learned. With y missing, iterations
// move them by x alone: 5 of Delta = 0.1 and Alpha = 0.3 raise the error on
// MNIST's validation images from 2.2 to 2.3 %.
func ClassifyInference() Inference { return Inference{} }

// Classify is p(y|h[M]) for all images, data.Len() x Classes, with y missing in
// INFERENCE. The largest number of a row is how likely its answer is. Classify
// calls progress, if that is not nil, with the number of images done.
func (n *Network) Classify(ctx context.Context, e *kernels.Engine, data model.Data, settings Inference, progress func(done int)) (kernels.Matrix, error) {
	if err := n.Validate(); err != nil {
		return kernels.Matrix{}, err
	}
	if err := n.Images.CheckData(data); err != nil {
		return kernels.Matrix{}, err
	}
	if err := settings.Validate(); err != nil {
		return kernels.Matrix{}, err
	}
	data, err := rows.Fix(data)
	if err != nil {
		return kernels.Matrix{}, err
	}
	if err := memory.Check(fmt.Sprintf("labelled: to hold the probabilities of %d examples", data.Len()), memory.Rows(float64(data.Len()), n.Config.Classes)); err != nil {
		return kernels.Matrix{}, err
	}
	probabilities := kernels.NewMatrix(data.Len(), n.Config.Classes)
	err = rows.Chunks(ctx, data.Len(), rows.Inferred, progress, func(lo, hi int) error {
		s := n.newStates(hi - lo)
		if err := rows.Load(s.H[0], data, lo); err != nil {
			return err
		}
		s.Decoded = probabilities.Slice(lo, hi)
		return cmp.Or(n.infer(ctx, e, s, settings, nil), health.Computed("the probabilities of example", lo, s.Decoded))
	})
	if err != nil {
		return kernels.Matrix{}, err
	}
	return probabilities, nil
}

// Encode sets h[1] to h[M] to the states that INFERENCE leaves for the examples in h[0],
// with y missing, and probabilities to p(y|h[M]). These are finite if the examples are.
func (n *Network) Encode(e *kernels.Engine, h []kernels.Matrix, probabilities kernels.Matrix, settings Inference) {
	if err := cmp.Or(n.Validate(), settings.Validate()); err != nil {
		panic(err.Error())
	}
	if len(h) != len(n.Config.Sizes) || h[0].Rows != probabilities.Rows {
		panic(fmt.Sprintf("labelled: states of %d layers and probabilities of %d examples for a network of %d layers: want as many of each", len(h), probabilities.Rows, len(n.Config.Sizes)))
	}
	s := n.newStates(h[0].Rows)
	s.H, s.Decoded = h, probabilities
	_ = n.infer(context.Background(), e, s, settings, nil) // which does not end
}

// Answer is the likeliest class of a row of probabilities, the first if there are
// several, and how likely it is. There is one at least, and none that is NaN.
func Answer(probabilities []float32) (class int, probability float32) {
	if len(probabilities) == 0 {
		panic("labelled: the answer of no probabilities")
	}
	for j, p := range probabilities {
		if math.IsNaN(float64(p)) {
			panic(fmt.Sprintf("labelled: the answer of probabilities of which number %d is NaN", j))
		}
		if p > probabilities[class] {
			class = j
		}
	}
	return class, probabilities[class]
}
