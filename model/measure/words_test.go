package measure

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/mask"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	n, data := modeltest.Network(t, e, 6, 5, 4), modeltest.Bars{N: 9, Width: 6}
	c, err := TrainClassifier(t.Context(), e, kernels.NewMatrix(3, 6), make([]uint8, 3), 2, DefaultClassifying(), nil)
	if err != nil {
		t.Fatal(err)
	}
	states := n.NewStates(3)
	caught.InWords(t, map[string]any{
		"TargetpropAgreement": TargetpropAgreement, "DefaultClassifying": DefaultClassifying, "TrainClassifier": TrainClassifier,
		"EstimateCopyThreshold": EstimateCopyThreshold, "EstimateCopies": EstimateCopies, "FillError": FillError, "MeanFill": MeanFill, "NearestFill": NearestFill,
		"KMeans": KMeans, "In": In, "ParzenSigmas": ParzenSigmas, "EstimateParzen": EstimateParzen, "EstimatePrecisionRecall": EstimatePrecisionRecall,
		"Sample": Sample, "DefaultTracing": DefaultTracing, "Trace": Trace,
		"StatesAgreement": func(e *kernels.Engine, n *model.Network, s *model.States) { StatesAgreement(e, n, s) },
	}, e, kernels.NewMatrix(3, 6), kernels.Matrix{}, kernels.NewMatrix(2, 5), kernels.Matrix{Rows: 3, Cols: 6, Stride: 6}, kernels.Matrix{Rows: -1, Cols: 6, Stride: 6}, n, data, c, states, DefaultClassifying(), DefaultTracing(), []mask.Mask{make(mask.Mask, 6)})
}
