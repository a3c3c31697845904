package qlearning

import (
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
)

// corridor is a row of rooms. Going left from room 0 ends the episode with a small reward,
// going right from the last with a large one, and every step between costs a little. An
// episode starts in any room. Values are known: see [corridor.values].
type corridor struct{ room int }

const rooms = 5

func (c *corridor) Dim() int     { return rooms }
func (c *corridor) Actions() int { return 2 }

func (c *corridor) observe(x []float32) {
	clear(x)
	x[c.room] = 1
}

func (c *corridor) Start(seed uint64, episode int, x []float32) {
	c.room = int(seed+uint64(episode)*3) % rooms
	c.observe(x)
}

func (c *corridor) Act(action int, x []float32) (reward float32, ended bool) {
	next, reward, ended := move(c.room, action)
	c.room = next
	c.observe(x)
	return reward, ended
}

func move(room, action int) (next int, reward float32, ended bool) {
	switch next = room + 2*action - 1; {
	case next < 0:
		return 0, 0.3, true
	case next >= rooms:
		return rooms - 1, 1, true
	}
	return next, -0.05, false
}

// values are those of each room and action by value iteration, in float64, in the unit of
// an agent's predictions.
func values(discount float64) (q [rooms][2]float64) {
	for range 1000 {
		last := q
		for room := range rooms {
			for action := range 2 {
				next, reward, ended := move(room, action)
				q[room][action] = (1 - discount) * float64(reward)
				if !ended {
					q[room][action] += discount * max(last[next][0], last[next][1])
				}
			}
		}
	}
	return q
}

func testSettings(rule credit.Rule) Settings {
	s := DefaultSettings(rule)
	s.Batch, s.Explore, s.Limit, s.Replay, s.Every, s.Follow, s.Ahead, s.Discount = 16, 400, 30, 300, 1, 0.05, 1, 0.8
	s.Policy.Epsilon = 0.3
	s.Optimizer.Rate = 3e-3
	return s
}

func testConfig() feedforward.Config {
	c := DefaultConfig(rooms, 2)
	c.Sizes[1], c.Sizes[2] = 20, 16
	return c
}

func newAgent(t testing.TB, e *kernels.Engine, s Settings) *Agent {
	t.Helper()
	n, err := feedforward.New(testConfig(), s.Seed, e)
	if err != nil {
		t.Fatal(err)
	}
	a, err := NewAgent(n, &corridor{}, s, e)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func episodes(t testing.TB, a *Agent, n int) {
	t.Helper()
	if err := a.Train(t.Context(), n, nil); err != nil {
		t.Fatal(err)
	}
}

// numbers are all numbers of an agent that must not depend on machine and threads.
func numbers(a *Agent) (all []float64) {
	for i, m := range a.Network.Maps {
		for _, w := range [][]float32{m.Weights.Data, a.Average.Maps[i].Weights.Data} {
			for _, v := range w {
				all = append(all, float64(v))
			}
		}
	}
	return append(all, a.Returns...)
}
