package model

import (
	"cmp"
	"context"

	"github.com/targetprop/targetprop/kernels"
)

// Train is all of TRAIN of Algorithm 2: it trains the network on data for the epochs of
// the settings, and sets its prior. It calls each, if that is not nil, after each epoch
// with the number of epochs done and their last one's losses: the mean squared errors of
// the maps in the order of [Network.Maps], f_1, g_1, f_2 and so on, summed over units.
// When each returns false, that epoch is the last.
//
// When ctx ends, Train returns its error: before the minibatch at hand has touched the
// network, or after it, as always in a group. The network is then as far as it has come,
// without a new prior; [Network.EstimatePrior] sets one. To stop and continue bit for bit,
// use a [Trainer]. each judges when to stop: Patience, which wants examples that are not
// learned from, counts for a Trainer alone.
func (n *Network) Train(ctx context.Context, e *kernels.Engine, data Data, settings Training, each func(epoch int, losses []float64) (more bool)) error {
	t, err := NewTrainer(n, data, settings, e)
	if err != nil {
		return err
	}
	if err := t.train(ctx, each); err != nil {
		return err
	}
	return n.EstimatePrior(ctx, e, data, settings.Inference, nil)
}

// train trains to the end of the epochs, or as long as each wants, and gives back what a
// group had in common in the meantime.
func (t *Trainer) train(ctx context.Context, each func(int, []float64) bool) error {
	if t.group.Size() == 1 { // others of a group would wait for this process
		stage := t.inferStage
		t.ended = ctx.Err
		t.inferStage = func(worker, number, lo, hi int) {
			if ctx.Err() == nil {
				stage(worker, number, lo, hi)
			}
		}
	}
	for more := true; more && !t.Done(); {
		if ctx.Err() != nil {
			return cmp.Or(t.part(), ctx.Err())
		}
		if _, err := t.Step(); err != nil && err == t.ended() {
			return cmp.Or(t.part(), err)
		} else if err != nil {
			return err
		}
		epoch, step := t.Position()
		if step > 0 {
			continue
		}
		if err := t.Health(); err != nil {
			return err
		}
		more = each == nil || each(epoch, t.Losses())
	}
	if t.Done() {
		return nil // the last step gave it back
	}
	return t.part()
}

// StepsPerEpoch is the number of minibatches in an epoch. The last may be
// smaller than the others.
func (t *Trainer) StepsPerEpoch() int { return t.schedule.StepsPerEpoch() }
