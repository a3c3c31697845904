package task

import (
	"context"
	"fmt"
	"maps"
	"math"
	"strconv"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
)

// validColumn is the accuracy on the validation images after an epoch.
const validColumn = "valid_acc"

// judge measures a network that classifies: on the validation images after each
// epoch, on the test images once, after the last.
type judge struct {
	early
	set     dataset.Set
	predict func(ctx context.Context, images model.Data, progress func(done int)) (kernels.Matrix, error)
	valid   float64 // accuracy after the last epoch, a share
	test    float64 // accuracy
}

// newJudge is one of a trainer. It fails if there is nothing to judge by.
func newJudge(by early, set dataset.Set, predict func(context.Context, model.Data, func(int)) (kernels.Matrix, error)) (judge, error) {
	by.better = "made fewer mistakes on the validation images"
	by.measure = func(share float64) string { return fmt.Sprintf("accuracy %.2f %%", 100*(1-share)) }
	return judge{early: by, set: set, predict: predict}, by.check(set.Valid)
}

// accuracy is the share of images that are classified as their labels say.
func (j *judge) accuracy(ctx context.Context, images dataset.Images, progress func(done int)) (float64, error) {
	y, err := j.predict(ctx, images, progress)
	if err != nil {
		return 0, err
	}
	if !data.Finite(y) {
		return 0, model.ErrDiverged
	}
	share, _ := feedforward.Accuracy(y, images.Labels)
	return share, nil
}

// figures are losses and the accuracy on the validation images, by which training may
// stop.
func (j *judge) figures(ctx context.Context, losses []float64) ([]float64, error) {
	share, err := j.accuracy(ctx, j.set.Valid, nil)
	if err != nil {
		return nil, err
	}
	j.valid = share
	return append(losses, share), j.end(1 - share)
}

// Guesses tells whether the last accuracy may be that of always naming the commonest class:
// it is no three standard errors above.
func (j *judge) Guesses() bool {
	counts, most := map[uint8]int{}, 0
	for _, label := range j.set.Valid.Labels {
		counts[label]++
		most = max(most, counts[label])
	}
	n := float64(len(j.set.Valid.Labels))
	chance := float64(most) / n
	return j.valid <= chance+3*math.Sqrt(chance*(1-chance)/n)
}

// finish measures on the test images, after the best epoch's parameters were taken.
func (j *judge) finish(ctx context.Context, progress func(done int)) (err error) {
	j.test, err = j.accuracy(ctx, j.set.Test, progress)
	return err
}

// notes are the model's, with the outcome of the test.
func (j *judge) notes(notes map[string]string) map[string]string {
	all := maps.Clone(notes)
	all[modelfile.NoteTest] = strconv.FormatFloat(j.test, 'g', -1, 64)
	return all
}

// restore reads what notes wrote.
func (j *judge) restore(notes map[string]string) bool {
	share, err := strconv.ParseFloat(notes[modelfile.NoteTest], 64)
	j.test = share
	return err == nil && share >= 0 && share <= 1
}

// Results are which epoch's parameters were kept, and the outcome of the test.
func (j *judge) Results() []string {
	n := j.set.Test.Len()
	stdErr := math.Sqrt(j.test * (1 - j.test) / float64(n))
	return append(j.kept(), fmt.Sprintf("test     accuracy %.2f +- %.2f %%, error %.2f %%, on %s",
		100*j.test, 100*stdErr, 100*(1-j.test), cli.Count(n, "test image", "test images")))
}
