package labels

import (
	"fmt"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/internal/report"
	"github.com/targetprop/targetprop/internal/stat"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/reward/cartpole"
)

// published are test errors on MNIST, in per cent.
var published = map[credit.Rule]string{
	credit.Backprop:          "1.48 (Bartunov et al. 2018)",
	credit.FeedbackAlignment: "1.85 (Bartunov et al. 2018)",
	credit.DifferenceTargets: "1.94 (Lee et al. 2015), 1.83 (Bartunov et al. 2018)",
}

// publishedReward is for rewards alone, of the best of several networks.
const publishedReward = "about 2 (Pozzi, Bohté and Roelfsema 2020)"

// titles are what rules are called in the report.
var titles = map[credit.Rule]string{
	credit.Backprop:          "back-propagation",
	credit.FeedbackAlignment: "feedback alignment",
	credit.DirectFeedback:    "direct feedback",
	credit.DifferenceTargets: "difference target propagation",
}

// Section is the chapter. It has what is at hand.
func Section(c *experiment.Context, kept experiment.Records) (report.Section, bool) {
	s := report.Section{Title: "Labels and rewards"}
	if _, err := data.Classes(c.Source, c.Set); err != nil {
		s.Add(report.Paragraph("There is nothing to learn from labels here: " + err.Error() + "."))
		return s, true
	}
	t, sizes := errorTable(c, kept)
	if len(t.Rows) == 0 && len(cartPole(c, kept)) == 0 {
		return s, false
	}
	s.Add(report.Paragraph("The paper's abstract speaks of supervised, unsupervised and reinforcement learning; its Section 9 says how: predict rewards, and give more weight to some observed signals. " +
		"Classifiers learn by a rule of credit assignment. The generative model sees images and labels. Networks that learn from rewards choose a class, and are told only whether it was right. docs/labels.md has the mathematics."))
	if len(t.Rows) > 0 {
		s.Add(t)
		if !c.FullMNIST {
			s.Add(report.Paragraph(fmt.Sprintf("The published numbers are for MNIST with 50,000 or 60,000 training images. This run has %d of %s, and networks of %s: they compare loosely at best.",
				c.Set.Train.Len(), data.Name(c.Source), sizes)))
		}
	}
	s.Blocks = append(s.Blocks, angleBlocks(c, kept)...)
	s.Blocks = append(s.Blocks, generativeBlocks(c, kept)...)
	s.Blocks = append(s.Blocks, rewardBlocks(c, kept)...)
	s.Blocks = append(s.Blocks, cartPole(c, kept)...)
	return s, true
}

// errorTable is the test errors of all that classifies, and the hidden layers of the
// classifiers.
func errorTable(c *experiment.Context, kept experiment.Records) (t report.Table, sizes string) {
	t = report.Table{
		Caption: "Test error in per cent, after the last epoch: mean and standard deviation (n-1) over seeds, or one network with the standard error over images.",
		Header:  []string{"learning", "told", "epochs", "networks", "test error (%)", "published (%)"}, Text: []int{1, 5},
	}
	add := func(name, told string, epochs int, tests []share, published string) {
		if len(tests) > 0 {
			t.Rows = append(t.Rows, []string{name, told, fmt.Sprint(epochs), fmt.Sprint(len(tests)), errorText(tests), published})
		}
	}
	for _, rule := range credit.Rules() {
		var tests []share
		var s ruleSettings
		for _, n := range c.Networks {
			var r ruleResult
			if _, ok := kept.Decode(ruleName(rule, n.Seed), &r, &s); ok {
				tests = append(tests, r.Test)
				sizes = settings.Sizes(s.Hidden)
			}
		}
		add(titles[rule], "labels", s.Training.Epochs, tests, published[rule])
	}
	var tests []share
	var s generativeSettings
	for _, n := range c.Networks {
		var r generativeResult
		if _, ok := kept.Decode(generativeName(n.Seed), &r, &s); ok {
			tests = append(tests, r.Test)
		}
	}
	add("generative model with labels", "labels", s.Training.Epochs, tests, "")
	for i, rule := range rewardedRules {
		var tests []share
		epochs := 0
		for _, n := range c.Networks {
			var curves []rewardCurve
			if _, ok := kept.Decode(rewardName(n.Seed), &curves, nil); ok && i < len(curves) {
				tests, epochs = append(tests, curves[i].Test), len(curves[i].Rewards)
			}
		}
		add(titles[rule], "rewards", epochs, tests, publishedReward)
	}
	return t, sizes
}

