package model

import (
	"cmp"
	"context"
	"fmt"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/best"
	"github.com/targetprop/targetprop/model/internal/health"
	"github.com/targetprop/targetprop/model/internal/ranks"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// Train is all of TRAIN of Algorithm 2: it trains the network on data for the epochs of
// the settings, and sets its prior. It calls each, if that is not nil, after each epoch
// with the number of epochs done and their last one's losses: the mean squared errors of
// the maps in the order of [Network.Maps], f_1, g_1, f_2 and so on, summed over units.
// When each returns false, that epoch is the last.
//
// When ctx ends, Train returns its error: before the minibatch at hand has touched the
// network, or after it. In a group it does so in all processes when the context of one
// ends. The network is then as far as it has come,
// without a new prior; [Network.EstimatePrior] sets one. To stop and continue bit for bit,
// use a [Trainer]. each judges when to stop: Patience, which wants examples that are not
// learned from, counts for a Trainer alone.
func (n *Network) Train(ctx context.Context, e *kernels.Engine, data Data, settings Training, each func(epoch int, losses []float64) (more bool)) error {
	var t *Trainer
	var fixed Data // the prior is of as many examples as were learned from
	err := n.all(func() (err error) {
		if t, err = NewTrainer(n, data, settings, e); err != nil {
			return err
		}
		fixed, err = rows.Fix(data)
		return err
	})
	if err != nil {
		return err
	}
	if err := t.train(ctx, each); err != nil {
		return err
	}
	return n.EstimatePrior(ctx, e, fixed, settings.Inference, nil)
}

// train trains to the end of the epochs, or as long as each wants, and gives back what a
// group had in common in the meantime.
func (t *Trainer) train(ctx context.Context, each func(int, []float64) bool) error {
	stage := t.inferStage
	t.ended = ctx.Err // also in a group: the others hear of it
	t.inferStage = func(worker, number, lo, hi int) {
		if ctx.Err() == nil {
			stage(worker, number, lo, hi)
		}
	}
	err := t.epochs(each)
	if ranks.Over(err) {
		return err
	}
	return cmp.Or(err, t.part())
}

// epochs are those that are left, or those that each wants.
func (t *Trainer) epochs(each func(int, []float64) bool) error {
	for more := true; more && !t.Done(); {
		if _, err := t.Step(); err != nil {
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
	return nil
}

// StepsPerEpoch is the number of minibatches in an epoch. The last may be
// smaller than the others.
func (t *Trainer) StepsPerEpoch() int { return t.schedule.StepsPerEpoch() }

// Losses are the mean squared errors of this epoch so far, summed over units
// and averaged over examples, of the maps in the order of [Network.Maps].
func (t *Trainer) Losses() []float64 {
	mean := make([]float64, len(t.losses))
	for i, sum := range t.losses {
		mean[i] = sum / float64(t.schedule.Seen())
	}
	return mean
}

// Health fails with a [DivergedError] if the losses of the epoch so far are far larger
// than the data's values could make them, or if a layer had the same values for all
// examples of the last minibatch, or if squares of gradients are too large for the optimiser. A network may recover from
// none of these. The values are those of the last minibatch: an example far from all others, as one of 100 among 0 to 1,
// makes losses that are taken for divergence. The processes of a group all call it. It looks at the examples of all of them, and says the same in each.
func (t *Trainer) Health() error {
	if t.examples == nil {
		return nil // no step yet
	}
	for i, loss := range t.Losses() {
		if err := t.judge(health.Epoch, i, loss); err != nil {
			return err
		}
	}
	spans, err := t.inferred().Spans()
	if err != nil {
		return err
	}
	if err := health.Layers(len(t.examples), spans); err != nil {
		return err
	}
	return ranks.All(t.group, ErrDiverged, func() error { // each process has some of them
		for i, l := range t.learners {
			if err := health.Squares(health.Name(i), l.moments); err != nil {
				return err
			}
		}
		return nil
	})
}

// maps are those of the network, by their names in files.
func (t *Trainer) maps() []best.Map {
	var all []best.Map
	for i := range t.learners {
		all = append(all, best.Map{Name: tensors.MapName(i), Weights: t.learners[i].Weights})
	}
	return all
}

// EndEpoch tells a trainer with Patience how well the network reconstructs examples that
// it does not learn from, after the epoch that has just ended: an error as that of
// [Network.ReconstructionError]. The trainer remembers the parameters of the best epoch.
// All processes of a group call it with the same number.
func (t *Trainer) EndEpoch(reconstruction float64) (err error) {
	ended := t.Done()
	epoch, step := t.Position()
	if t.best, err = t.best.Judge(epoch, step, reconstruction, t.maps()); err != nil {
		return err
	}
	if t.Done() && !ended {
		return t.part()
	}
	return nil
}

// Stopped tells whether so many epochs were no better than the best one that Patience is
// at its end.
func (t *Trainer) Stopped() bool { return t.best.Stops(t.Settings.Patience) }

// Best is the epoch after which the reconstruction was best, and its error; 0 if none was
// judged.
func (t *Trainer) Best() (epoch int, reconstruction float64) { return t.best.Of() }

// TakeBest gives the network the parameters of the best epoch, if one was judged. It ends
// the training: what was learned since is lost. All processes of a group call it.
func (t *Trainer) TakeBest() error {
	if t.best == nil {
		return nil
	}
	if !t.Done() {
		if err := t.part(); err != nil {
			return err
		}
	}
	t.best.Take(t.maps())
	t.schedule.End()
	return nil
}

// ReconstructionError is the mean squared error, summed over units, of g_1(h[1]) after
// INFERENCE on the examples. It takes at most so many of them, evenly spaced.
func (n *Network) ReconstructionError(ctx context.Context, e *kernels.Engine, data Data, most int, settings Inference) (float64, error) {
	var count int
	data, err := n.checkInference(data, settings, func(data Data) error {
		if count = min(most, data.Len()); count < 1 {
			return fmt.Errorf("model: the reconstruction of no examples")
		}
		return memory.Check(fmt.Sprintf("model: to hold the errors of %d examples", count), memory.Rows(float64(count), 1))
	})
	if err != nil {
		return 0, err
	}
	errors := kernels.NewMatrix(count, 1)
	few := spaced{data, count}
	work := ranks.Work{Group: n.group(), Rows: count, AtATime: rows.Inferred, Data: few, Known: ErrDiverged}
	work.Visit = func(lo, hi int) error {
		s := n.NewStates(hi - lo)
		for i := range hi - lo {
			example := few.example(lo + i)
			data.Read(example, s.H[0].Row(i))
			if err := rows.CheckExample(example, s.H[0].Row(i)); err != nil {
				return err
			}
		}
		if err := n.InferContext(ctx, e, s, settings); err != nil {
			return err
		}
		n.Decode(e, s.Prediction[1], 1, s.H[1])
		for i := range hi - lo {
			sum := 0.0
			for j, x := range s.H[0].Row(i) {
				d := float64(x - s.Prediction[1].Row(i)[j])
				sum += float64(d * d)
			}
			errors.Row(lo + i)[0] = float32(sum)
		}
		return nil
	}
	work.Gather = func(first int, bounds []int) error { return ranks.GatherRows(work.Group, errors, first, bounds) }
	if err := work.Do(ctx); err != nil {
		return 0, err
	}
	sum := 0.0
	for i := range count {
		sum += float64(errors.Row(i)[0])
	}
	if sum-sum != 0 {
		return 0, &health.NotFiniteError{What: fmt.Sprintf("the squares of the reconstruction of %d examples", count)}
	}
	return sum / float64(count), nil
}

// spaced are count examples of data, evenly spaced.
type spaced struct {
	data  Data
	count int
}

// example is the number of the i-th.
func (s spaced) example(i int) int { return int(int64(i) * int64(s.data.Len()) / int64(s.count)) }

// Fetch fetches those of the data, the same in all processes of a group. See [Fetcher].
func (s spaced) Fetch(few []int) error {
	examples := make([]int, len(few))
	for k, i := range few {
		examples[k] = s.example(i)
	}
	return rows.Fetch(s.data, examples)
}
