package measure

import (
	"cmp"
	"context"
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Curve is a quantity over the iterations of INFERENCE: element k is its value
// after k iterations, element 0 at the encoder's means.
type Curve struct {
	Name         string
	Mean, StdErr []float64   // over all examples
	Single       [][]float64 // of the examples asked for
}

// Tracing are the settings of [Trace].
type Tracing struct {
	Inference model.Inference
	// Prior takes the term log p(h[M]) in.
	Prior bool
	// Single are the numbers of the examples whose own curves are wanted.
	Single []int
}

// DefaultTracing is 20 iterations, as in Figure 4, with the alpha of training.
func DefaultTracing() Tracing {
	t := Tracing{Inference: model.TrainInference()}
	t.Inference.Iterations = 20
	return t
}

// Trace follows log p(x, h) over the iterations of INFERENCE on all examples of
// data (Figure 4). The first curve is the total. The following are its terms:
// log p(x|h1), log p(h1|h2) and so on, and log p(h[M]) if it is taken in. They
// are in nats, for Gaussians of unit variance, without the constant -log(2 pi)/2
// of each unit. Trace calls progress, if that is not nil, with the number of
// examples done.
func Trace(ctx context.Context, e *kernels.Engine, n *model.Network, data model.Data, settings Tracing, progress func(done int)) ([]Curve, error) {
	if err := settings.Inference.Validate(); err != nil {
		return nil, err
	}
	if err := n.CheckData(data); err != nil {
		return nil, err
	}
	data, err := rows.Fix(data)
	if err != nil {
		return nil, err
	}
	if data.Len() < 2 {
		return nil, fmt.Errorf("model: trace of %d examples: want at least 2", data.Len())
	}
	for _, i := range settings.Single {
		if i < 0 || i >= data.Len() {
			return nil, fmt.Errorf("model: trace of example %d of %d", i, data.Len())
		}
	}
	prior, err := density.NewPrior(e, n, settings.Prior)
	if err != nil {
		return nil, err
	}
	kept := 8 * float64(n.Config.Latents()+2) * float64(settings.Inference.Iterations+1) * float64(data.Len())
	if err := memory.Check(fmt.Sprintf("model: a trace of %d examples through %d iterations", data.Len(), settings.Inference.Iterations), kept); err != nil {
		return nil, err
	}
	r := newRecord(n, prior, settings.Inference.Iterations, data.Len())
	serial := e.Serial()
	err = rows.Chunks(ctx, data.Len(), rows.Inferred, progress, func(first, end int) error {
		s := n.NewStates(end - first)
		if err := rows.Load(s.H[0], data, first); err != nil {
			return err
		}
		e.Split(end-first, func(lo, hi int) {
			share := s.Slice(lo, hi)
			n.Start(serial, share)
			r.note(serial, share, 0, first+lo)
			for k := range settings.Inference.Iterations {
				if ctx.Err() != nil {
					return
				}
				n.Sweep(serial, share, settings.Inference)
				r.note(serial, share, k+1, first+lo)
			}
		})
		return cmp.Or(ctx.Err(), r.check(first, end))
	})
	if err != nil {
		return nil, err
	}
	return r.curves(settings.Single), nil
}

// record holds log p(x, h), value 0, and its terms, values 1 and following, for
// each iteration and example.
type record struct {
	network *model.Network
	prior   *density.Prior
	values  [][][]float64 // value, iteration, example
}

func newRecord(n *model.Network, prior *density.Prior, iterations, examples int) *record {
	values := 1 + n.Config.Latents()
	if prior != nil {
		values++
	}
	r := &record{network: n, prior: prior}
	for range values {
		curve := make([][]float64, iterations+1)
		for k := range curve {
			curve[k] = make([]float64, examples)
		}
		r.values = append(r.values, curve)
	}
	return r
}

// note keeps the values of s, the examples from first on, after iteration k.
// INFERENCE keeps all predictions up to date but that of x, which note makes.
func (r *record) note(e *kernels.Engine, s *model.States, k, first int) {
	r.network.Decode(e, s.Prediction[1], 1, s.H[1])
	top := r.network.Config.Latents()
	for i := range s.H[0].Rows {
		total := 0.0
		for l := range top {
			v := density.Conditional(s.H[l].Row(i), s.Prediction[l+1].Row(i))
			r.values[1+l][k][first+i] = v
			total += v
		}
		if r.prior != nil {
			v := r.prior.LogDensity(s.H[top].Row(i))
			r.values[1+top][k][first+i] = v
			total += v
		}
		r.values[0][k][first+i] = total
	}
}

// check fails if log p(x, h) of an example from first to before end is not finite after all iterations.
func (r *record) check(first, end int) error {
	last := len(r.values[0]) - 1
	for i, v := range r.values[0][last][first:end] {
		if v-v != 0 {
			return &health.NotFiniteError{What: fmt.Sprintf("log p of example %d after %d iterations", first+i, last)}
		}
	}
	return nil
}

func (r *record) curves(single []int) []Curve {
	var all []Curve
	for value, curve := range r.values {
		c := Curve{Name: r.name(value), Single: make([][]float64, len(single))}
		for _, examples := range curve {
			mean, stdErr := stat.MeanError(examples)
			c.Mean, c.StdErr = append(c.Mean, mean), append(c.StdErr, stdErr)
			for j, i := range single {
				c.Single[j] = append(c.Single[j], examples[i])
			}
		}
		all = append(all, c)
	}
	return all
}

// name is what a value is of.
func (r *record) name(value int) string {
	switch top := r.network.Config.Latents(); {
	case value == 0:
		return "log p(x,h)"
	case value == 1:
		return "log p(x|h1)"
	case value <= top:
		return fmt.Sprintf("log p(h%d|h%d)", value-1, value)
	default:
		return fmt.Sprintf("log p(h%d)", top)
	}
}
