package model_test

import (
	"slices"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

func TestSamplesDependOnTheirNumberAlone(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 21, 13)
	if _, err := n.Generate(t.Context(), e, 1, model.DefaultSampling(), nil); err != model.ErrNoPrior {
		t.Errorf("error %v, want model.ErrNoPrior", err)
	}
	if err := n.EstimatePrior(t.Context(), e, modeltest.Bars{N: 30, Width: 30}, model.TrainInference(), nil); err != nil {
		t.Fatal(err)
	}
	for _, settings := range []model.Sampling{model.DefaultSampling(), model.DirectedSampling()} {
		few, err := n.Generate(t.Context(), e, 3, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		many, err := n.Generate(t.Context(), e, 250, settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(few.Row(2), many.Row(2)) || slices.Equal(many.Row(2), many.Row(202)) {
			t.Error("sample 2 depends on how many there are, or repeats")
		}
	}
}

// TestGenerateFrom: from the states that the prior draws it makes the samples of Generate.
func TestGenerateFrom(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n := modeltest.Network(t, e, 30, 21, 13)
	settings := model.DefaultSampling()
	top := kernels.NewMatrix(250, 13)
	if err := n.EstimatePrior(t.Context(), e, modeltest.Bars{N: 30, Width: 30}, model.TrainInference(), nil); err != nil {
		t.Fatal(err)
	}
	settings.PriorScale = 0 // each draw is the mean
	for i := range top.Rows {
		copy(top.Row(i), n.Prior.Mean)
	}
	want, err := n.Generate(t.Context(), e, top.Rows, settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	top.Row(240)[3]++
	n.Prior = model.Prior{}
	got, err := n.GenerateFrom(t.Context(), e, top, settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range top.Rows {
		if slices.Equal(got.Row(i), want.Row(i)) != (i != 240) {
			t.Errorf("sample %d is %v, Generate has %v", i, got.Row(i), want.Row(i))
		}
	}
	if _, err := n.GenerateFrom(t.Context(), e, kernels.NewMatrix(3, 12), settings, nil); err == nil {
		t.Error("states of 12 units are those of 13")
	}
}
