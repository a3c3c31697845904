package model_test

import (
	"testing"

	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/internal/rows"
)

// TestDeepTraining: at DeepTraining the top of three latent layers learns to tell images
// apart, so that their pixels can be read off it. At DefaultTraining the layers grow without
// bound, and at other settings that were the default (alpha 0.1, up-noise 0.5) all of them
// shrink: the top then explains nothing, from the first epoch on.
func TestDeepTraining(t *testing.T) {
	if testing.Short() {
		t.Skip("trains for seconds")
	}
	set, err := dataset.Load(t.Context(), "digits", dataset.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n, err := model.New(model.DefaultConfig(set.Train.Dim(), 60, 40, 20), 1, e)
	if err != nil {
		t.Fatal(err)
	}
	settings := model.DeepTraining()
	settings.Epochs, settings.Optimizer.Rate = 9, 6e-5 // as far as 2 epochs of MNIST at one rate of 1e-5
	if err := n.Train(t.Context(), e, set.Train, settings, nil); err != nil {
		t.Fatal(err)
	}
	s := n.NewStates(500)
	rows.Read(s.H[0], set.Valid, 0)
	n.Infer(e, s, settings.Inference)
	down := s.H[3]
	for l := 3; l > 0; l-- {
		below := kernels.NewMatrix(down.Rows, n.Config.Sizes[l-1])
		n.Decode(e, below, l, down)
		down = below
	}
	var wrong, variance float64
	_, stds := rows.Moments(s.H[0])
	for _, std := range stds {
		variance += float64(std) * float64(std)
	}
	for i := range down.Rows {
		for j, x := range s.H[0].Row(i) {
			d := float64(x - down.Row(i)[j])
			wrong += d * d / float64(down.Rows)
		}
	}
	t.Logf("from the top layer an image has an error of %.3g, of a variance of %.3g", wrong, variance)
	if wrong > 0.9*variance {
		t.Errorf("the top layer tells too little of the image: error %v of variance %v", wrong, variance)
	}
}
