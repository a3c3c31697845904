package labelled_test

import (
	"context"
	"fmt"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/labelled"
)

// digits are images with pixels from 0 to 1.
type digits struct{ dataset.Images }

func (d digits) Read(i int, dst []float32) {
	for j, p := range d.Row(i) {
		dst[j] = float32(p) / 255
	}
}

// Train on the built-in digits, then classify digits that were not seen, and draw
// sevens.
func Example() {
	if err := example(context.Background(), kernels.Default()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 898 of 1000 digits classified correctly
	// 10 of 10 sevens are sevens to the network
}

func example(ctx context.Context, e *kernels.Engine) error {
	set, err := dataset.Load(ctx, "digits", dataset.Options{})
	if err != nil {
		return err
	}
	images := set.Train.Slice(0, 2000)
	data := labelled.Examples{Data: digits{images}, Labels: images.Labels}
	network, err := labelled.New(labelled.DefaultConfig(10, 784, 64, 32), 1, e)
	if err != nil {
		return err
	}
	settings := labelled.DefaultTraining()
	settings.Epochs, settings.Batch, settings.Optimizer.Rate = 8, 20, 3e-3
	trainer, err := labelled.NewTrainer(network, data, settings, e)
	if err != nil {
		return err
	}
	for !trainer.Done() {
		if _, err := trainer.Step(); err != nil {
			return err
		}
	}
	if err := network.EstimatePriors(ctx, e, data, settings.Inference, nil); err != nil {
		return err
	}

	right := func(images model.Data, label func(i int) uint8) (count int, err error) {
		probabilities, err := network.Classify(ctx, e, images, labelled.ClassifyInference(), nil)
		for i := range probabilities.Rows {
			if class, _ := labelled.Answer(probabilities.Row(i)); class == int(label(i)) {
				count++
			}
		}
		return count, err
	}
	count, err := right(digits{set.Valid}, func(i int) uint8 { return set.Valid.Labels[i] })
	if err != nil {
		return err
	}
	fmt.Println(count, "of", set.Valid.Len(), "digits classified correctly")
	sevens, err := network.Generate(ctx, e, []int{7, 7, 7, 7, 7, 7, 7, 7, 7, 7}, labelled.DefaultSampling(), nil)
	if err != nil {
		return err
	}
	count, err = right(model.Rows{Matrix: sevens}, func(int) uint8 { return 7 })
	fmt.Println(count, "of", sevens.Rows, "sevens are sevens to the network")
	return err
}
