package qlearning

import (
	"math"
	"testing"

	"github.com/targetprop/targetprop/model/credit"
)

// TestSchedules: exploration and learning rates fall in straight lines, and stay.
func TestSchedules(t *testing.T) {
	s := DefaultSettings(credit.Backprop)
	s.Explore, s.Cool, s.Policy.Epsilon = 1000, 200, 0.1
	for step, want := range map[int]float64{0: 1, 500: 0.55, 1000: 0.1, 5000: 0.1} {
		if got := s.policy(step).Epsilon; math.Abs(got-want) > 1e-12 {
			t.Errorf("step %d: epsilon %v, want %v", step, got, want)
		}
	}
	for number, want := range map[int]float64{0: 1, 100: 0.55, 200: 0.1, 5000: 0.1} {
		if got := float64(s.rateScale(number)); math.Abs(got-want) > 1e-6 {
			t.Errorf("minibatch %d: rates times %v, want %v", number, got, want)
		}
	}
	s.Explore, s.Cool = 0, 0
	if s.policy(0).Epsilon != 0.1 || s.rateScale(100) != 1 {
		t.Errorf("without schedules: epsilon %v, rates times %v", s.policy(0).Epsilon, s.rateScale(100))
	}
	if err := s.Validate(); err != nil {
		t.Error(err)
	}
}
