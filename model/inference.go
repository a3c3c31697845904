package model

import (
	"cmp"
	"context"
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/ranks"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Inference are the settings of INFERENCE in Algorithm 2.
type Inference struct {
	Iterations int     // N
	Delta      float32 // step towards the targetprop target
	Alpha      float32 // step towards the prediction from above
}

// TrainInference is the setting of Algorithm 2 in training.
func TrainInference() Inference { return Inference{Iterations: 15, Delta: 0.1, Alpha: 0.001} }

// GenerateInference is the setting of Algorithm 2 in GENERATE.
func GenerateInference() Inference { return Inference{Iterations: 15, Delta: 0.1, Alpha: 0.3} }

// MaxIterations is the most iterations of INFERENCE. A mistyped number is told from one
// that would go on for days.
const MaxIterations = 1 << 16

// MaxRounds is the most rounds of GENERATE and of filling in, for the same reason.
const MaxRounds = 1 << 20

// Validate says what is wrong with the settings, if anything is.
func (i Inference) Validate() error {
	switch {
	case i.Iterations < 0 || i.Iterations > MaxIterations:
		return fmt.Errorf("model: %d iterations of inference: want 0 to %d", i.Iterations, MaxIterations)
	case !(i.Delta >= 0 && i.Delta <= 1):
		return fmt.Errorf("model: delta %v: want 0 to 1", i.Delta)
	case !(i.Alpha >= 0 && i.Alpha <= 1):
		return fmt.Errorf("model: alpha %v: want 0 to 1", i.Alpha)
	}
	return nil
}

// Infer is INFERENCE of Algorithm 2, for any depth. Given x in s.H[0], of finite numbers,
// it starts the hidden states at the encoder's means, as [Network.Start] does. Then it
// moves them towards the posterior by targetprop, Iterations times, as
// [Network.Sweep] does. The threads share the examples out, and one that has
// none left takes over some of another's. It panics if states or settings cannot be.
func (n *Network) Infer(e *kernels.Engine, s *States, settings Inference) {
	if err := n.InferContext(context.Background(), e, s, settings); err != nil { // that context does not end
		panic(err.Error())
	}
}

// InferContext is [Network.Infer] that ends early, with ctx's error, if ctx is done before an
// iteration, or at once if states or settings cannot be. The hidden states are of no use then.
func (n *Network) InferContext(ctx context.Context, e *kernels.Engine, s *States, settings Inference) error {
	if err := cmp.Or(n.CheckStates(s), settings.Validate()); err != nil {
		return err
	}
	serial := e.Serial()
	shares := make([]States, e.Threads())
	e.Relay(s.H[0].Rows, inferStages(settings), func(worker, stage, lo, hi int) {
		if ctx.Err() == nil {
			n.inferStage(serial, s.slice(&shares[worker], lo, hi), settings, stage)
		}
	})
	return ctx.Err()
}

// inferStages is the number of stages of INFERENCE: the start and the iterations.
func inferStages(settings Inference) int { return 1 + settings.Iterations }

// inferStage is one of them.
func (n *Network) inferStage(e *kernels.Engine, s *States, settings Inference, stage int) {
	if stage == 0 {
		n.Start(e, s)
		return
	}
	n.Sweep(e, s, settings)
}

// Start is the beginning of INFERENCE: it sets the hidden states to the
// encoder's means, and Target and Prediction as [Network.Sweep] needs them.
func (n *Network) Start(e *kernels.Engine, s *States) {
	n.mustBeStates(s)
	for l := 1; l <= n.Config.Latents(); l++ {
		n.Encode(e, s.H[l], l, s.H[l-1])
		if l > 1 {
			n.Decode(e, s.Prediction[l], l, s.H[l])
		}
	}
	rows.Copy(s.Target[1], 0, s.H[1]) // f_1(x) is constant: x does not move
}

// Sweep is one iteration of INFERENCE,
//
//	h[l] += Delta*(f_l(h[l-1]) - f_l(g_l(h[l]))) + Alpha*(g_{l+1}(h[l+1]) - h[l])
//
// from the top layer, which has no Alpha term, down. Each layer sees the newest
// states above it. Sweep follows a Start or a Sweep of the same states. It keeps
// Prediction[l] up to date for l > 1; Prediction[1] is that of before.
func (n *Network) Sweep(e *kernels.Engine, s *States, settings Inference) {
	n.mustBeStates(s)
	if err := settings.Validate(); err != nil {
		panic(err.Error())
	}
	for l := n.Config.Latents(); l >= 1; l-- {
		n.relax(e, s, l, settings)
	}
}

// relax moves layer l one step. Each prediction g_l(h[l]) serves twice: for the
// layer below in the same sweep, and for this layer in the next.
func (n *Network) relax(e *kernels.Engine, s *States, l int, settings Inference) {
	if l > 1 {
		n.Encode(e, s.Target[l], l, s.H[l-1])
	} else {
		n.Decode(e, s.Prediction[1], 1, s.H[1])
	}
	n.move(e, s, l, settings)
	if l > 1 {
		n.Decode(e, s.Prediction[l], l, s.H[l])
	}
}

// move adds the step of [Network.Sweep] to h[l]. The target and the prediction
// of layer l and the prediction of layer l+1 are up to date.
func (n *Network) move(e *kernels.Engine, s *States, l int, settings Inference) {
	step := kernels.Relaxation{Delta: settings.Delta, A: s.Target[l]}
	if l < n.Config.Latents() {
		step.Alpha, step.G = settings.Alpha, s.Prediction[l+1]
	}
	f := n.Encoders[l-1]
	e.AffineRelax(s.H[l], f.Activation, s.Prediction[l], f.Weights, step)
}

// checkInference is examples of which there are as many until the end, or says what is wrong with them, with settings
// of INFERENCE, or else, as also knows, in any process of the group.
func (n *Network) checkInference(data Data, settings Inference, also func(data Data) error) (fixed Data, err error) {
	err = n.all(func() error {
		data, err := n.fix(data)
		if err := cmp.Or(err, settings.Validate()); err != nil {
			return err
		}
		fixed = data
		return also(data)
	})
	return fixed, err
}

// Features are the states of layer l that INFERENCE finds for all examples,
// data.Len() x Sizes[l]. Layer 0 is the examples themselves. Features calls
// progress, if that is not nil, with the number of examples done.
func (n *Network) Features(ctx context.Context, e *kernels.Engine, data Data, l int, settings Inference, progress func(done int)) (kernels.Matrix, error) {
	data, err := n.checkInference(data, settings, func(data Data) error { return n.checkFeatures(data.Len(), l) })
	if err != nil {
		return kernels.Matrix{}, err
	}
	return n.features(ctx, e, data, l, settings, progress)
}

// checkFeatures fails if there is no layer l, or no room for its states of so many examples.
func (n *Network) checkFeatures(examples, l int) error {
	if l < 0 || l > n.Config.Latents() {
		return fmt.Errorf("model: features of layer %d: want 0 to %d", l, n.Config.Latents())
	}
	return memory.Check(fmt.Sprintf("model: to hold features of %d examples", examples), memory.Rows(float64(examples), n.Config.Sizes[l])+n.bytesOfStates(examples))
}

// features is Features of what is checked.
func (n *Network) features(ctx context.Context, e *kernels.Engine, data Data, l int, settings Inference, progress func(done int)) (kernels.Matrix, error) {
	features := kernels.NewMatrix(data.Len(), n.Config.Sizes[l])
	at := 0
	err := n.eachFeatures(ctx, e, data, l, settings, progress, func(block kernels.Matrix) {
		rows.Copy(features, at, block)
		at += block.Rows
	})
	if err != nil {
		return kernels.Matrix{}, err
	}
	return features, nil
}

// eachFeatures calls visit with the features, some examples at a time, in their order.
func (n *Network) eachFeatures(ctx context.Context, e *kernels.Engine, data Data, l int, settings Inference, progress func(done int), visit func(block kernels.Matrix)) error {
	work := ranks.Work{Group: n.group(), Rows: data.Len(), AtATime: rows.Inferred, Data: data, Progress: progress, Known: ErrDiverged}
	size := work.Group.Size()
	var room kernels.Matrix // for what several processes make
	if size > 1 {
		room = kernels.NewMatrix(min(size*rows.Inferred, data.Len()), n.Config.Sizes[l])
	}
	states := n.NewStates(min(data.Len(), rows.Inferred))
	work.Visit = func(lo, hi int) error {
		s := states.Slice(0, hi-lo)
		if err := rows.Read(s.H[0], data, lo); err != nil {
			return err
		}
		if l > 0 {
			if err := n.InferContext(ctx, e, s, settings); err != nil {
				return err
			}
		}
		if err := health.Computed(fmt.Sprintf("the states of layer %d of example", l), lo, s.H[l]); err != nil {
			return err
		}
		if size == 1 {
			visit(s.H[l])
			return nil
		}
		rows.Copy(room, lo%(size*rows.Inferred), s.H[l])
		return nil
	}
	work.Gather = func(_ int, bounds []int) error {
		if err := ranks.GatherRows(work.Group, room, 0, bounds); err != nil {
			return err
		}
		visit(room.Slice(0, bounds[size]))
		return nil
	}
	return work.Do(ctx)
}

// keptFeatures is how many numbers of features EstimatePrior keeps: 256 MB. Of more it makes
// those of some examples at a time, twice.
var keptFeatures = 1 << 26

// EstimatePrior sets the prior to the mean and standard deviation of each unit
// of h[M], inferred for all examples of data. It calls progress, if that is not
// nil, with the number of examples done.
func (n *Network) EstimatePrior(ctx context.Context, e *kernels.Engine, data Data, settings Inference, progress func(done int)) error {
	data, err := n.checkInference(data, settings, func(data Data) error {
		if data.Len() < 1 {
			return fmt.Errorf("model: no examples to estimate the prior from: want one at least")
		}
		if n.priorIsLarge(data) {
			return nil
		}
		return n.checkFeatures(data.Len(), n.Config.Latents())
	})
	if err != nil {
		return err
	}
	mean, std, err := n.topMoments(ctx, e, data, settings, progress)
	if err != nil {
		return err
	}
	prior := Prior{Mean: mean, Std: std}
	if err := prior.Check(); err != nil {
		return err
	}
	n.Prior = prior
	return nil
}

// priorIsLarge tells whether there are more features of the top layer than EstimatePrior keeps.
func (n *Network) priorIsLarge(data Data) bool {
	return data.Len() > keptFeatures/n.Config.Sizes[n.Config.Latents()]
}

// topMoments are those of the top layer.
func (n *Network) topMoments(ctx context.Context, e *kernels.Engine, data Data, settings Inference, progress func(done int)) (mean, std []float32, err error) {
	top := n.Config.Latents()
	if n.priorIsLarge(data) {
		before := 0
		return rows.MomentsOf(data.Len(), n.Config.Sizes[top], func(visit func(kernels.Matrix)) error {
			half := func(done int) {
				if progress != nil {
					progress((before + done) / 2)
				}
			}
			err := n.eachFeatures(ctx, e, data, top, settings, half, visit)
			before += data.Len()
			return err
		})
	}
	features, err := n.features(ctx, e, data, top, settings, progress)
	if err != nil {
		return nil, nil, err
	}
	mean, std = rows.Moments(features)
	return mean, std, nil
}
