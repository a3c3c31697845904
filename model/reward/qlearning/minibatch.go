package qlearning

import (
	"fmt"
	"math/bits"
	"math/rand/v2"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/random"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/reward"
)

// minibatch is transitions that a network learns from: example i is transition
// places[i], and its target, for the action taken alone, goal[i].
type minibatch struct {
	*replay
	places, numbers []int
	goal            []float32
	later           []float32 // the discount of what comes after the rewards of a goal

	online, target *feedforward.Predictor
}

// newMinibatch fails if there is not the memory for so many transitions.
func newMinibatch(r *replay, size int, online, target *feedforward.Network) (*minibatch, error) {
	bytes := memory.Example(online.Config.Sizes, false) // of the learner
	for _, units := range online.Config.Sizes {
		bytes += 2 * memory.Rows(1, units) // of both predictors
	}
	if err := memory.Check(fmt.Sprintf("qlearning: to learn from %d transitions at a time", size), float64(size)*bytes); err != nil {
		return nil, err
	}
	b := &minibatch{replay: r, places: make([]int, size), numbers: make([]int, size), goal: make([]float32, size), later: make([]float32, size),
		online: online.NewPredictor(size), target: target.NewPredictor(size)}
	for i := range b.numbers {
		b.numbers[i] = i
	}
	return b, nil
}

// draw takes transitions at random, by the seed and the step alone, and finds their goals
// from n rewards, or as many as the episode has, by double Q-learning (van Hasselt, Guez and
// Silver 2016, Equation 4):
//
//	goal = (1-discount) * sum_{k<n} discount^k reward_k + discount^n * Q'(next, argmax_a Q(next, a)),
//
// where Q' is the average network, without the second part if the episode ended.
//
// It fails with [model.ErrDiverged] if a goal is not finite.
func (b *minibatch) draw(e *kernels.Engine, seed uint64, step, n int, discount float32) error {
	generator := rand.NewPCG(seed, uint64(random.Replay)<<48|uint64(step))
	size := len(b.places)
	online, target := b.online.Inputs(size), b.target.Inputs(size)
	for i := range b.places {
		place, _ := bits.Mul64(generator.Uint64(), uint64(b.replay.len()))
		b.places[i] = int(place)
		last, rewards, later := b.ahead(int(place), n, discount)
		b.goal[i], b.later[i] = float32((1-discount)*rewards), later
		if b.end[last] == ended {
			b.later[i] = 0
		}
		copy(online.Row(i), b.next.Row(last))
		copy(target.Row(i), b.next.Row(last))
	}
	choices, values := b.online.Outputs(e, size), b.target.Outputs(e, size)
	for i := range b.places {
		b.goal[i] += float32(b.later[i] * values.Row(i)[reward.Best(choices.Row(i))])
	}
	if !rows.Finite(b.goal) { // rewards are
		return fmt.Errorf("qlearning: a predicted value is not finite: %w", model.ErrDiverged)
	}
	return nil
}

// Len, Dim, Read and Target make the minibatch [feedforward.Examples].
func (b *minibatch) Len() int                { return len(b.places) }
func (b *minibatch) Dim() int                { return b.x.Cols }
func (b *minibatch) Read(i int, x []float32) { copy(x, b.x.Row(b.places[i])) }
func (b *minibatch) Target(i int, _, target, weight []float32) {
	clear(target)
	clear(weight)
	action := b.action[b.places[i]]
	target[action], weight[action] = b.goal[i], 1
}
