package measure

import (
	"context"
	"math"

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
	var transposed []kernels.Packed
	for _, g := range n.Decoders {
		transposed = append(transposed, density.Transpose(g))
	}
	layers := make([]comparison, n.Config.Latents())
	for i := range layers {
		layers[i].cosine, layers[i].ratio = make([]float64, data.Len()), make([]float64, data.Len())
	}
	serial := e.Serial()
	err := rows.Chunks(ctx, data.Len(), rows.Inferred, progress, func(first, end int) error {
		s := n.NewStates(end - first)
		e.Split(end-first, func(lo, hi int) {
			share := s.Slice(lo, hi)
			rows.Read(share.H[0], data, first+lo)
			n.Infer(serial, share, settings)
			n.Predict(serial, share)
			for l := 1; l < len(share.H); l++ {
				g := density.NewAcross(n.Decoders[l-1], transposed[l-1], hi-lo)
				exact, estimate := kernels.NewMatrix(hi-lo, share.H[l].Cols), kernels.NewMatrix(hi-lo, share.H[l].Cols)
				g.Gradient(serial, exact, share.H[l], share.H[l-1])
				density.TargetpropDown(serial, n, estimate, share, l)
				layers[l-1].compare(estimate, exact, first+lo)
			}
		})
		return nil
	})
	if err != nil {
		return nil, err
	}
	var all []Agreement
	for i, c := range layers {
		all = append(all, c.agreement(i+1))
	}
	return all, nil
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
