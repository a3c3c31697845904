package qlearning

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/credit"
	"github.com/targetprop/targetprop/model/internal/modeltest"
	"github.com/targetprop/targetprop/model/reward"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	settings := testSettings(credit.Backprop)
	a := newAgent(t, e, settings)
	caught.InWords(t, map[string]any{
		"NewAgent": NewAgent, "Resume": Resume, "Evaluate": Evaluate, "DefaultSettings": DefaultSettings, "DefaultConfig": DefaultConfig,
	}, e, kernels.NewMatrix(3, 6), kernels.Matrix{}, kernels.NewMatrix(2, 5), kernels.Matrix{Rows: 3, Cols: 6, Stride: 6}, kernels.Matrix{Rows: -1, Cols: 6, Stride: 6}, a, a.Network, &corridor{}, settings, reward.Random())
}
