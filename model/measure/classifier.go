package measure

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/targetprop/targetprop/internal/memory"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/rows"
	"github.com/targetprop/targetprop/model/internal/schedule"
)

// Classifier is multinomial logistic regression on features. How well it tells
// classes apart along straight lines says what a layer has made plain. It is the
// only measure that sees labels.
type Classifier struct {
	mean  []float32 // of each feature, taken off first
	scale float32   // then multiplied into all of them
	// weights are those of the logits, (features+1) x classes.
	weights kernels.Packed
}

// Classifying are the settings of [TrainClassifier].
type Classifying struct {
	Seed      uint64 // of the order of the examples
	Epochs    int
	Batch     int
	Optimizer kernels.Optimizer // its Rate falls to 0 in a straight line
}

// DefaultClassifying is 20 epochs of Adam.
func DefaultClassifying() Classifying {
	return Classifying{
		Seed:      1,
		Epochs:    20,
		Batch:     100,
		Optimizer: kernels.Optimizer{Rule: kernels.Adam, Rate: 1e-2, Momentum: 0.9, Decay: 0.999, Epsilon: 1e-8},
	}
}

// Validate says what is wrong with the settings, if anything is.
func (c Classifying) Validate() error {
	if err := schedule.Validate(c.Epochs, c.Batch); err != nil {
		return err
	}
	return c.Optimizer.Validate()
}

// TrainClassifier learns to tell labels, each below classes, from features, one
// example a row. It starts at zero weights and lowers the mean cross-entropy,
// without regularisation. It calls progress, if that is not nil, with the number
// of epochs done.
//
// Features are centred and then scaled to a mean square of 1, all by one number.
// So one learning rate suits every layer. Neither the shape of the data nor what
// the classifier can say changes.
func TrainClassifier(ctx context.Context, e *kernels.Engine, features kernels.Matrix, labels []uint8, classes int, settings Classifying, progress func(done int)) (*Classifier, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	if features.Rows < 1 || features.Cols < 1 || len(labels) != features.Rows {
		return nil, fmt.Errorf("model: %d labels for %d examples of %d features: want one for each, and at least 1", len(labels), features.Rows, features.Cols)
	}
	if err := finite("features", features); err != nil {
		return nil, err
	}
	if classes < 1 || classes > 256 {
		return nil, fmt.Errorf("model: %d classes: want 1 to 256", classes)
	}
	for i, label := range labels {
		if int(label) >= classes {
			return nil, fmt.Errorf("model: label %d of example %d: want 0 to %d", label, i, classes-1)
		}
	}
	batch := min(settings.Batch, features.Rows)
	held := memory.Rows(float64(batch), features.Cols) + 3*bytesOfProducts(classes, 1+features.Cols) // weights and two moments
	if err := memory.Check(fmt.Sprintf("model: to learn %d classes from %d examples of %d features at a time", classes, batch, features.Cols), held); err != nil {
		return nil, err
	}
	c := newClassifier(features, classes)
	if math.IsInf(float64(c.scale), 0) {
		return nil, fmt.Errorf("model: the features vary by less than float32 can scale to 1: multiply them by 2^100 or so")
	}
	order, err := schedule.New(features.Rows, settings.Batch, settings.Epochs, settings.Seed)
	if err != nil {
		return nil, err
	}
	x := kernels.NewMatrix(order.Batch(), features.Cols)
	steps := float32(settings.Epochs * order.StepsPerEpoch())
	descent := kernels.Descent{Optimizer: settings.Optimizer, Weights: c.weights, Moments: settings.Optimizer.NewMoments(len(c.weights.Data))}
	for !order.Done(settings.Epochs) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		examples := order.Minibatch()
		batch := x.Slice(0, len(examples))
		for i, example := range examples {
			c.standardise(batch.Row(i), features.Row(example))
		}
		delta := c.delta(e, batch, func(i int) uint8 { return labels[examples[i]] })
		left := max(1-float32(descent.Step)/steps, 0x1p-24)                                     // not 0 beyond 2^24 steps
		descent.Optimizer.Rate = max(settings.Optimizer.Rate*left, math.SmallestNonzeroFloat32) // one of 0 is refused
		descent.Step++
		e.GradientStep(descent, batch, delta)
		order.Advance()
		epoch, step := order.Position()
		if step != 0 {
			continue
		}
		for _, w := range c.weights.Data {
			if w-w != 0 {
				return nil, fmt.Errorf("model: a weight of the classifier is %v after %d epochs: %w", w, epoch, model.ErrDiverged)
			}
		}
		if progress != nil {
			progress(epoch)
		}
	}
	return c, nil
}