// errorText is the error of one network, or of several.
func errorText(tests []share) string {
	if len(tests) == 1 {
		return fmt.Sprintf("%.2f +- %.2f", 100*(1-tests[0].Share), 100*tests[0].StdErr)
	}
	var errors []float64
	for _, t := range tests {
		errors = append(errors, 100*(1-t.Share))
	}
	mean, deviation := stat.MeanDeviation(errors)
	return fmt.Sprintf("%.2f ± %.2f", mean, deviation)
}

// angleBlocks are the angles of the first network of each rule.
func angleBlocks(c *experiment.Context, kept experiment.Records) []report.Block {
	var blocks []report.Block
	for _, rule := range credit.Rules() {
		var r ruleResult
		rec, ok := kept.Decode(ruleName(rule, c.Seed()), &r, nil)
		if !ok || rule == credit.Backprop || len(r.Epochs) == 0 {
			continue
		}
		first, last := r.Epochs[0], r.Epochs[len(r.Epochs)-1]
		var maps []string
		for i := range last.Angles {
			maps = append(maps, fmt.Sprintf("f%d from %.0f to %.0f", i+1, first.Angles[i].degrees(), last.Angles[i].degrees()))
		}
		blocks = append(blocks, rec.Figure("angles.png", "angles.csv", fmt.Sprintf(
			"%s against back-propagation, map by map: the angle between what both ask of a map's weights on the same minibatch, and the ratio of the norms; epoch 0 is before training. In degrees, before and after: %s. Two directions without relation would be at 90.",
			strings.ToUpper(titles[rule][:1])+titles[rule][1:], strings.Join(maps, ", "))))
	}
	return blocks
}

// generativeBlocks are the samples of the generative model.
func generativeBlocks(c *experiment.Context, kept experiment.Records) []report.Block {
	var r generativeResult
	rec, ok := kept.Decode(generativeName(c.Seed()), &r, nil)
	if !ok {
		return nil
	}
	return []report.Block{rec.Figure("samples.png", "", fmt.Sprintf(
		"Samples of the generative model with labels, a line for each class that it was asked for. A classifier that shares nothing with it, right on %.2f %% of the test images, takes %.2f +- %.2f %% of %d samples for the class that they were drawn of.",
		100*r.Judge.Share, 100*r.Recognised.Share, 100*r.Recognised.StdErr, r.Recognised.Images))}
}

// rewardBlocks are the rewards over the epochs.
func rewardBlocks(c *experiment.Context, kept experiment.Records) []report.Block {
	var curves []rewardCurve
	var s rewardSettings
	rec, ok := kept.Decode(rewardName(c.Seed()), &curves, &s)
	if !ok || len(s.Trainings) == 0 {
		return nil
	}
	p := s.Trainings[0].Policy
	return []report.Block{rec.Figure("rewards.png", "rewards.csv", fmt.Sprintf(
		"Mean reward of an epoch's choices: 1 for the right class, 0 for any other; the network sees each image once an epoch, and its policy is %v (epsilon %g). At random it would earn what the dashed line has, measured over an epoch.",
		p.Kind, p.Epsilon))}
}

// cartPole is the figure of cart-pole, and how often it was solved.
func cartPole(c *experiment.Context, kept experiment.Records) []report.Block {
	var curves []cartPoleCurve
	var s cartPoleSettings
	rec, ok := kept.Decode(cartPoleName(c.Seed()), &curves, &s)
	if !ok {
		return nil
	}
	blocks := []report.Block{rec.Figure("cartpole.png", "cartpole.csv", fmt.Sprintf(
		"Cart-pole: a reward of 1 for each of up to %d steps that the pole stands. An agent learns until the mean return of %d episodes is %d, which is the usual criterion, or for %d episodes.",
		cartpole.Limit, solvedOver, cartpole.Solved, s.Episodes))}
	t := report.Table{Header: []string{"cart-pole", "agents", "solved", "after episodes"}, Text: []int{3}}
	for i, rule := range rewardedRules {
		var after []string
		agents := 0
		for _, n := range c.Networks {
			var curves []cartPoleCurve
			if _, ok := kept.Decode(cartPoleName(n.Seed), &curves, nil); ok && i < len(curves) {
				agents++
				if curves[i].Solved > 0 {
					after = append(after, fmt.Sprint(curves[i].Solved))
				}
			}
		}
		t.Rows = append(t.Rows, []string{titles[rule], cli.Count(agents, "agent", "agents"), fmt.Sprint(len(after)), strings.Join(after, ", ")})
	}
	return append(blocks, t)
}
