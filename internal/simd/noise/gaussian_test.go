package noise

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/internal/simd/isa"
	"github.com/targetprop/targetprop/internal/view"
)

// TestGaussianDistribution draws 10^8 numbers, a hundredth of them
// with -short, and compares moments, tails and, by Kolmogorov and Smirnov's
// test, the whole distribution with the normal one.
func TestGaussianDistribution(t *testing.T) {
	best := isa.Available()[0]
	const rows, cols = 100, 1000
	steps := 1000
	if testing.Short() {
		steps = 10
	}
	n := float64(rows * cols * steps)

	const bins, reach = 1 << 14, 8.0
	counts := make([]int, bins)
	var moment [5]float64
	beyond := 0 // five sigma
	zero, z := view.NewMatrix[float32](rows, cols), view.NewMatrix[float32](rows, cols)
	for step := range steps {
		AddGaussian(best, z, zero, 1, Noise{Seed: 42, Stream: 3, Step: uint32(step)}, 0, 0, rows)
		for i := range rows {
			for _, v := range z.Row(i) {
				x := float64(v)
				moment[1] += x
				moment[2] += x * x
				moment[3] += x * x * x
				moment[4] += x * x * x * x
				if x > 5 || x < -5 {
					beyond++
				}
				counts[int((x+reach)*(bins/(2*reach)))]++
			}
		}
	}
	for k, want := range []struct{ value, variance float64 }{1: {0, 1}, 2: {1, 2}, 3: {0, 15}, 4: {3, 96}} {
		if k == 0 {
			continue
		}
		got, stdErr := moment[k]/n, math.Sqrt(want.variance/n)
		t.Logf("moment %d: %.6f, want %g +- %.6f", k, got, want.value, stdErr)
		if math.Abs(got-want.value) > 4*stdErr {
			t.Errorf("moment %d is %.6f, want %g +- %.6f", k, got, want.value, stdErr)
		}
	}
	if want := n * math.Erfc(5/math.Sqrt2); math.Abs(float64(beyond)-want) > 4*math.Sqrt(want)+1 || want > 20 && beyond == 0 {
		t.Errorf("%d draws beyond 5 sigma, want %.1f +- %.1f", beyond, want, math.Sqrt(want))
	}
	// The largest distance of the two distribution functions at the bins' edges.
	var distance, below float64
	for i, c := range counts {
		below += float64(c)
		edge := -reach + float64(i+1)*(2*reach/bins)
		distance = max(distance, math.Abs(below/n-0.5*math.Erfc(-edge/math.Sqrt2)))
	}
	const critical = 1.95 // of distance*sqrt(n): exceeded with probability 0.001
	t.Logf("%.0f draws: distance*sqrt(n) = %.3f, %d beyond 5 sigma", n, distance*math.Sqrt(n), beyond)
	if distance*math.Sqrt(n) > critical {
		t.Errorf("Kolmogorov-Smirnov: distance*sqrt(n) = %.3f, want at most %.2f", distance*math.Sqrt(n), critical)
	}
}
