package labelled_test

import (
	"fmt"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/labelled"
)

func TestInferenceAgainstDefinition(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	labels := []int{0, 4, labelled.Missing, 2, labelled.Missing, 1, 3}
	for _, sizes := range [][]int{{20, 9}, {20, 17, 6}, {20, 17, 12, 8}, {7, 6, 5, 6, 4}} {
		n := network(t, e, 5, sizes...)
		s := newSlow(n)
		x := modeltest.Images(modeltest.Bars{N: len(labels), Width: sizes[0]}, 0, len(labels))
		for _, settings := range []labelled.Inference{
			{},
			{Iterations: 1, Beta: 0.5},
			{Iterations: 1, Alpha: 0.5, Beta: 0.3},
			{Iterations: 4, Delta: 0.2},
			{Iterations: 3, Delta: 0.1, Alpha: 0.4, Beta: 0.3},
			{Iterations: 3, Pull: 0.2, Beta: 0.3},
			{Iterations: 3, Delta: 0.1, Alpha: 0.4, Beta: 0.3, Pull: 0.2},
		} {
			layers, probabilities := n.Infer(e, x, labels, settings)
			for i, label := range labels {
				want := s.start(modeltest.Wide(x.Row(i)))
				for range settings.Iterations {
					s.sweep(want, label, settings)
				}
				for l := range layers {
					near(t, fmt.Sprintf("sizes %v, %+v, example %d, h[%d]", sizes, settings, i, l), layers[l].Row(i), want[l])
				}
				near(t, "p(y|h)", probabilities.Row(i), s.down(want[len(want)-1]))
			}
		}
	}
}

// TestLabelTermIsZeroWhereMissing compares bits: beta must not matter.
func TestLabelTermIsZeroWhereMissing(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := network(t, e, 5, 20, 17, 6)
	x := modeltest.Images(modeltest.Bars{N: 9, Width: 20}, 0, 9)
	settings := labelled.Inference{Iterations: 5, Delta: 0.1, Alpha: 0.4}
	without, _ := n.Infer(e, x, nil, settings)
	settings.Beta = 1
	with, _ := n.Infer(e, x, nil, settings)
	given, _ := n.Infer(e, x, []int{0, 1, 2, 3, 4, 0, 1, 2, 3}, settings)
	if modeltest.FirstDifference(with[2].Data, without[2].Data) >= 0 {
		t.Error("a missing label moved the states")
	}
	if modeltest.FirstDifference(with[1].Row(0), given[1].Row(0)) < 0 {
		t.Error("a given label does not reach h[1]")
	}
}

// TestLabelMovesTheAnswer: INFERENCE with the label given makes it likelier. The
// encoder f_y leads each class to where the decoder g_y finds it.
func TestLabelMovesTheAnswer(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	n := trained(t, e)
	x := modeltest.Images(modeltest.Bars{N: 40, Width: 25}, 0, 40)
	labels := make([]int, 40)
	for i := range labels {
		labels[i] = i % 5
	}
	_, before := n.Infer(e, x, labels, labelled.Inference{})
	_, after := n.Infer(e, x, labels, labelled.Inference{Iterations: 5, Beta: 0.3})
	for i, label := range labels {
		if after.Row(i)[label] <= before.Row(i)[label] {
			t.Errorf("image %d: label %d went from %v to %v", i, label, before.Row(i)[label], after.Row(i)[label])
		}
	}
}
