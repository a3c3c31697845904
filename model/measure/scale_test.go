package measure

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestScale: distances of values of any size are those of the values, or an error says that their squares are no
// numbers of float32, and does not blame training.
func TestScale(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 1)
	made := func(scale float64, phase int) kernels.Matrix {
		m := kernels.NewMatrix(40, 5)
		for i := range m.Data {
			m.Data[i] = float32(scale * math.Sin(float64(i*i+phase)))
		}
		return m
	}
	measures := func(scale float64) (string, error) {
		a, b := made(scale, 0), made(scale/2, 1)
		pr, err := EstimatePrecisionRecall(t.Context(), e, a, b, 3, nil)
		if err != nil {
			return "", err
		}
		centres, err := KMeans(t.Context(), e, model.Rows{Matrix: a}, 3, 9, 1, nil)
		if err != nil {
			return "", err
		}
		threshold, err := EstimateCopyThreshold(t.Context(), e, model.Rows{Matrix: a}, model.Rows{Matrix: b}, nil)
		return fmt.Sprintf("%v %.4f %.4f", pr, centres.Row(1)[2]/float32(scale), threshold.Median/scale), err
	}
	want, err := measures(1)
	if err != nil {
		t.Fatal(err)
	}
	for _, scale := range []float64{1e-11, 1e-6, 1e6, 1e17} {
		if got, err := measures(scale); got != want || err != nil {
			t.Errorf("scaled by %g: %v, error %v, want %v", scale, got, err, want)
		}
	}
	for _, scale := range []float64{1e-22, 1e-14, 1e20, 1e38} {
		a, b := made(scale, 0), made(scale/2, 1)
		_, precision := EstimatePrecisionRecall(t.Context(), e, a, b, 3, nil)
		_, centres := KMeans(t.Context(), e, model.Rows{Matrix: a}, 3, 9, 1, nil)
		_, threshold := EstimateCopyThreshold(t.Context(), e, model.Rows{Matrix: a}, model.Rows{Matrix: b}, nil)
		_, parzen := EstimateParzen(t.Context(), e, b, model.Rows{Matrix: a}, model.Rows{Matrix: a}, nil)
		for name, err := range map[string]error{"precision": precision, "k-means": centres, "copies": threshold, "Parzen": parzen} {
			if err == nil || !strings.Contains(err.Error(), "scale the values") || strings.Contains(err.Error(), "diverged") {
				t.Errorf("%s, scaled by %g: %v", name, scale, err)
			}
		}
	}
}
