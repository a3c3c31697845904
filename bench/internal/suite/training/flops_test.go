package training

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/model/credit"
)

// TestStepFlops writes the count for the default network out, and compares it
// with the figures of the reference: 1,650 images/s, 107 GFLOP/s.
func TestStepFlops(t *testing.T) {
	const (
		large, small = 784 * 1000, 1000 * 100

		iterations = 15 * (2*large + 3*small)
		start      = large + 2*small
		forward    = 2*large + 2*small
		gradients  = 2*large + 2*small
	)
	got := StepFlops([]int{784, 1000, 100}, 100, 15)
	if want := float64(2 * 100 * (iterations + start + forward + gradients)); got != want {
		t.Errorf("%v flops, want %v", got, want)
	}
	if rate := 1650 * got / 100 / 1e9; math.Abs(rate-107) > 0.5 {
		t.Errorf("1,650 images/s are %.1f GFLOP/s, want 107", rate)
	}
}

// TestStepFlopsOfOneLayer: without a second layer there is no g_2 to prepare.
func TestStepFlopsOfOneLayer(t *testing.T) {
	if got, want := StepFlops([]int{3, 5}, 1, 2), float64(2*15*(1+2*2+4)); got != want {
		t.Errorf("%v flops, want %v", got, want)
	}
}

func TestStepFlopsOfThreeLayers(t *testing.T) {
	want := 2 * 7 * float64(6*(1+2*10+4)+12*(2+3*10+4)+20*(2+3*10+4))
	if got := StepFlops([]int{2, 3, 4, 5}, 7, 10); got != want {
		t.Errorf("%v flops, want %v", got, want)
	}
}

// TestClassifierFlops writes the counts for 784-1000-1000-10 out.
func TestClassifierFlops(t *testing.T) {
	const first, second, third = 784 * 1000, 1000 * 1000, 1000 * 10
	for rule, down := range map[credit.Rule]float64{
		credit.Backprop: second + third, credit.FeedbackAlignment: second + third,
		credit.DirectFeedback: 2 * third, credit.DifferenceTargets: 5*second + third,
	} {
		want := 2 * 100 * (2*(first+second+third) + down)
		if got := ClassifierFlops(rule, []int{784, 1000, 1000, 10}, 100); got != want {
			t.Errorf("%v: %v flops, want %v", rule, got, want)
		}
	}
}
