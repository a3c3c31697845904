// Package schedule says which examples a training step learns from: the order of
// the examples, epochs, minibatches, and how far training has come.
package schedule

import (
	"cmp"
	"errors"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// MaxBatch keeps a mistyped batch size from asking for all of memory, maxEpochs
// the number of steps from overflowing.
const (
	MaxBatch  = 1 << 20
	maxEpochs = 1 << 20
)

// Validate says what is wrong with a number of epochs and a batch size, if
// anything is.
func Validate(epochs, batch int) error {
	switch {
	case epochs < 0 || epochs > maxEpochs:
		return fmt.Errorf("model: %d epochs: want 0 to %d", epochs, maxEpochs)
	case batch < 1 || batch > MaxBatch:
		return fmt.Errorf("model: batches of %d: want 1 to %d examples", batch, MaxBatch)
	}
	return nil
}

// Schedule goes through all examples once an epoch, each epoch in a random order
// of its own, one minibatch a step.
type Schedule struct {
	batch int
	seed  uint64
	step  int   // minibatches done
	order []int // of the examples
	epoch int   // that order is for
	ended bool  // for good
	of    any   // the network: see For
	data  interface{ Len() int }
}

// maxSteps is how many minibatches there may be: noise is drawn by a number of 32 bits, and
// steps are counted by an int.
const maxSteps = min(1<<32, math.MaxInt)

// New begins at the first minibatch of so many epochs. A batch of more than all examples
// is one of all examples. New fails as [Validate] does, or if there are no examples, or more minibatches than maxSteps.
func New(examples, batch, epochs int, seed uint64) (*Schedule, error) {
	if err := Validate(epochs, batch); err != nil {
		return nil, err
	}
	if examples < 1 {
		return nil, fmt.Errorf("model: there are no examples to train on")
	}
	s := &Schedule{batch: min(batch, examples), seed: seed, epoch: -1}
	if err := s.fits((int64(examples)+int64(s.batch)-1)/int64(s.batch), epochs); err != nil {
		return nil, err
	}
	if err := memory.Check(fmt.Sprintf("model: to hold the order of %d examples", examples), 8*float64(examples)); err != nil {
		return nil, err
	}
	s.order = make([]int, examples)
	return s, nil
}

// fits fails if so many epochs of so many steps are too many.
func (s *Schedule) fits(steps int64, epochs int) error {
	if steps*int64(epochs) >= maxSteps {
		return fmt.Errorf("model: %d epochs of %d minibatches: want fewer than %d minibatches in all, with fewer epochs or larger batches", epochs, steps, int64(maxSteps))
	}
	return nil
}

// Fits fails if so many epochs are too many. It is for a number that was changed after New.
func (s *Schedule) Fits(epochs int) error { return s.fits(int64(s.StepsPerEpoch()), epochs) }

// End says that there are no more steps: the parameters are others than those of the last.
func (s *Schedule) End() { s.ended = true }

// For remembers the network of a trainer, a pointer, and the examples that the order is of.
func (s *Schedule) For(network any, data interface{ Len() int }) *Schedule {
	s.of, s.data = network, data
	return s
}

// Trains fails after End, if a trainer's network is another than that which its maps, states and moments are of, or if
// the examples are not as many as the order has.
func (s *Schedule) Trains(network any) error {
	s.Check()
	if s.ended {
		return errors.New("model: TakeBest has ended this training, and it does not go on: a checkpoint that was saved before does")
	}
	if network != s.of {
		return errors.New("model: the trainer's Network is not the one that it was made for: NewTrainer trains another")
	}
	return rows.SameLen(s.data, len(s.order))
}

// Recheck is Trains, and looks at a trainer's settings again if they are not those that were checked last: they may be
// changed between steps, but for what follows refuses.
func Recheck[S comparable](s *Schedule, network any, now S, checked *S, epochs int, follows func(now, was S) error) error {
	if err := s.Trains(network); err != nil || now == *checked {
		return err
	}
	if err := cmp.Or(follows(now, *checked), s.Fits(epochs)); err != nil {
		return err
	}
	*checked = now
	return nil
}

// IsWithin fails if more minibatches are done than so many epochs have: no one could resume there.
func (s *Schedule) IsWithin(epochs int) error {
	if steps := s.StepsPerEpoch(); s.step > epochs*steps {
		return fmt.Errorf("model: %d minibatches are done, and %d epochs have %d: raise Settings.Epochs to go on", s.step, epochs, epochs*steps)
	}
	return nil
}

// Batch is the number of examples in a minibatch, but the last of an epoch.
func (s *Schedule) Batch() int { return s.batch }

// Check panics if there is no schedule: the trainer that should have one was not made as it
// should be.
func (s *Schedule) Check() {
	if s == nil {
		panic("model: this Trainer is not what NewTrainer or Resume returns")
	}
}

// StepsPerEpoch is the number of minibatches in an epoch. The last may be
// smaller than the others.
func (s *Schedule) StepsPerEpoch() int {
	s.Check()
	return (len(s.order) + s.batch - 1) / s.batch
}

// Step is the number of minibatches done, in all epochs.
func (s *Schedule) Step() int { return s.step }

// Position is the number of epochs done and of minibatches done in the next.
func (s *Schedule) Position() (epoch, step int) {
	steps := s.StepsPerEpoch()
	return s.step / steps, s.step % steps
}

// Done tells whether so many epochs are done.
func (s *Schedule) Done(epochs int) bool { return s.step/s.StepsPerEpoch() >= epochs || s.ended }

// Minibatch is the numbers of the next minibatch's examples. They are valid
// until the next call.
func (s *Schedule) Minibatch() []int {
	epoch, step := s.Position()
	if epoch != s.epoch {
		random.Shuffle(s.order, s.seed, epoch)
		s.epoch = epoch
	}
	first := step * s.batch
	return s.order[first:min(first+s.batch, len(s.order))]
}

// Advance goes to the next minibatch.
func (s *Schedule) Advance() { s.step++ }

// Seek goes to where step minibatches are done, of so many epochs. It fails if there are
// not so many.
func (s *Schedule) Seek(step, epochs int) error {
	if last := epochs * s.StepsPerEpoch(); step < 0 || step > last {
		return fmt.Errorf("%d minibatches are done: want 0 to %d, which %d epochs have; or the checkpoint's position is damaged", step, last, epochs)
	}
	s.step = step
	return nil
}

// Seen is how many examples the minibatches done in this epoch had. Between two
// epochs it is all of them.
func (s *Schedule) Seen() int {
	if _, step := s.Position(); step != 0 {
		return step * s.batch
	}
	return len(s.order)
}
