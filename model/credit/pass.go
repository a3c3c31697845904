package credit

import (
	"fmt"
	"sync/atomic"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// pass is a minibatch on its way up through a network and down again.
type pass struct {
	engine, serial *kernels.Engine
	network        *feedforward.Network
	settings       Training
	step           int // minibatches done

	layers   []*layer         // layers[l-1] is f_l in training
	h        []kernels.Matrix // h[l], by l
	topDelta kernels.Matrix   // d_M, row by row; the layers have all deltas, packed
	target   kernels.Matrix   // of the top
	weight   kernels.Matrix   // of the top's outputs in the loss
	losses   []float64        // of each example
	spoilt   atomic.Bool      // a value of the inputs is not finite

	examples feedforward.Examples // of this step
	numbers  []int
}

// newPass has no buffers yet.
func newPass(n *feedforward.Network, settings Training, e *kernels.Engine) *pass {
	p := &pass{engine: e, serial: e.Serial(), network: n, settings: settings}
	for i, m := range n.Maps {
		p.layers = append(p.layers, newLayer(layerName(i), m, settings.Optimizer))
	}
	return p
}

// top is M.
func (p *pass) top() int { return len(p.layers) }

// size is the number of examples in the minibatch.
func (p *pass) size() int { return len(p.losses) }

// resize makes the buffers for minibatches of b examples.
func (p *pass) resize(b int) {
	p.h = nil
	for _, size := range p.network.Config.Sizes {
		p.h = append(p.h, kernels.NewMatrix(b, size))
	}
	outputs := p.network.Config.Outputs()
	p.topDelta, p.target, p.weight = kernels.NewMatrix(b, outputs), kernels.NewMatrix(b, outputs), kernels.NewMatrix(b, outputs)
	p.losses = make([]float64, b)
	for _, l := range p.layers {
		l.resize(p.engine, b)
	}
}

// stages is how many stages lead up, with the one that compares.
func (p *pass) stages() int { return p.top() + 2 }

// stage is stage s for the examples lo to hi-1: they are read, go up map by map, and
// are compared with the targets.
func (p *pass) stage(s, lo, hi int) {
	switch {
	case s == 0:
		p.read(lo, hi)
	case s <= p.top():
		x := p.h[s-1].Slice(lo, hi)
		p.serial.LayOut(p.layers[s-1].columns, lo, x)
		p.network.Forward(p.serial, p.h[s].Slice(lo, hi), s, x)
	default:
		p.compare(lo, hi)
	}
}

// read reads the inputs and corrupts them.
func (p *pass) read(lo, hi int) {
	x := p.h[0].Slice(lo, hi)
	for i, example := range p.numbers[lo:hi] {
		p.examples.Read(example, x.Row(i))
		if !rows.Finite(x.Row(i)) {
			p.spoilt.Store(true)
		}
	}
	if std := p.settings.InputNoise; std > 0 {
		p.serial.AddGaussian(x, x, std, p.noise(random.InputNoise), lo)
	}
}

// compare finds the losses and the top's delta.
func (p *pass) compare(lo, hi int) {
	y := p.h[p.top()].Slice(lo, hi)
	p.network.Finish(p.serial, y)
	mean := 1 / float32(p.size()) // the loss is a mean over the minibatch
	for i := lo; i < hi; i++ {
		y, target, weight, d := y.Row(i-lo), p.target.Row(i), p.weight.Row(i), p.topDelta.Row(i)
		for j := range weight {
			weight[j] = 1
		}
		p.examples.Target(p.numbers[i], y, target, weight)
		p.losses[i] = p.network.Loss(p.serial, y, target, weight, d)
		for j := range d {
			d[j] *= mean
		}
	}
	p.layers[p.top()-1].delta.Pack(lo, p.topDelta.Slice(lo, hi))
}

// checkTargets fails if a target or its weight is not finite.
func (p *pass) checkTargets() error {
	for i, example := range p.numbers {
		for j, t := range p.target.Row(i) {
			if w := p.weight.Row(i)[j]; t-t != 0 || w-w != 0 {
				return fmt.Errorf("credit: example %d of the data: target %d is %v, of weight %v: want finite numbers", example, j, t, w)
			}
		}
	}
	return nil
}

// noise is the random numbers of this step for a use.
func (p *pass) noise(stream uint16) kernels.Noise {
	return kernels.Noise{Seed: p.settings.Seed, Stream: stream, Step: uint32(p.step)}
}

// newTransposed is the weights w for [pass.sendBack]: transposed, without their bias.
func (p *pass) newTransposed(w kernels.Packed) kernels.Packed {
	t := kernels.NewPacked(w.Cols+1, w.Rows-1)
	p.serial.TransposeWeights(t, w)
	return t
}

// sendBack finds d_l = (d_from w) * s'_l, for the weights w from layer from down to layer l,
// behind a bias of 0.
func (p *pass) sendBack(l, from int, w kernels.Packed, lo, hi int) {
	to := p.layers[l-1]
	p.serial.AffineBackwardDeltaRows(to.delta, lo, to.Activation, p.h[l].Slice(lo, hi), p.layers[from-1].delta, w)
}

// assigner carries a rule out. Its stages find the deltas of the layers below the top, from
// the states and the top's delta of a [pass]. They also find those of the maps of its own
// that learn.
type assigner interface {
	// own are the maps of the rule that learn.
	own() []*layer
	// fit makes the buffers for minibatches of b examples.
	fit(b int)
	// stages is the number of stages.
	stages() int
	// stage is stage s, from 0, for the examples lo to hi-1 of the minibatch. Other
	// threads may be at other examples.
	stage(s, lo, hi int)
	// transposed is what [pass.newTransposed] made of the weights of map f_l, which is
	// kept so from step to step. It is zero if the rule has no use for it.
	transposed(l int) kernels.Packed
}

// bare is what rules have in common that have no maps of their own, no buffers and no use
// for the weights of maps.
type bare struct{ *pass }

func (bare) own() []*layer                 { return nil }
func (bare) fit(int)                       {}
func (bare) transposed(int) kernels.Packed { return kernels.Packed{} }
