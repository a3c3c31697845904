package model

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// Walk is where Markov chains went.
type Walk struct {
	// Last is the mean of the visible units after the last step, chains x
	// Sizes[0]; without steps, the start.
	Last kernels.Matrix
	// Paths are the means after each step of the first chains, one matrix a
	// chain, Steps+1 x Sizes[0]. Row 0 is the start.
	Paths []kernels.Matrix
}

// Walk runs a Markov chain from each row of start, which is chains x Sizes[0].
// The hidden states of [JointChain] start at the encoder's means. Chain i
// depends on the seed, on its start and on i, not on how many there are. It
// calls progress, if that is not nil, with the steps done, of start.Rows*Steps.
func (n *Network) Walk(ctx context.Context, e *kernels.Engine, start kernels.Matrix, settings Walking, progress func(done int)) (Walk, error) {
	if err := settings.Validate(); err != nil {
		return Walk{}, err
	}
	if start.Cols != n.Config.Sizes[0] {
		return Walk{}, fmt.Errorf("model: chains that start at %d numbers for a visible layer of %d units", start.Cols, n.Config.Sizes[0])
	}
	walk := Walk{Last: kernels.NewMatrix(start.Rows, start.Cols)}
	for range min(settings.Paths, start.Rows) {
		walk.Paths = append(walk.Paths, kernels.NewMatrix(settings.Steps+1, start.Cols))
	}
	for first := 0; first < start.Rows; first += rows.Inferred {
		b := min(rows.Inferred, start.Rows-first)
		w := n.newWalkers(e, start.Slice(first, first+b), first, settings)
		walk.note(w, 0)
		for step := range settings.Steps {
			if err := ctx.Err(); err != nil {
				return Walk{}, err
			}
			w.step(step)
			walk.note(w, step+1)
			if progress != nil {
				progress(first*settings.Steps + b*(step+1))
			}
		}
		rows.Copy(walk.Last, first, w.mean)
	}
	return walk, nil
}

// note keeps the paths' pictures after a step.
func (walk *Walk) note(w *walkers, step int) {
	for i := w.first; i < min(w.first+w.mean.Rows, len(walk.Paths)); i++ {
		copy(walk.Paths[i].Row(step), w.mean.Row(i-w.first))
	}
}

// walkers are chains that walk together; theirs are the rows of states. The
// number of the first is the row of its random numbers.
type walkers struct {
	network  *Network
	settings Walking
	engine   *kernels.Engine
	first    int

	states    *States
	mean      kernels.Matrix   // of the visible units
	corrupted []kernels.Matrix // of each layer, as input of a map (JointChain)
	half      kernels.Matrix   // 0.5 for each middle layer
	coins     kernels.Matrix   // 1 where it is to be rebuilt from above
}

func (n *Network) newWalkers(e *kernels.Engine, start kernels.Matrix, first int, settings Walking) *walkers {
	w := &walkers{network: n, settings: settings, engine: e, first: first, states: n.NewStates(start.Rows)}
	rows.Copy(w.states.H[0], 0, start)
	w.mean = w.states.H[0]
	if settings.Chain == LatentChain {
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

// step takes step number step, from 0, of all chains.
func (w *walkers) step(step int) {
	serial := w.engine.Serial()
	w.engine.Split(w.states.H[0].Rows, func(lo, hi int) {
		if w.settings.Chain == JointChain {
			w.jointStep(serial, uint32(step), lo, hi)
		} else {
			w.latentStep(serial, uint32(step), lo, hi)
		}
	})
}

// latentStep is INFERENCE and a draw from p(x|h).
func (w *walkers) latentStep(e *kernels.Engine, step uint32, lo, hi int) {
	s := w.states.Slice(lo, hi)
	w.network.Infer(e, s, w.settings.Inference)
	mean := w.mean.Slice(lo, hi)
	w.network.Decode(e, mean, 1, s.H[1])
	e.AddGaussian(s.H[0], mean, w.settings.VisibleStd, w.noise(random.ChainDraw, step), w.first+lo)
}

// jointStep predicts every layer from its corrupted neighbours and only then
// changes any.
func (w *walkers) jointStep(e *kernels.Engine, step uint32, lo, hi int) {
	n, s := w.network, w.states.Slice(lo, hi)
	top := n.Config.Latents()
	for l := 1; l <= top; l++ {
		below := w.corrupted[l-1].Slice(lo, hi)
		w.corruptUp(e, below, s.H[l-1], l, step, lo)
		n.Encode(e, s.Target[l], l, below)
		above := w.corrupted[l].Slice(lo, hi)
		w.corruptDown(e, above, s.H[l], l, step, lo)
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

// corruptUp writes h[l-1] as f_l saw it in training.
func (w *walkers) corruptUp(e *kernels.Engine, dst, h kernels.Matrix, l int, step uint32, lo int) {
	e.AddGaussian(dst, h, w.settings.Corruption.UpNoise, w.noise(random.ChainUp+uint16(l), step), w.first+lo)
}

// corruptDown writes h[l] as g_l saw it in training.
func (w *walkers) corruptDown(e *kernels.Engine, dst, h kernels.Matrix, l int, step uint32, lo int) {
	noise := w.noise(random.ChainDown+uint16(l), step)
	if w.network.Config.Encoders[l-1] == kernels.Sigmoid {
		e.BernoulliMean(dst, h, w.settings.Corruption.Draws, noise, w.first+lo)
	} else {
		e.AddGaussian(dst, h, w.settings.Corruption.DownNoise, noise, w.first+lo)
	}
}

func (w *walkers) noise(stream uint16, step uint32) kernels.Noise {
	return kernels.Noise{Seed: w.settings.Seed, Stream: stream, Step: step}
}
