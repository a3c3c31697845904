package measure

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
	"github.com/targetprop/targetprop/model/internal/linalg"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Agreement compares, for a layer l, targetprop's estimate of the gradient
// d log p(h[l-1]|h[l]) / dh[l] (Equation 12 with sigma_h = 1),
//
//	f_l(h[l-1]) - f_l(g_l(h[l])),
//
// with the exact one, ((h[l-1] - g_l(h[l])) * g_l') V^T, example by example.
type Agreement struct {
	Layer int
	// Examples is how many of the examples count: those for which neither
	// gradient is zero.
	Examples int
	// Cosine is the mean cosine of the angle between the two, 1 if they point
	// the same way. CosineErr is its standard error. Without examples Cosine
	// is NaN, without two of them CosineErr.
	Cosine, CosineErr float64
	// Ratio is the mean of the estimate's norm divided by the exact gradient's.
	// RatioErr is its standard error. The paper leaves sigma_h open. Another
	// sigma_h divides every ratio by sigma_h^2.
	Ratio, RatioErr float64
}

// TargetpropAgreement compares targetprop with the exact gradient, for the
// layers from 1 to M in this order. It compares at the states that INFERENCE
// finds for each example of data. Without iterations these are the encoder's
// means. TargetpropAgreement calls progress, if that is not nil, with the number
// of examples done.
func TargetpropAgreement(ctx context.Context, e *kernels.Engine, n *model.Network, data model.Data, settings model.Inference, progress func(done int)) ([]Agreement, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	if err := n.CheckData(data); err != nil {
		return nil, err
	}
	data, err := rows.Fix(data)
	if err != nil {
		return nil, err
	}
	held := 16 * float64(len(n.Decoders)+2) * float64(data.Len()) // of each layer, and what is averaged
	if err := memory.Check(fmt.Sprintf("model: to hold the angles of %d examples", data.Len()), held); err != nil {
		return nil, err
	}
	layers, serial := newComparisons(transpose(n), data.Len()), e.Serial()
	err = rows.Chunks(ctx, data.Len(), rows.Inferred, progress, func(first, end int) error {
		s := n.NewStates(end - first)
		if err := rows.Load(s.H[0], data, first); err != nil {
			return err
		}
		e.Split(end-first, func(lo, hi int) {
			share := s.Slice(lo, hi)
			if n.InferContext(ctx, serial, share, settings) == nil {
				layers.compare(serial, n, share, first+lo)
			}
		})
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	return layers.agreements(), nil
}

// StatesAgreement is [TargetpropAgreement] at each of the given states, of which it
// reads H. It brings their Target and Prediction up to date. Examples with states that are not
// finite do not count.
func StatesAgreement(e *kernels.Engine, n *model.Network, states ...*model.States) [][]Agreement {
	if err := n.Validate(); err != nil {
		panic(err.Error())
	}
	transposed, serial := transpose(n), e.Serial()
	var all [][]Agreement
	for _, s := range states {
		if err := n.CheckStates(s); err != nil {
			panic(err.Error())
		}
		c := newComparisons(transposed, s.H[0].Rows)
		e.Split(s.H[0].Rows, func(lo, hi int) { c.compare(serial, n, s.Slice(lo, hi), lo) })
		all = append(all, c.agreements())
	}
	return all
}

// comparisons are those of all layers, from 1 up, and the transposed weights of
// the decoders.
type comparisons struct {
	layers     []comparison
	transposed []kernels.Packed
}

// transpose is the weights of all decoders, transposed.
func transpose(n *model.Network) []kernels.Packed {
	var all []kernels.Packed
	for _, g := range n.Decoders {
		all = append(all, density.Transpose(g))
	}
	return all
}

// newComparisons makes room for so many examples.
func newComparisons(transposed []kernels.Packed, examples int) comparisons {
	c := comparisons{transposed: transposed}
	for range transposed {
		c.layers = append(c.layers, comparison{make([]float64, examples), make([]float64, examples)})
	}
	return c
}

// compare compares at the states of a few examples, of which first is the first.
func (c comparisons) compare(e *kernels.Engine, n *model.Network, s *model.States, first int) {
	n.Predict(e, s)
	for l := 1; l < len(s.H); l++ {
		h := s.H[l]
		exact, estimate := kernels.NewMatrix(h.Rows, h.Cols), kernels.NewMatrix(h.Rows, h.Cols)
		density.NewAcross(n.Decoders[l-1], c.transposed[l-1], h.Rows).Gradient(e, exact, h, s.H[l-1])
		density.TargetpropDown(e, n, estimate, s, l)
		c.layers[l-1].compare(estimate, exact, first)
	}
}

func (c comparisons) agreements() []Agreement {
	var all []Agreement
	for i, layer := range c.layers {
		all = append(all, layer.agreement(i+1))
	}
	return all
}

// comparison is the cosine and the ratio of the norms for each example. The
// cosine is NaN where one of the gradients is zero.
type comparison struct{ cosine, ratio []float64 }

// compare notes the comparison of each row. Row 0 is example first.
func (c comparison) compare(estimate, exact kernels.Matrix, first int) {
	for i := range exact.Rows {
		a, b := estimate.Row(i), exact.Row(i)
		aa, bb := math.Sqrt(linalg.Dot(a, a)), math.Sqrt(linalg.Dot(b, b))
		c.cosine[first+i] = linalg.Dot(a, b) / (aa * bb)
		c.ratio[first+i] = aa / bb
	}
}

// agreement is the mean over the examples that count.
func (c comparison) agreement(layer int) Agreement {
	var cosine, ratio []float64
	for i, v := range c.cosine {
		if !math.IsNaN(v) {
			cosine, ratio = append(cosine, v), append(ratio, c.ratio[i])
		}
	}
	a := Agreement{Layer: layer, Examples: len(cosine)}
	a.Cosine, a.CosineErr = stat.MeanError(cosine)
	a.Ratio, a.RatioErr = stat.MeanError(ratio)
	return a
}
