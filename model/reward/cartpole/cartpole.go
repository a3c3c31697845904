// Package cartpole is the pole-balancing task of Barto, Sutton and Anderson (1983),
// "Neuronlike Adaptive Elements That Can Solve Difficult Learning Control Problems",
// with the constants and the method of integration of gymnasium's CartPole-v1. It is
// an environment for package qlearning.
//
// A pole stands on a cart by a hinge. In each step of 20 ms the cart is pushed to the
// left or to the right. The reward is 1 a step. The episode ends when the pole leans by
// more than 12 degrees or the cart is more than 2.4 m from the middle. CartPole-v1 cuts
// an episode short after [Limit] steps, and is solved if the mean return of 100
// consecutive episodes is at least [Solved].
package cartpole

import (
	"fmt"
	"math"

	"github.com/targetprop/targetprop/model/internal/random"
)

// Limits of CartPole-v1.
const (
	Limit  = 500 // steps of an episode
	Solved = 475 // mean return of 100 consecutive episodes
)

// Constants of the task, in SI units.
const (
	gravity    = 9.8
	cartMass   = 1.0
	poleMass   = 0.1
	halfLength = 0.5 // of the pole
	force      = 10.0
	step       = 0.02

	mostPosition = 2.4
	mostAngle    = 12 * 2 * 3.14159265358979323846 / 360
)

// CartPole is the task. The zero value is ready.
type CartPole struct {
	position, velocity float64 // of the cart, m and m/s
	angle, spin        float64 // of the pole, from upright, rad and rad/s
}

// Dim is the number of observed quantities: position and velocity of the cart in m and
// m/s, angle and angular velocity of the pole in tenths of a radian and rad/s. All are of
// one size while the pole stays up.
func (c *CartPole) Dim() int { return 4 }

// Actions is 2: action 0 pushes to the left, action 1 to the right.
func (c *CartPole) Actions() int { return 2 }

// Start begins an episode, with all quantities uniform from -0.05 to 0.05 by the seed and
// the number of the episode. It writes what is observed to x.
func (c *CartPole) Start(seed uint64, episode int, x []float32) {
	uniform := random.Row(seed, random.Environment, episode)
	for _, v := range []*float64{&c.position, &c.velocity, &c.angle, &c.spin} {
		*v = float64(0.1*uniform.Float64()) - 0.05
	}
	c.observe(x)
}

// Act takes an action, writes what is observed then to x, and says whether the episode
// ended. After its end nothing moves, and there is no reward.
func (c *CartPole) Act(action int, x []float32) (reward float32, ended bool) {
	if action < 0 || action >= c.Actions() {
		panic(fmt.Sprintf("cartpole: action %d: want 0 or 1", action))
	}
	if c.over() {
		c.observe(x)
		return 0, true
	}
	push := -force
	if action == 1 {
		push = force
	}
	c.move(push)
	c.observe(x)
	return 1, c.over()
}

// over tells whether the pole has fallen, or the cart has left its track, or numbers have overflowed.
func (c *CartPole) over() bool {
	stands := math.Abs(c.position) <= mostPosition && math.Abs(c.angle) <= mostAngle
	return !stands
}

func (c *CartPole) observe(x []float32) {
	if len(x) != c.Dim() {
		panic(fmt.Sprintf("cartpole: %d quantities are observed, and no %d", c.Dim(), len(x)))
	}
	x[0], x[1] = float32(c.position), float32(c.velocity)
	x[2], x[3] = float32(10*c.angle), float32(c.spin)
}

// move takes a step of Euler's method under a push. The conversions keep compilers from
// fusing the products, so that all architectures agree.
func (c *CartPole) move(push float64) {
	const mass = cartMass + poleMass
	sin, cos := sinCos(c.angle)
	swing := float64(poleMass * halfLength * float64(c.spin*c.spin))
	common := (push + float64(swing*sin)) / mass
	lever := 4.0/3 - float64(poleMass*float64(cos*cos))/mass
	bend := (float64(gravity*sin) - float64(cos*common)) / float64(halfLength*lever)
	pull := common - float64(poleMass*halfLength*float64(bend*cos))/mass

	c.position += float64(step * c.velocity)
	c.velocity += float64(step * pull)
	c.angle += float64(step * c.spin)
	c.spin += float64(step * bend)
}
