package qlearning

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/internal/random"
)

// Agent learns in an environment, one episode at a time.
type Agent struct {
	// Network learns to predict, from what is observed, the discounted mean reward a
	// step after each action. Average is its average over time, exponentially
	// weighted: it gives the goals, and chooses the actions.
	Network, Average *feedforward.Network
	Settings         Settings
	checked          Settings // they are these, or looked at again: see checkSettings
	// Returns are the sums of rewards of the episodes done.
	Returns []float64

	trained, averaged *feedforward.Network // Network and Average, which are kept

	environment Environment
	serial      *kernels.Engine
	learner     *credit.Learner
	replay      *replay
	minibatch   *minibatch
	predictor   *feedforward.Predictor
	steps       int // of the environment
	next        []float32
	scratch     []float32
}

// NewAgent prepares to train n in the environment. The network's top is linear, or
// logistic if rewards are from 0 to 1, and has a unit for each action.
func NewAgent(n *feedforward.Network, environment Environment, settings Settings, e *kernels.Engine) (*Agent, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	if err := checkFit(n, environment); err != nil {
		return nil, err
	}
	learner, err := credit.NewLearner(n, settings.Training, e)
	if err != nil {
		return nil, err
	}
	average := n.Copy()
	a := &Agent{Network: n, Average: average, Settings: settings, environment: environment, serial: e.Serial(), learner: learner,
		replay: newReplay(settings.Replay, n.Config.Inputs()), predictor: average.NewPredictor(1),
		next: make([]float32, n.Config.Inputs()), scratch: make([]float32, n.Config.Outputs())}
	a.checked, a.trained, a.averaged = settings, n, average
	return a, nil
}

// check panics if neither NewAgent nor Resume made it.
func (a *Agent) check() {
	if a.learner == nil {
		panic("qlearning: this Agent is not what NewAgent or Resume returns")
	}
}

// checkSettings says what is wrong with networks or settings, if anything is. Training is the learner's, and
// Replay what the agent was made with; the others may be changed between episodes.
func (a *Agent) checkSettings() error {
	if a.Network != a.trained || a.Average != a.averaged {
		return errors.New("qlearning: the agent's Network or Average is not the one that it was made with: NewAgent makes another agent")
	}
	if a.Settings == a.checked {
		return nil
	}
	if a.Settings.Training != a.checked.Training || a.Settings.Replay != a.checked.Replay {
		return fmt.Errorf("qlearning: the settings are changed to %+v: an agent keeps Training and Replay of %+v", a.Settings, a.checked)
	}
	if err := a.Settings.Validate(); err != nil {
		return err
	}
	a.checked = a.Settings
	return nil
}

// Steps is the number of steps done in the environment.
func (a *Agent) Steps() int { return a.steps }

// Train goes through more episodes. It fails as [Agent.Episode] does, or with ctx's error
// before the next step if ctx is done. It calls progress, if that is not nil, with the number
// of episodes done since the beginning. An episode within which ctx ends does not count, as one that
// fails: for the numbers of a run that was not stopped, end ctx in progress, or save there.
func (a *Agent) Train(ctx context.Context, episodes int, progress func(done int)) error {
	if episodes < 0 {
		return fmt.Errorf("qlearning: %d episodes: want none negative", episodes)
	}
	for range episodes {
		if err := ctx.Err(); err != nil { // before an episode begins that would not count
			return err
		}
		if _, err := a.episode(ctx); err != nil {
			return err
		}
		if progress != nil {
			progress(len(a.Returns))
		}
	}
	return nil
}

// Episode goes through the next episode, learns on the way, and returns the sum of its
// rewards. It takes Settings.Limit steps at most. It fails as [credit.Learner.Step]
// does, or if the environment gives numbers that are not finite or far too large. The episode does not count then:
// the next one has its number and starts as it did, but what was learned stays, and so do its steps.
func (a *Agent) Episode() (float64, error) { return a.episode(context.Background()) }

// episode is Episode, as long as ctx is not done.
func (a *Agent) episode(ctx context.Context) (float64, error) {
	a.check()
	if err := a.checkSettings(); err != nil {
		return 0, err
	}
	counts := false
	defer func() { // also if the environment panics
		if !counts {
			a.replay.cutShort()
		}
	}()
	x := a.predictor.Inputs(1).Row(0)
	a.environment.Start(a.Settings.Seed, len(a.Returns), x)
	if err := checkObserved(len(a.Returns), x, 0); err != nil {
		return 0, err
	}
	var total float64
	for left := a.Settings.Limit - 1; left >= 0; left-- {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		generator := rand.NewPCG(a.Settings.Seed, uint64(random.Action)<<48|uint64(a.steps))
		values, err := predict(a.predictor, a.serial)
		if err != nil {
			return 0, err
		}
		action := a.Settings.policy(a.steps).Choose(a.serial, values, a.scratch, generator)
		reward, over := a.environment.Act(action, a.next)
		if err := checkObserved(len(a.Returns), a.next, reward); err != nil { // before it is kept
			return 0, err
		}
		e := goesOn
		switch {
		case over:
			e = ended
		case left == 0:
			e = cut
		}
		a.replay.add(x, action, reward, a.next, e)
		copy(x, a.next)
		total += float64(reward)
		a.steps++
		if err := a.learn(); err != nil {
			return 0, err
		}
		if over {
			break
		}
	}
	counts = true
	a.Returns = append(a.Returns, total)
	return total, nil
}

// learn takes a minibatch, if it is time.
func (a *Agent) learn() error {
	if a.steps%a.Settings.Every != 0 || a.replay.len() < a.Settings.Batch {
		return nil
	}
	if a.minibatch == nil { // now there are as many transitions
		var err error
		if a.minibatch, err = newMinibatch(a.replay, a.Settings.Batch, a.Network, a.Average); err != nil {
			return err
		}
	}
	if err := a.minibatch.draw(a.serial, a.Settings.Seed, a.learner.Steps(), a.Settings.Ahead, a.Settings.Discount); err != nil {
		return err
	}
	a.learner.RateScale = a.Settings.rateScale(a.learner.Steps())
	if _, err := a.learner.Step(a.minibatch, a.minibatch.numbers); err != nil {
		return err
	}
	for i, m := range a.Network.Maps {
		follow(a.Average.Maps[i].Weights.Data, m.Weights.Data, a.Settings.Follow)
	}
	return nil
}

// follow moves average a part of the way toward w.
func follow(average, w []float32, part float32) {
	for i, v := range w {
		average[i] += float32(part * (v - average[i]))
	}
}

// Recent is the mean return of the last n episodes. It is 0 if there were fewer.
func (a *Agent) Recent(n int) float64 {
	if n < 1 || len(a.Returns) < n {
		return 0
	}
	var total float64
	for _, r := range a.Returns[len(a.Returns)-n:] {
		total += r
	}
	return total / float64(n)
}
