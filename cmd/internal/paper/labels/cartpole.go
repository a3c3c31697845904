package labels

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/reward"
	"github.com/targetprop/targetprop/model/reward/cartpole"
	"github.com/targetprop/targetprop/model/reward/qlearning"
)

// cartPoleSettings are those of agents, one for each rule.
type cartPoleSettings struct {
	Episodes int // at most: an agent stops when the task is solved
	Agents   []qlearning.Settings
}

// cartPoleCurve is the returns of an agent.
type cartPoleCurve struct {
	Name    string    `json:"name"`
	Returns []float64 `json:"returns"` // of each episode
	Solved  int       `json:"solved"`  // the number of episodes that it took, 0 if it is not
}

func cartPoleName(seed uint64) string { return fmt.Sprintf("labels-cartpole-seed%d", seed) }

// solvedOver is the number of episodes whose mean return says that the task is
// solved.
const solvedOver = 100

// cartPolePart balances a pole by each of the rules that learn from rewards, and at
// random.
func cartPolePart(c *experiment.Context, a amounts, seed uint64) experiment.Part {
	s := cartPoleSettings{Episodes: a.Episodes}
	for _, rule := range rewardedRules {
		agent := qlearning.DefaultSettings(rule)
		agent.Seed = seed
		s.Agents = append(s.Agents, agent)
	}
	return experiment.Part{
		Name: cartPoleName(seed), Network: experiment.None, Settings: s, Work: 5 * a.Episodes,
		Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
			var curves []cartPoleCurve
			for i, agent := range s.Agents {
				curve, err := balance(ctx, c, agent, s.Episodes, func(part float64) { progress((float64(i) + part) / float64(len(s.Agents))) })
				if err != nil {
					return experiment.Outcome{}, fmt.Errorf("%v: %w", agent.Rule, err)
				}
				curves = append(curves, curve)
			}
			random, err := fallOver(ctx, c, s.Agents[0], s.Episodes)
			if err != nil {
				return experiment.Outcome{}, err
			}
			curves = append(curves, random)
			plot, err := drawCartPole(curves)
			if err != nil {
				return experiment.Outcome{}, err
			}
			table, err := cartPoleCSV(curves)
			return experiment.Outcome{Result: curves, Files: map[string][]byte{"cartpole.png": plot, "cartpole.csv": table}}, err
		},
	}
}

// balance trains an agent until the task is solved, or the episodes are over.
func balance(ctx context.Context, c *experiment.Context, s qlearning.Settings, episodes int, progress func(float64)) (cartPoleCurve, error) {
	curve := cartPoleCurve{Name: fmt.Sprint(s.Rule)}
	task := &cartpole.CartPole{}
	network, err := feedforward.New(qlearning.DefaultConfig(task.Dim(), task.Actions()), s.Seed, c.Engine)
	if err != nil {
		return curve, err
	}
	agent, err := qlearning.NewAgent(network, task, s, c.Engine)
	if err != nil {
		return curve, err
	}
	for i := range episodes {
		if err := agent.Train(ctx, 1, nil); err != nil {
			return curve, err
		}
		progress(float64(i+1) / float64(episodes))
		if agent.Recent(solvedOver) >= cartpole.Solved {
			curve.Solved = i + 1
			break
		}
	}
	curve.Returns = agent.Returns
	return curve, nil
}

// fallOver pushes at random.
func fallOver(ctx context.Context, c *experiment.Context, s qlearning.Settings, episodes int) (cartPoleCurve, error) {
	task := &cartpole.CartPole{}
	network, err := feedforward.NewZero(qlearning.DefaultConfig(task.Dim(), task.Actions()))
	if err != nil {
		return cartPoleCurve{}, err
	}
	returns, err := qlearning.Evaluate(ctx, c.Engine, network, task, reward.Random(), s.Seed, min(episodes, solvedOver), s.Limit)
	return cartPoleCurve{Name: randomName, Returns: returns}, err
}

// smoothed is the mean of up to so many episodes before and with each.
func smoothed(returns []float64, over int) []float64 {
	y, sum := make([]float64, len(returns)), 0.0
	for i, r := range returns {
		sum += r
		if i >= over {
			sum -= returns[i-over]
		}
		y[i] = sum / float64(min(i+1, over))
	}
	return y
}

func drawCartPole(curves []cartPoleCurve) ([]byte, error) {
	const over = 20
	chart := report.Chart{Title: "cart-pole", X: "episode", Y: fmt.Sprintf("return, mean of %d episodes", over), LegendLeft: true}
	for i, c := range curves {
		s := report.Series{Name: c.Name, X: counting(1, len(c.Returns)), Y: smoothed(c.Returns, over), Style: report.Line, Colour: i}
		if c.Name == randomName {
			s.Style = report.Dashed
		}
		chart.Series = append(chart.Series, s)
	}
	return report.Panels(380, 300, []report.Chart{chart})
}

func cartPoleCSV(curves []cartPoleCurve) ([]byte, error) {
	var rows [][]string
	for _, c := range curves {
		for i, r := range c.Returns {
			rows = append(rows, []string{c.Name, fmt.Sprint(i + 1), cli.Decimal(r)})
		}
	}
	return cli.CSV([]string{"actions", "episode", "return"}, rows)
}
