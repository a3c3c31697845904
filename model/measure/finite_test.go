package measure

import (
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/mask"
)

// TestNotFinite: no measure takes NaN or infinity for a number.
func TestNotFinite(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	fill := func(bad float64) kernels.Matrix {
		m := kernels.NewMatrix(12, 5)
		for i := range m.Data {
			m.Data[i] = float32(math.Sin(float64(i)))
		}
		if bad != 0 {
			m.Row(7)[3] = float32(bad)
		}
		return m
	}
	good := fill(0)
	for _, distance := range []float64{math.NaN(), math.Inf(1), -1} {
		if _, err := EstimateCopies(t.Context(), e, good, model.Rows{Matrix: good}, CopyThreshold{distance, 2}, nil); err == nil || !strings.Contains(err.Error(), "threshold of copies") {
			t.Errorf("a threshold of %v: %v", distance, err)
		}
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		broken := fill(bad)
		_, first := EstimatePrecisionRecall(t.Context(), e, broken, good, 2, nil)
		_, second := EstimatePrecisionRecall(t.Context(), e, good, broken, 2, nil)
		_, centres := KMeans(t.Context(), e, model.Rows{Matrix: broken}, 3, 2, 1, nil)
		_, samples := EstimateParzen(t.Context(), e, broken, model.Rows{Matrix: good}, model.Rows{Matrix: good}, nil)
		_, images := EstimateParzen(t.Context(), e, good, model.Rows{Matrix: good}, model.Rows{Matrix: broken}, nil)
		_, copies := EstimateCopies(t.Context(), e, broken, model.Rows{Matrix: good}, CopyThreshold{1, 2}, nil)
		_, threshold := EstimateCopyThreshold(t.Context(), e, model.Rows{Matrix: good}, model.Rows{Matrix: broken}, nil)
		n, masks, data := modeltest.Network(t, e, 5, 4, 3), []mask.Mask{{false, false, false, true, false}}, model.Rows{Matrix: broken}
		_, agreement := TargetpropAgreement(t.Context(), e, n, data, model.TrainInference(), nil)
		_, trace := Trace(t.Context(), e, n, data, DefaultTracing(), nil)
		_, means := MeanFill(data, good, masks)
		_, nearest := NearestFill(t.Context(), e, data, good, masks, nil)
		_, _, filled := FillError(good, broken, masks)
		_, _, truth := FillError(broken, good, masks)
		for name, err := range map[string]error{"agreement": agreement, "trace": trace, "means": means, "nearest": nearest, "filled": filled, "truth": truth, "real": first, "samples": second, "k-means": centres, "Parzen": samples, "Parzen's images": images, "copies": copies, "threshold": threshold} {
			if err == nil {
				t.Errorf("%v, %s: no error", bad, name)
			}
		}
	}
}

// TestExactCopies: where the held-out examples are among those that the model learned
// from, copies of them are near copies.
func TestExactCopies(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	m := kernels.NewMatrix(8, 6)
	for i := range m.Data {
		m.Data[i] = float32(math.Cos(float64(i * i)))
	}
	data := model.Rows{Matrix: m}
	threshold, err := EstimateCopyThreshold(t.Context(), e, data, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	same := kernels.NewMatrix(4, 6)
	for i := range same.Rows {
		copy(same.Row(i), m.Row(0))
	}
	one := model.Rows{Matrix: m.Slice(0, 1)}
	zero, err := EstimateCopyThreshold(t.Context(), e, one, one, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []CopyThreshold{threshold, zero} {
		copies, err := EstimateCopies(t.Context(), e, same, one, c, nil)
		if err != nil || copies.Share != 1 {
			t.Errorf("threshold %v: a share of %v, error %v, want 1", c.Distance, copies.Share, err)
		}
	}
}
