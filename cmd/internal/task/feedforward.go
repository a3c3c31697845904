package task

import (
	"context"
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/settings"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
)

// ruleOf is the rule of credit assignment that was given, or the default.
func ruleOf(given settings.Given) credit.Rule {
	if name, ok := given.Value("rule"); ok {
		if rule, err := credit.ParseRule(name); err == nil {
			return rule
		}
	}
	return settings.DefaultRule
}

// newFeedforward makes the network of a new training, of sizes that the user is to blame
// for, and its examples.
func newFeedforward(source string, set dataset.Set, config func(visible, classes int) feedforward.Config, seed uint64, batch int, e *kernels.Engine) (n *feedforward.Network, examples feedforward.Labelled, err error) {
	classes, err := data.Classes(source, set)
	if err != nil {
		return nil, examples, err
	}
	c := config(set.Train.Dim(), classes)
	if err := c.Validate(); err != nil {
		return nil, examples, cli.Usage(err)
	}
	if err := checkMemory(c.Sizes, batch, set.Train.Len()); err != nil { // a rule may have maps down
		return nil, examples, err
	}
	if n, err = feedforward.New(c, seed, e); err != nil {
		return nil, examples, err
	}
	examples, err = labelledImages(n, set.Train)
	return n, examples, err
}

// labelledImages are images with their labels, for a network of so many outputs.
func labelledImages(n *feedforward.Network, images dataset.Images) (feedforward.Labelled, error) {
	return feedforward.NewLabelled(images, images.Labels, n.Config.Outputs())
}

// hidden are the sizes of the layers between input and top.
func hidden(n *feedforward.Network) settings.Layers {
	return n.Config.Sizes[1:n.Config.Maps()]
}

// lossNames are those of credit.Trainer.Losses: the network's, and those of the
// inverse maps from g_2 up.
func lossNames(n int) []string {
	names := []string{"loss"}
	for i := 1; i < n; i++ {
		names = append(names, "inverse"+strconv.Itoa(i+1))
	}
	return names
}

// feedforwardJudge is what trainers of feed-forward networks have in common.
type feedforwardJudge struct {
	judge
	network *feedforward.Network
}

func newFeedforwardJudge(by early, n *feedforward.Network, set dataset.Set, e *kernels.Engine) (feedforwardJudge, error) {
	j, err := newJudge(by, set, func(ctx context.Context, images model.Data, progress func(int)) (kernels.Matrix, error) {
		return n.Predict(ctx, e, images, progress)
	})
	return feedforwardJudge{j, n}, err
}

// Sizes are those of the layers.
func (j *feedforwardJudge) Sizes() []int { return j.network.Config.Sizes }

// Ending is the test.
func (j *feedforwardJudge) Ending() (what string, images int) { return "test", j.set.Test.Len() }

// Finish takes the best epoch's parameters, if there is one, and measures on the test
// images.
func (j *feedforwardJudge) Finish(ctx context.Context, progress func(done int)) error {
	if err := j.trainer.TakeBest(); err != nil {
		return err
	}
	return j.finish(ctx, progress)
}

// Look shows the network.
func (j *feedforwardJudge) Look() Look { return Look{Feedforward: j.network, Probe: probe(j.set)} }
