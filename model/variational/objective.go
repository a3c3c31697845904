package variational

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/density"
)

// Objective is the terms of J for each example of s, at its states as they are.
// The prior's term is left out unless withPrior. With it, Objective fails with
// [model.ErrNoPrior] if the network has no prior.
func Objective(e *kernels.Engine, n *model.Network, s *model.States, withPrior bool) ([]Terms, error) {
	if err := n.Validate(); err != nil {
		return nil, err
	}
	if err := n.CheckStates(s); err != nil {
		return nil, err
	}
	prior, err := density.NewPrior(e, n, withPrior)
	if err != nil {
		return nil, err
	}
	return objective(e, n, s, prior), nil
}

func objective(e *kernels.Engine, n *model.Network, s *model.States, prior *density.Prior) []Terms {
	each := make([]Terms, s.H[0].Rows)
	serial := e.Serial()
	e.Split(len(each), func(lo, hi int) {
		share := s.Slice(lo, hi)
		n.Predict(serial, share)
		for i := range hi - lo {
			each[lo+i] = terms(share, prior, i)
		}
	})
	return each
}

// terms are the terms of example i, whose targets and predictions are up to date.
func terms(s *model.States, prior *density.Prior, i int) Terms {
	top := len(s.H) - 1
	t := Terms{P: make([]float64, top), Q: make([]float64, top), Prior: prior.LogDensity(s.H[top].Row(i))}
	for l := range top {
		t.P[l] = density.Conditional(s.H[l].Row(i), s.Prediction[l+1].Row(i))
		t.Q[l] = density.Conditional(s.H[l+1].Row(i), s.Target[l+1].Row(i))
	}
	return t
}
