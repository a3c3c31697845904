package chain

import (
	"testing"

	"github.com/targetprop/targetprop/internal/caught"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model/internal/modeltest"
)

// TestInWords: whatever one argument is, nothing fails with words of the runtime.
func TestInWords(t *testing.T) {
	e := modeltest.Engine(t, kernels.AVX512, 2)
	caught.InWords(t, map[string]any{"ParseKind": ParseKind, "Uniform": Uniform, "Walk": Walk, "DefaultWalking": DefaultWalking},
		e, kernels.NewMatrix(3, 6), kernels.Matrix{}, kernels.NewMatrix(2, 5), kernels.Matrix{Rows: 3, Cols: 6, Stride: 6}, kernels.Matrix{Rows: -1, Cols: 6, Stride: 6}, modeltest.Network(t, e, 6, 5, 4), DefaultWalking(Joint), Latent)
}
