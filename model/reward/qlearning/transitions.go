package qlearning

import (
	"fmt"

	"github.com/targetprop/targetprop/internal/safetensors"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/internal/tensors"
)

// Names of the tensors of transitions: a row each, in the order of their places.
const (
	beforeName = "replay.before"
	afterName  = "replay.after"
	eventName  = "replay.event" // action, reward, and what came then
)

func (r *replay) append(stored *safetensors.File) {
	n := r.len()
	event := make([]float32, 0, 3*n)
	for i := range n {
		event = append(event, float32(r.action[i]), r.reward[i], float32(r.end[i]))
	}
	add := func(name string, cols int, data []float32) {
		stored.Tensors = append(stored.Tensors, safetensors.Tensor{Name: name, Shape: []int{n, cols}, Data: data})
	}
	add(beforeName, r.x.Cols, dense(r.x, n))
	add(afterName, r.next.Cols, dense(r.next, n))
	add(eventName, 3, event)
}

// dense is the first n rows of m without what lies between them.
func dense(m kernels.Matrix, n int) []float32 {
	data := make([]float32, n*m.Cols)
	rows.Copy(rows.Of(n, m.Cols, data), 0, m.Slice(0, n))
	return data
}

func (r *replay) read(stored safetensors.File, added, actions int) error {
	r.added = added
	n := r.len()
	event, err := tensors.Finite(stored, eventName, n, 3)
	if err != nil {
		return err
	}
	for _, m := range []struct {
		name string
		to   *kernels.Matrix
	}{{beforeName, &r.x}, {afterName, &r.next}} {
		data, err := tensors.Finite(stored, m.name, n, m.to.Cols)
		if err != nil {
			return err
		}
		r.grow(n) // the file has them
		rows.Copy(*m.to, 0, rows.Of(n, m.to.Cols, data))
	}
	for i := range n {
		action, e := event[3*i], event[3*i+2]
		if action != float32(int(action)) || action < 0 || int(action) >= actions {
			return fmt.Errorf("tensor %q: action %v of transition %d", eventName, action, i)
		}
		if e != float32(int(e)) || e < 0 || int(e) >= int(ends) {
			return fmt.Errorf("tensor %q: end %v of transition %d", eventName, e, i)
		}
		r.action[i], r.reward[i], r.end[i] = int(action), event[3*i+1], end(e)
	}
	return nil
}
