package chain

import (
	"context"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// walkers are chains that walk together, one in each row of states. Row 0 is
// chain first; the number of a chain is the row of its random numbers.
type walkers struct {
	network  *model.Network
	settings Walking
	engine   *kernels.Engine
	first    int

	states    *model.States
	mean      kernels.Matrix   // of the visible units
	corrupted []kernels.Matrix // of each layer, as input of a map (Joint)
	half      kernels.Matrix   // 0.5 for each middle layer (Joint)
	coins     kernels.Matrix   // 1 for a middle layer that is rebuilt from above (Joint)
}

// newWalkers are chains at their start.
func newWalkers(e *kernels.Engine, n *model.Network, start kernels.Matrix, first int, settings Walking) *walkers {
	w := &walkers{network: n, settings: settings, engine: e, first: first, states: n.NewStates(start.Rows)}
	rows.Copy(w.states.H[0], 0, start)
	w.mean = w.states.H[0]
	if settings.Chain == Latent {
		w.mean = w.states.Prediction[1]
		rows.Copy(w.mean, 0, start)
		return w
	}
	for l, h := range w.states.H {
		w.corrupted = append(w.corrupted, kernels.NewMatrix(h.Rows, h.Cols))
		if l > 0 {
			n.Encode(e, h, l, w.states.H[l-1])
		}
	}
	middle := n.Config.Latents() - 1
	w.half, w.coins = kernels.NewMatrix(start.Rows, middle), kernels.NewMatrix(start.Rows, middle)
	for i := range w.half.Data {
		w.half.Data[i] = 0.5
	}
	return w
}

// step takes step number step, from 0, of all chains. It ends early, with ctx's error, if
// ctx is done.
func (w *walkers) step(ctx context.Context, step int) error {
	serial := w.engine.Serial()
	w.engine.Split(w.states.H[0].Rows, func(lo, hi int) {
		if w.settings.Chain == Joint {
			w.jointStep(serial, uint32(step), lo, hi)
		} else {
			w.latentStep(ctx, serial, uint32(step), lo, hi)
		}
	})
	return ctx.Err()
}

// latentStep is a step of Latent: INFERENCE and a draw from p(x|h).
func (w *walkers) latentStep(ctx context.Context, e *kernels.Engine, step uint32, lo, hi int) {
	s := w.states.Slice(lo, hi)
	if w.network.InferContext(ctx, e, s, w.settings.Inference) != nil {
		return
	}
	mean := w.mean.Slice(lo, hi)
	w.network.Decode(e, mean, 1, s.H[1])
	e.AddGaussian(s.H[0], mean, w.settings.VisibleStd, w.noise(random.ChainDraw, step), w.first+lo)
}

// jointStep is a step of Joint. It predicts every layer from its corrupted
// neighbours before it changes any.
func (w *walkers) jointStep(e *kernels.Engine, step uint32, lo, hi int) {
	n, s, corruption := w.network, w.states.Slice(lo, hi), w.settings.Corruption
	top := n.Config.Latents()
	for l := 1; l <= top; l++ {
		below := w.corrupted[l-1].Slice(lo, hi)
		corruption.Up(e, below, s.H[l-1], w.noise(random.ChainUp+uint16(l), step), w.first+lo)
		n.Encode(e, s.Target[l], l, below)
		above := w.corrupted[l].Slice(lo, hi)
		corruption.Down(e, above, s.H[l], n.Config.Encoders[l-1], w.noise(random.ChainDown+uint16(l), step), w.first+lo)
		n.Decode(e, s.Prediction[l], l, above)
	}
	coins := w.coins.Slice(lo, hi)
	e.BernoulliMean(coins, w.half.Slice(lo, hi), 1, w.noise(random.ChainCoin, step), w.first+lo)
	rows.Copy(s.H[0], 0, s.Prediction[1])
	rows.Copy(s.H[top], 0, s.Target[top])
	for l := 1; l < top; l++ {
		for i := range coins.Rows {
			from := s.Target[l]
			if coins.Row(i)[l-1] == 1 {
				from = s.Prediction[l+1]
			}
			copy(s.H[l].Row(i), from.Row(i))
		}
	}
}

// noise is that of all chains at a step, for one use.
func (w *walkers) noise(stream uint16, step uint32) kernels.Noise {
	return kernels.Noise{Seed: w.settings.Seed, Stream: stream, Step: step}
}
