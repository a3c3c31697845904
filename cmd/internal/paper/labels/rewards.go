package labels

import (
	"context"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/reward"
)

// rewardSettings are those of networks that learn from rewards, one for each
// training.
type rewardSettings struct {
	Hidden    []int
	Trainings []reward.Training
}

// rewardCurve is how a network was rewarded, and what it knows then.
type rewardCurve struct {
	Name    string    `json:"name"`
	Rewards []float64 `json:"rewards"` // mean of each epoch
	Test    share     `json:"test"`    // of the best choices
}

// rewardedRules are the rules that learn from rewards: targets, and the yardstick.
var rewardedRules = []credit.Rule{credit.DifferenceTargets, credit.Backprop}

func rewardName(seed uint64) string { return fmt.Sprintf("labels-reward-seed%d", seed) }

// randomName is the curve of choices at random.
const randomName = "random choices"

// rewardPart trains networks that are told only whether their choice was right. The
// last one chooses at random, for one epoch, since it never gets better.
func rewardPart(c *experiment.Context, a amounts, classes int, seed uint64) experiment.Part {
	s := rewardSettings{Hidden: a.Hidden}
	epochs := 0
	for _, rule := range rewardedRules {
		t := reward.DefaultTraining(rule)
		t.Seed, t.Epochs = seed, a.epochs(t.Epochs)
		s.Trainings = append(s.Trainings, t)
		epochs += t.Epochs
	}
	random := s.Trainings[0]
	random.Policy, random.Epochs = reward.Random(), 1
	s.Trainings = append(s.Trainings, random)
	return experiment.Part{
		Name: rewardName(seed), Network: experiment.None, Settings: s, Work: work(c.Set.Train.Len(), epochs+1),
		Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
			var curves []rewardCurve
			for i, t := range s.Trainings {
				name := fmt.Sprint(t.Rule)
				if i == len(rewardedRules) {
					name = randomName
				}
				curve, err := earn(ctx, c, a, classes, t, func(part float64) { progress((float64(i) + part) / float64(len(s.Trainings))) })
				if err != nil {
					return experiment.Outcome{}, fmt.Errorf("%s: %w", name, err)
				}
				curve.Name = name
				curves = append(curves, curve)
			}
			plot, err := drawRewards(curves)
			if err != nil {
				return experiment.Outcome{}, err
			}
			table, err := rewardsCSV(curves)
			return experiment.Outcome{Result: curves, Files: map[string][]byte{"rewards.png": plot, "rewards.csv": table}}, err
		},
	}
}

// earn trains a network from rewards.
func earn(ctx context.Context, c *experiment.Context, a amounts, classes int, training reward.Training, progress func(float64)) (rewardCurve, error) {
	var curve rewardCurve
	network, err := newNetwork(c, a, feedforward.Logistic, classes, training.Seed)
	if err != nil {
		return curve, err
	}
	examples, err := feedforward.NewLabelled(c.Set.Train, c.Set.Train.Labels, classes)
	if err != nil {
		return curve, err
	}
	t, err := reward.NewTrainer(network, examples, training, c.Engine)
	if err != nil {
		return curve, err
	}
	for !t.Done() {
		if err := ctx.Err(); err != nil {
			return curve, err
		}
		if _, err := t.Step(); err != nil {
			return curve, err
		}
		epoch, step := t.Position()
		if step == 0 {
			curve.Rewards = append(curve.Rewards, t.Reward())
		}
		progress((float64(epoch) + float64(step)/float64(t.StepsPerEpoch())) / float64(training.Epochs))
	}
	curve.Test, err = accuracy(ctx, c, network, c.Set.Test)
	return curve, err
}

func drawRewards(curves []rewardCurve) ([]byte, error) {
	chart := report.Chart{Title: "rewards of choosing a class", X: "epoch", Y: "mean reward", LegendLow: true}
	most := 0
	for _, c := range curves {
		most = max(most, len(c.Rewards))
	}
	for i, c := range curves {
		s := report.Series{Name: c.Name, X: counting(1, len(c.Rewards)), Y: c.Rewards, Style: report.LinePoints, Colour: i}
		if c.Name == randomName && len(c.Rewards) > 0 {
			s.Style, s.X, s.Y = report.Dashed, counting(1, most), slices.Repeat(c.Rewards[:1], most)
		}
		chart.Series = append(chart.Series, s)
	}
	return report.Panels(380, 300, []report.Chart{chart})
}

func rewardsCSV(curves []rewardCurve) ([]byte, error) {
	var rows [][]string
	for _, c := range curves {
		for i, r := range c.Rewards {
			rows = append(rows, []string{c.Name, fmt.Sprint(i + 1), cli.Decimal(r)})
		}
	}
	return cli.CSV([]string{"choices", "epoch", "mean_reward"}, rows)
}
