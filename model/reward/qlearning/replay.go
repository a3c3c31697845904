package qlearning

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// replay keeps the last transitions. A transition is what was observed, the action, the
// reward, what was observed then, and whether the episode ended or was cut short there. Memory
// grows with the transitions: a file's settings alone ask for none.
type replay struct {
	size    int            // transitions kept
	x, next kernels.Matrix // a row a transition; fewer than size at first
	action  []int
	reward  []float32
	end     []end
	added   int // since the beginning: the next goes to place added mod size
}

func newReplay(size, dim int) *replay {
	return &replay{size: size, x: kernels.NewMatrix(0, dim), next: kernels.NewMatrix(0, dim)}
}

// grow makes room for n transitions, at most size.
func (r *replay) grow(n int) {
	had := r.x.Rows
	if n <= had {
		return
	}
	const few = 1024
	n = min(r.size, max(n, 2*had, few))
	for _, m := range []*kernels.Matrix{&r.x, &r.next} {
		larger := kernels.NewMatrix(n, m.Cols)
		rows.Copy(larger, 0, *m)
		*m = larger
	}
	r.action, r.reward, r.end = append(make([]int, 0, n), r.action...)[:n], append(make([]float32, 0, n), r.reward...)[:n], append(make([]end, 0, n), r.end...)[:n]
}

// end says what came after a transition.
type end uint8

const (
	goesOn end = iota
	ended
	cut // the episode went on, but not here
	ends
)

// newest is the place of the newest transition, if there is one.
func (r *replay) newest() int { return (r.added - 1) % r.size }

// cutShort says of the newest transition that its episode does not go on here.
func (r *replay) cutShort() {
	if r.added > 0 && r.end[r.newest()] == goesOn {
		r.end[r.newest()] = cut
	}
}

// ahead goes ahead from the transition at a place as long as the episode lasts, so many
// transitions at most, and returns the place of the last, their discounted rewards, and the
// discount of what comes then.
func (r *replay) ahead(place, most int, discount float32) (last int, rewards, later float32) {
	newest := r.newest()
	for last, later = place, 1; ; last = (last + 1) % r.size {
		rewards += float32(later * r.reward[last])
		later *= discount
		if most--; most == 0 || last == newest || r.end[last] != goesOn {
			return last, rewards, later
		}
	}
}

// len is the number of transitions kept.
func (r *replay) len() int { return min(r.added, r.size) }

func (r *replay) add(x []float32, action int, reward float32, next []float32, e end) {
	i := r.added % r.size
	r.grow(i + 1)
	copy(r.x.Row(i), x)
	copy(r.next.Row(i), next)
	r.action[i], r.reward[i], r.end[i] = action, reward, e
	r.added++
}
