package rstdp

import (
	"math"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/kernels"
)

func TestBadSettings(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for want, changes := range map[string][]func(*Settings){
		"networks":        {func(s *Settings) { s.Runs = 0 }},
		"blocks":          {func(s *Settings) { s.Block = 0 }, func(s *Settings) { s.Block = maxBlock + 1 }},
		"trials":          {func(s *Settings) { s.Trials = 0 }, func(s *Settings) { s.Trials = 150 }, func(s *Settings) { s.Duration = nan }},
		"inputs":          {func(s *Settings) { s.Inputs = 1 }, func(s *Settings) { s.High = 1001 }, func(s *Settings) { s.Low = s.High + 1 }, func(s *Settings) { s.Low = nan }},
		"patterns":        {func(s *Settings) { s.Patterns = 1 }},
		"their product":   {func(s *Settings) { s.Patterns, s.Inputs = maxInputs, maxInputs }, func(s *Settings) { s.Inputs, s.Step = maxInputs, s.Duration/maxSteps }},
		"steps":           {func(s *Settings) { s.Step = 0 }, func(s *Settings) { s.Step = 1e-9 }, func(s *Settings) { s.Step = 2 * s.Duration }},
		"threshold":       {func(s *Settings) { s.Threshold = s.Rest }, func(s *Settings) { s.Rest = nan }},
		"leak":            {func(s *Settings) { s.Leak = 0 }, func(s *Settings) { s.Leak = inf }},
		"pause":           {func(s *Settings) { s.Pause = -1 }},
		"ramps":           {func(s *Settings) { s.Slope = nan }},
		"noise":           {func(s *Settings) { s.Noise = -1 }},
		"weights":         {func(s *Settings) { s.MaxWeight = inf }},
		"learning rate":   {func(s *Settings) { s.Rate = -1 }},
		"eligibility":     {func(s *Settings) { s.Trace = s.Step / 2 }},
		"reward after":    {func(s *Settings) { s.Delay = -1 }, func(s *Settings) { s.Delay = 1e5 }},
		"expected reward": {func(s *Settings) { s.Baseline = 1.5 }},
	} {
		for _, change := range changes {
			s := Default()
			change(&s)
			if _, err := Simulate(t.Context(), kernels.Default(), s, nil); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("want an error about %s, got %v", want, err)
			}
		}
	}
	if err := Default().Validate(); err != nil {
		t.Error(err)
	}
}
