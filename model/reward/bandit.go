package reward

import (
	"math/rand/v2"
	"sync/atomic"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/random"
)

// bandit is a contextual bandit made of labelled examples: the reward of choosing class
// a for example i is 1 if a is its label, and 0 if not.
type bandit struct {
	feedforward.Labelled
	policy Policy
	seed   uint64
	serial *kernels.Engine
	epoch  int
	// earned is the rewards of this epoch so far. They are whole numbers, so that the
	// order of threads does not matter.
	earned atomic.Int64
}

// Target chooses by the outputs y, and has the chosen one alone learn the reward that
// came. The choice depends on the seed, the epoch and the example.
func (b *bandit) Target(i int, y, target, weight []float32) {
	generator := rand.NewPCG(b.seed, uint64(random.Action)<<48|uint64(b.epoch*b.Len()+i))
	chosen := b.policy.Choose(b.serial, y, target, generator)
	clear(target)
	clear(weight)
	weight[chosen] = 1
	if chosen == int(b.Labels[i]) {
		target[chosen] = 1
		b.earned.Add(1)
	}
}
