// Package encode finds the states of examples in the layers of a model, and what the
// model makes of the examples.
package encode

import (
	"context"
	"fmt"
	"slices"

	"github.com/targetprop/targetprop/cmd/internal/data"
	"github.com/targetprop/targetprop/cmd/internal/picture"
	"github.com/targetprop/targetprop/dataset"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// Names are those of the arrays: x, h1, h2 and so on, and the reconstructions.
func Names(n *model.Network) []string {
	names := []string{"x"}
	for l := 1; l <= n.Config.Latents(); l++ {
		names = append(names, fmt.Sprintf("h%d", l))
	}
	return append(names, "reconstructions")
}

// chunk is how many examples are inferred at a time: an interruption waits for them.
const chunk = 500

// Encode infers the states of examples. The arrays are x, the examples as the model reads
// them; h1 to the top, as INFERENCE leaves them; and the reconstructions. It calls
// progress with the number of examples done.
func Encode(ctx context.Context, e *kernels.Engine, n *model.Network, examples dataset.Images, shape data.Shape, settings model.Inference, progress func(done int)) ([]picture.Array, error) {
	sizes := append(slices.Clone(n.Config.Sizes), n.Config.Sizes[0])
	var arrays []picture.Array
	for l, name := range Names(n) {
		arrays = append(arrays, picture.Array{Name: name, Rows: kernels.NewMatrix(examples.Len(), sizes[l]), Shape: sizes[l : l+1]})
	}
	again := &arrays[len(arrays)-1]
	arrays[0].Shape, again.Shape = shape.Sizes(), shape.Sizes()
	for first := 0; first < examples.Len(); first += chunk {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		end := min(first+chunk, examples.Len())
		s := n.NewStates(end - first)
		for l := range s.H {
			s.H[l] = arrays[l].Rows.Slice(first, end)
		}
		for i := range end - first {
			examples.Read(first+i, s.H[0].Row(i))
		}
		n.Infer(e, s, settings)
		n.Decode(e, again.Rows.Slice(first, end), 1, s.H[1])
		progress(end)
	}
	return arrays, nil
}
