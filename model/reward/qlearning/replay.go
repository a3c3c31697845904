package qlearning

import "github.com/targetprop/targetprop/kernels"

// replay keeps the last transitions. A transition is what was observed, the action, the
// reward, what was observed then, and whether the episode ended or was cut short there.
type replay struct {
	x, next kernels.Matrix // a row a transition
	action  []int
	reward  []float32
	end     []end
	added   int // since the beginning: the next goes to place added mod rows
}

func newReplay(size, dim int) *replay {
	return &replay{
		x: kernels.NewMatrix(size, dim), next: kernels.NewMatrix(size, dim),
		action: make([]int, size), reward: make([]float32, size), end: make([]end, size),
	}
}

// end says what came after a transition.
type end uint8

const (
	goesOn end = iota
	ended
	cut // the episode went on, but not here
	ends
)

// ahead goes ahead from the transition at a place as long as the episode lasts, so many
// transitions at most, and returns the place of the last, their discounted rewards, and the
// discount of what comes then.
func (r *replay) ahead(place, most int, discount float32) (last int, rewards, later float32) {
	newest := (r.added - 1) % len(r.action)
	for last, later = place, 1; ; last = (last + 1) % len(r.action) {
		rewards += float32(later * r.reward[last])
		later *= discount
		if most--; most == 0 || last == newest || r.end[last] != goesOn {
			return last, rewards, later
		}
	}
}

// len is the number of transitions kept.
func (r *replay) len() int { return min(r.added, len(r.action)) }

func (r *replay) add(x []float32, action int, reward float32, next []float32, e end) {
	i := r.added % len(r.action)
	copy(r.x.Row(i), x)
	copy(r.next.Row(i), next)
	r.action[i], r.reward[i], r.end[i] = action, reward, e
	r.added++
}
