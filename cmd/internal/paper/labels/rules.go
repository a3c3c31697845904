package labels

import (
	"context"
	"fmt"
	"math"

	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/feedforward"
)

// ruleSettings are those of a classifier.
type ruleSettings struct {
	Hidden   []int
	Training credit.Training
}

func ruleName(rule credit.Rule, seed uint64) string {
	return fmt.Sprintf("labels-%v-seed%d", rule, seed)
}

// rulePart trains a classifier by a rule.
func rulePart(c *experiment.Context, a amounts, classes int, rule credit.Rule, seed uint64) experiment.Part {
	s := ruleSettings{Hidden: a.Hidden, Training: credit.DefaultTraining(rule)}
	s.Training.Seed, s.Training.Epochs = seed, a.epochs(s.Training.Epochs)
	return experiment.Part{
		Name: ruleName(rule, seed), Network: experiment.None, Settings: s, Work: work(c.Set.Train.Len(), s.Training.Epochs),
		Run: func(ctx context.Context, progress func(float64)) (experiment.Outcome, error) {
			network, err := newNetwork(c, a, feedforward.Softmax, classes, seed)
			if err != nil {
				return experiment.Outcome{}, err
			}
			result, err := trainClassifier(ctx, c, network, s.Training, progress)
			if err != nil {
				return experiment.Outcome{}, err
			}
			plot, err := result.draw(rule)
			if err != nil {
				return experiment.Outcome{}, err
			}
			table, err := result.csv()
			return experiment.Outcome{Result: result, Files: map[string][]byte{"angles.png": plot, "angles.csv": table}}, err
		},
	}
}

// trainClassifier trains, looks on at each epoch, and measures on the test images.
func trainClassifier(ctx context.Context, c *experiment.Context, network *feedforward.Network, training credit.Training, progress func(float64)) (ruleResult, error) {
	var result ruleResult
	train := c.Set.Train
	examples, err := feedforward.NewLabelled(train, train.Labels, network.Config.Outputs())
	if err != nil {
		return result, err
	}
	t, err := credit.NewTrainer(network, examples, training, c.Engine)
	if err != nil {
		return result, err
	}
	for {
		epoch, step := t.Position()
		if step == 0 {
			at, err := lookAt(ctx, c, t, epoch)
			if err != nil {
				return result, err
			}
			result.Epochs = append(result.Epochs, at)
		}
		if t.Done() {
			break
		}
		if err := ctx.Err(); err != nil {
			return result, err
		}
		if _, err := t.Step(); err != nil {
			return result, err
		}
		progress((float64(epoch) + float64(step+1)/float64(t.StepsPerEpoch())) / float64(training.Epochs))
	}
	result.Test, err = accuracy(ctx, c, network, c.Set.Test)
	return result, err
}

// lookAt is the trainer after an epoch.
func lookAt(ctx context.Context, c *experiment.Context, t *credit.Trainer, epoch int) (ruleEpoch, error) {
	at := ruleEpoch{Epoch: epoch, Loss: experiment.Number(math.NaN())}
	if epoch > 0 {
		at.Loss = experiment.Number(t.Losses()[0])
	}
	valid, err := accuracy(ctx, c, t.Network, c.Set.Valid)
	if err != nil {
		return at, err
	}
	at.Valid = valid.Share
	angles, err := t.Angles()
	if err != nil {
		return at, err
	}
	for _, a := range angles {
		at.Angles = append(at.Angles, ruleAngle{experiment.Number(a.Cosine), experiment.Number(a.Ratio)})
	}
	return at, nil
}

// accuracy is the share of images that the network classifies as their labels say.
func accuracy(ctx context.Context, c *experiment.Context, network *feedforward.Network, set dataset.Images) (share, error) {
	y, err := network.Predict(ctx, c.Engine, set, nil)
	if err != nil {
		return share{}, err
	}
	right, stdErr := feedforward.Accuracy(y, set.Labels)
	return share{right, stdErr, set.Len()}, nil
}
