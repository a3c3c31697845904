package model_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/internal/grouptest"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestArgumentsOfOne: what is wrong with the arguments of one process alone is an error in all, before any begins.
func TestArgumentsOfOne(t *testing.T) {
	all := engines(t, 2)
	infer, none, sampling, unscaled := model.TrainInference(), model.Inference{Iterations: -1}, model.DefaultSampling(), model.Sampling{PriorScale: -1}
	pick := func(bad bool) func(wrong, right int) int {
		return func(wrong, right int) int {
			if bad {
				return wrong
			}
			return right
		}
	}
	for want, use := range map[string]func(n *model.Network, e *kernels.Engine, bad bool) error{
		"features of layer 9": func(n *model.Network, e *kernels.Engine, bad bool) error {
			_, err := n.Features(t.Context(), e, groupData, pick(bad)(9, 1), infer, nil)
			return err
		},
		"-1 iterations of inference": func(n *model.Network, e *kernels.Engine, bad bool) error {
			return n.EstimatePrior(t.Context(), e, groupData, []model.Inference{infer, none}[pick(bad)(1, 0)], nil)
		},
		"the reconstruction of no examples": func(n *model.Network, e *kernels.Engine, bad bool) error {
			_, err := n.ReconstructionError(t.Context(), e, groupData, pick(bad)(0, 51), infer)
			return err
		},
		"examples of 29 numbers": func(n *model.Network, e *kernels.Engine, bad bool) error {
			_, err := n.ReconstructionError(t.Context(), e, modeltest.Bars{N: 51, Width: pick(bad)(29, 30)}, 51, infer)
			return err
		},
		"-1 samples": func(n *model.Network, e *kernels.Engine, bad bool) error {
			_, err := n.Generate(t.Context(), e, pick(bad)(-1, 20), sampling, nil)
			return err
		},
		"prior scale -1": func(n *model.Network, e *kernels.Engine, bad bool) error {
			_, err := n.Generate(t.Context(), e, 20, []model.Sampling{sampling, unscaled}[pick(bad)(1, 0)], nil)
			return err
		},
		"has no prior yet": func(n *model.Network, e *kernels.Engine, bad bool) error {
			if bad {
				n.Prior = model.Prior{}
			}
			_, err := n.Generate(t.Context(), e, 20, sampling, nil)
			return err
		},
		"the prior: unit 0": func(n *model.Network, e *kernels.Engine, bad bool) error {
			if bad {
				n.Prior.Std[0] = -1
			}
			_, err := n.Generate(t.Context(), e, 20, sampling, nil)
			if !errors.Is(err, model.ErrDiverged) {
				t.Errorf("a prior that can not be in one process: error %v", err)
			}
			return err
		},
		"states of 3 units": func(n *model.Network, e *kernels.Engine, bad bool) error {
			_, err := n.GenerateFrom(t.Context(), e, kernels.NewMatrix(20, pick(bad)(3, 4)), sampling, nil)
			return err
		},
		"a network of 1 encoder": func(n *model.Network, e *kernels.Engine, bad bool) error {
			if bad {
				n.Encoders = n.Encoders[:1]
			}
			_, err := n.GenerateFrom(t.Context(), e, kernels.NewMatrix(20, 4), sampling, nil)
			return err
		},
		"batches of 0": func(n *model.Network, e *kernels.Engine, bad bool) error {
			settings := groupSettings(kernels.Adam)
			settings.Batch *= pick(bad)(0, 1)
			return n.Train(t.Context(), e, groupData, settings, nil)
		},
	} {
		for bad := range 2 {
			grouptest.Together(t, 2, func(g grouptest.Member) error {
				n := modeltest.Network(t, all[g.Rank()], 30, 8, 4)
				n.Group, n.Prior = g, model.Prior{Mean: make([]float32, 4), Std: make([]float32, 4)}
				err := use(n, all[g.Rank()], g.Rank() == bad)
				if err == nil || !strings.Contains(err.Error(), want) || strings.HasPrefix(err.Error(), fmt.Sprintf("process %d of the group: ", bad)) != (g.Rank() != bad) {
					t.Errorf("%s in rank %d, rank %d: error %v", want, bad, g.Rank(), err)
				}
				return nil
			})
		}
	}
}