// newClassifier has zero weights, and the mean and scale of features.
func newClassifier(features kernels.Matrix, classes int) *Classifier {
	means, stds := rows.Moments(features)
	var variance float64
	for _, std := range stds {
		variance += float64(float64(std) * float64(std))
	}
	c := &Classifier{mean: means, scale: 1, weights: kernels.NewPacked(features.Cols+1, classes)}
	if variance > 0 {
		c.scale = float32(1 / math.Sqrt(variance/float64(features.Cols)))
	}
	return c
}

func (c *Classifier) standardise(dst, src []float32) {
	if len(src) != len(c.mean) {
		panic(fmt.Sprintf("model: a classifier of %d features for %d: TrainClassifier makes one", len(c.mean), len(src)))
	}
	for j, v := range src {
		dst[j] = (v - c.mean[j]) * c.scale
	}
}

// delta is the gradient of a batch's mean cross-entropy with respect to the
// logits: (softmax - 1 at the label) / examples.
func (c *Classifier) delta(e *kernels.Engine, x kernels.Matrix, label func(i int) uint8) kernels.Packed {
	d := kernels.NewMatrix(x.Rows, c.weights.Cols)
	e.Affine(d, kernels.Identity, x, c.weights)
	for i := range d.Rows {
		row := d.Row(i)
		softmax(e, row)
		row[label(i)]--
		for j := range row {
			row[j] /= float32(d.Rows)
		}
	}
	packed := kernels.NewPacked(d.Rows, d.Cols)
	packed.Pack(0, d)
	return packed
}

// softmax replaces logits by probabilities.
func softmax(e *kernels.Engine, z []float32) {
	largest := slices.Max(z)
	for j := range z {
		z[j] -= largest
	}
	e.Exp(z, z)
	var sum float32
	for _, p := range z {
		sum += p
	}
	for j := range z {
		z[j] /= sum
	}
}

// Classify is the likeliest label of each row of features, which are finite: of NaN it is 0.
func (c *Classifier) Classify(e *kernels.Engine, features kernels.Matrix) []uint8 {
	if err := rows.CheckMatrix(features); err != nil {
		panic(err.Error())
	}
	labels := make([]uint8, features.Rows)
	some := min(atATime, features.Rows)
	x, logits := kernels.NewMatrix(some, features.Cols), kernels.NewMatrix(some, c.weights.Cols)
	// The error is always nil: the context is never done, and no chunk fails.
	_ = rows.Chunks(context.Background(), features.Rows, atATime, nil, func(lo, hi int) error {
		b := hi - lo
		for i := range b {
			c.standardise(x.Row(i), features.Row(lo+i))
		}
		e.Affine(logits.Slice(0, b), kernels.Identity, x.Slice(0, b), c.weights)
		for i := range b {
			best := 0
			row := logits.Row(i)
			for j, z := range row {
				if z > row[best] {
					best = j
				}
			}
			labels[lo+i] = uint8(best)
		}
		return nil
	})
	return labels
}

// Accuracy is the share of the rows of features that get their label, with the
// standard error of a share. There are as many labels as rows, and at least one.
func (c *Classifier) Accuracy(e *kernels.Engine, features kernels.Matrix, labels []uint8) (share, stdErr float64) {
	if features.Rows != len(labels) || features.Rows == 0 {
		panic(fmt.Sprintf("model: the accuracy on %d examples with %d labels: want as many, and one at least", features.Rows, len(labels)))
	}
	right := 0
	for i, label := range c.Classify(e, features) {
		if label == labels[i] {
			right++
		}
	}
	n := float64(features.Rows)
	share = float64(right) / n
	return share, math.Sqrt(share * (1 - share) / n)
}
