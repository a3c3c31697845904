package measure

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/mask"
)

// many says that it has so many examples.
type many struct {
	modeltest.Bars
	n int
}

func (m many) Len() int { return m.n }

// TestDataOfNobody: examples that cannot be are refused before memory is asked for.
func TestDataOfNobody(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	good, images, masks := modeltest.Bars{N: 9, Width: 30}, kernels.NewMatrix(3, 30), []mask.Mask{make(mask.Mask, 30)}
	for want, data := range map[string]model.Data{"no data": nil, "have -1 examples": many{good, -1}, "examples: want 0 to": many{good, math.MaxInt}} {
		_, centres := KMeans(t.Context(), e, data, 2, 2, 1, nil)
		_, valid := EstimateParzen(t.Context(), e, images, data, good, nil)
		_, test := EstimateParzen(t.Context(), e, images, good, data, nil)
		_, mean := MeanFill(data, images, masks)
		_, nearest := NearestFill(t.Context(), e, data, images, masks, nil)
		_, copies := EstimateCopies(t.Context(), e, images, data, CopyThreshold{}, nil)
		_, train := EstimateCopyThreshold(t.Context(), e, data, good, nil)
		_, heldOut := EstimateCopyThreshold(t.Context(), e, good, data, nil)
		sample := fmt.Errorf("%v", caught.Panic(func() { Sample(data, 3, 1) }))
		for name, err := range map[string]error{"k-means": centres, "validation": valid, "test": test, "mean": mean, "nearest": nearest, "copies": copies, "train": train, "held out": heldOut, "sample": sample} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want %q", name, err, want)
			}
		}
	}
	none := kernels.NewMatrix(9, 0)
	noNumbers := model.Rows{Matrix: none}
	_, copies := EstimateCopyThreshold(t.Context(), e, noNumbers, noNumbers, nil)
	_, precision := EstimatePrecisionRecall(t.Context(), e, none, none, 3, nil)
	_, centres := KMeans(t.Context(), e, noNumbers, 3, 3, 1, nil)
	_, parzen := EstimateParzen(t.Context(), e, none, noNumbers, noNumbers, nil)
	_, filled := NearestFill(t.Context(), e, noNumbers, none, []mask.Mask{{}}, nil)
	for name, err := range map[string]error{"copies": copies, "precision": precision, "k-means": centres, "Parzen": parzen, "nearest": filled} {
		if err == nil || !strings.Contains(err.Error(), "examples without numbers") {
			t.Errorf("%s of examples without numbers: %v", name, err)
		}
	}
	nan := kernels.NewMatrix(3, 5)
	nan.Row(1)[2] = float32(math.NaN())
	if _, err := TrainClassifier(t.Context(), e, nan, []uint8{0, 1, 0}, 2, DefaultClassifying(), nil); err == nil || !strings.Contains(err.Error(), "value 2 of row 1 is NaN") {
		t.Errorf("a classifier of NaN: %v", err)
	}
	for want, call := range map[string]func(){
		"a sample of -1 examples":        func() { Sample(good, -1, 1) },
		"a classifier of 0 features for": func() { new(Classifier).Classify(e, images) },
		"the states are nil":             func() { StatesAgreement(e, modeltest.Network(t, e, 30, 8, 4), nil) },
	} {
		if reason := caught.Panic(call); !strings.Contains(reason, want) {
			t.Errorf("panic %q, want %q", reason, want)
		}
	}
}
