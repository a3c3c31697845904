package peers

import (
	"math"
	"testing"
)

// TestNoise checks mean and variance.
func TestNoise(t *testing.T) {
	const n = 100000
	list, _ := All()
	for _, p := range list {
		if p.Gaussian != nil {
			dst := make([]float32, n)
			p.Gaussian(dst)
			checkMoments(t, p.Name+" gaussian", dst, 0, 1)
		}
		if p.BernoulliMean != nil {
			dst, probability := make([]float32, n), make([]float32, n)
			for i := range probability {
				probability[i] = 0.3
			}
			p.BernoulliMean(dst, probability, 3)
			checkMoments(t, p.Name+" bernoulli", dst, 0.3, 0.3*0.7/3)
		}
	}
}

func checkMoments(t *testing.T, what string, s []float32, mean, variance float64) {
	t.Helper()
	var sum, squares float64
	for _, x := range s {
		sum += float64(x)
		squares += (float64(x) - mean) * (float64(x) - mean)
	}
	n := float64(len(s))
	if d := sum/n - mean; math.Abs(d) > 5*math.Sqrt(variance/n) {
		t.Errorf("%s: mean off by %.3g", what, d)
	}
	if r := squares / n / variance; math.Abs(r-1) > 0.03 {
		t.Errorf("%s: variance off by a factor %.3g", what, r)
	}
}
