package qlearning

import "github.com/targetprop/targetprop/kernels"

// replay keeps the last transitions. A transition is what was observed, the action, the
// reward, what was observed then, and whether the episode ended there.
type replay struct {
	x, next kernels.Matrix // a row a transition
	action  []int
	reward  []float32
	ended   []bool
	added   int // since the beginning: the next goes to place added mod rows
}

func newReplay(size, dim int) *replay {
	return &replay{
		x: kernels.NewMatrix(size, dim), next: kernels.NewMatrix(size, dim),
		action: make([]int, size), reward: make([]float32, size), ended: make([]bool, size),
	}
}

// len is the number of transitions kept.
func (r *replay) len() int { return min(r.added, len(r.action)) }

func (r *replay) add(x []float32, action int, reward float32, next []float32, ended bool) {
	i := r.added % len(r.action)
	copy(r.x.Row(i), x)
	copy(r.next.Row(i), next)
	r.action[i], r.reward[i], r.ended[i] = action, reward, ended
	r.added++
}
