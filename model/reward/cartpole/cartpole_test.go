package cartpole

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
)

func TestSinCos(t *testing.T) {
	for i := range 10001 {
		x := 0.25 * (float64(i)/5000 - 1)
		sin, cos := sinCos(x)
		if math.Abs(sin-math.Sin(x)) > 2.5e-16*math.Abs(x) || math.Abs(cos-math.Cos(x)) > 2.3e-16 {
			t.Errorf("%v: sine %v, cosine %v, want %v and %v", x, sin, cos, math.Sin(x), math.Cos(x))
		}
	}
}

// TestMotion compares a course with one in numbers of 200 bits that follows gymnasium's
// text line by line, with sine and cosine from their series.
func TestMotion(t *testing.T) {
	num := func(x float64) *big.Float { return new(big.Float).SetPrec(200).SetFloat64(x) }
	ratio := func(a, b float64) *big.Float { return new(big.Float).Quo(num(a), num(b)) }
	add := func(a, b *big.Float) *big.Float { return new(big.Float).Add(a, b) }
	sub := func(a, b *big.Float) *big.Float { return new(big.Float).Sub(a, b) }
	mul := func(a, b *big.Float) *big.Float { return new(big.Float).Mul(a, b) }
	quo := func(a, b *big.Float) *big.Float { return new(big.Float).Quo(a, b) }
	// series is the sum of x^n/n! with alternating signs, for n = first, first+2, ...
	series := func(x *big.Float, first int) *big.Float {
		term, sum := num(1), num(0)
		for n := 0; n < 60; n++ {
			if n > 0 {
				term = quo(mul(term, x), num(float64(n)))
			}
			if n%2 == first {
				if n/2%2 == 0 {
					sum = add(sum, term)
				} else {
					sum = sub(sum, term)
				}
			}
		}
		return sum
	}
	var c CartPole
	x := make([]float32, 4)
	c.Start(5, 0, x)
	tau := ratio(2, 100)
	px, vx, theta, omega := num(c.position), num(c.velocity), num(c.angle), num(c.spin)
	for k := range 40 {
		action := k % 2
		force := num(float64(20*action - 10))
		costheta, sintheta := series(theta, 0), series(theta, 1)
		polemassLength, totalMass, masspole, length := ratio(5, 100), ratio(11, 10), ratio(1, 10), ratio(1, 2)
		temp := quo(add(force, mul(mul(polemassLength, mul(omega, omega)), sintheta)), totalMass)
		thetaacc := quo(sub(mul(ratio(98, 10), sintheta), mul(costheta, temp)),
			mul(length, sub(ratio(4, 3), quo(mul(masspole, mul(costheta, costheta)), totalMass))))
		xacc := sub(temp, quo(mul(mul(polemassLength, thetaacc), costheta), totalMass))
		px, vx = add(px, mul(tau, vx)), add(vx, mul(tau, xacc))
		theta, omega = add(theta, mul(tau, omega)), add(omega, mul(tau, thetaacc))
		_, ended := c.Act(action, x)
		for i, pair := range []struct {
			got  float64
			want *big.Float
		}{{c.position, px}, {c.velocity, vx}, {c.angle, theta}, {c.spin, omega}} {
			if want, _ := pair.want.Float64(); math.Abs(pair.got-want) > 1e-12 {
				t.Fatalf("step %d, quantity %d: %v, want %v", k, i, pair.got, want)
			}
		}
		if ended != (math.Abs(c.position) > 2.4 || math.Abs(c.angle) > 12*math.Pi/180) {
			t.Fatalf("step %d: ended %v with the cart at %v and the pole at %v", k, ended, c.position, c.angle)
		}
		for i, want := range []float64{c.position, c.velocity, 10 * c.angle, c.spin} {
			if math.Abs(float64(x[i])-want) > 1e-6 {
				t.Errorf("step %d: observed %v of quantity %d, want %v", k, x[i], i, want)
			}
		}
		if ended {
			return
		}
	}
	t.Error("the episode does not end")
}

// TestEnds: at both limits, of both quantities.
func TestEnds(t *testing.T) {
	x := make([]float32, 4)
	for _, c := range []struct {
		state CartPole
		ended bool
	}{
		{CartPole{position: 2.39}, false},
		{CartPole{position: 2.39, velocity: 1}, true},
		{CartPole{position: -2.39, velocity: -1}, true},
		{CartPole{angle: 0.2}, false},
		{CartPole{angle: 0.2, spin: 1}, true},
		{CartPole{angle: -0.2, spin: -1}, true},
	} {
		if reward, ended := c.state.Act(0, x); ended != c.ended || reward != 1 {
			t.Errorf("%+v: ended %v with a reward of %v", c.state, ended, reward)
		}
	}
}

// TestStart: episodes start apart, within bounds.
func TestStart(t *testing.T) {
	var c CartPole
	x := make([]float32, 4)
	seen := map[CartPole]bool{}
	for seed := range uint64(3) {
		for episode := range 100 {
			c.Start(seed, episode, x)
			seen[c] = true
			for _, v := range []float64{c.position, c.velocity, c.angle, c.spin} {
				if !(math.Abs(v) <= 0.05) {
					t.Fatalf("starts at %+v", c)
				}
			}
		}
	}
	if len(seen) != 300 {
		t.Errorf("%d different starts of 300", len(seen))
	}
}

// TestRandomPolicyFalls: pushes at random keep the pole up for some 22 steps, as in
// gymnasium.
func TestRandomPolicyFalls(t *testing.T) {
	var c CartPole
	x := make([]float32, 4)
	coin := rand.New(rand.NewPCG(1, 2))
	total, hash := 0, fnv.New64a()
	const episodes = 2000
	for episode := range episodes {
		c.Start(1, episode, x)
		for ended := false; !ended; total++ {
			_, ended = c.Act(coin.IntN(2), x)
		}
		fmt.Fprintf(hash, "%x %x", c, x)
	}
	if mean := float64(total) / episodes; math.Abs(mean-22.2) > 1.2 {
		t.Errorf("mean return %v", mean)
	}
	// The same bits on all architectures; found once.
	if got, want := fmt.Sprintf("%x", hash.Sum(nil)), "cb45d73d4c13b58c"; got != want {
		t.Errorf("bits %s, want %s", got, want)
	}
}

// TestAfterTheEnd: nothing moves any more, and there is no reward; actions are those that there are.
func TestAfterTheEnd(t *testing.T) {
	var c CartPole
	x := make([]float32, 4)
	c.Start(1, 1, x)
	for ended := false; !ended; {
		_, ended = c.Act(1, x)
	}
	last := c
	for range 10000 {
		if reward, ended := c.Act(1, x); reward != 0 || !ended {
			t.Fatalf("after the end: reward %v, ended %v", reward, ended)
		}
	}
	if c != last {
		t.Errorf("after the end the state has moved to %+v", c)
	}
	for _, action := range []int{-3, 2, 7} {
		if reason := caught.Panic(func() { c.Act(action, x) }); !strings.Contains(reason, "want 0 or 1") {
			t.Errorf("action %d: panic %q", action, reason)
		}
	}
}

// TestBeyond: an episode that has overflowed has ended.
func TestBeyond(t *testing.T) {
	x := make([]float32, 4)
	c := CartPole{position: math.NaN(), angle: math.NaN()}
	if _, ended := c.Act(1, x); !ended {
		t.Error("a pole at NaN stands")
	}
}
