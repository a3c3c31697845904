package encode

import (
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/labelled"
)

// Images makes the examples as the network reads them, the states that INFERENCE leaves,
// and the reconstructions.
func Images(n *model.Network, settings model.Inference) Encoder {
	c := newEncoder(n.Config.Sizes)
	again := len(c.Arrays)
	c.Arrays = append(c.Arrays, Array{reconstructions, n.Config.Sizes[0], true})
	c.encode = func(e *kernels.Engine, arrays []kernels.Matrix) {
		s := n.NewStates(arrays[0].Rows)
		copy(s.H, arrays)
		n.Infer(e, s, settings)
		n.Decode(e, arrays[again], 1, s.H[1])
	}
	return c
}

// Labelled makes the same of a network with labels, all of which are missing, and the
// probabilities of the classes.
func Labelled(n *labelled.Network, settings labelled.Inference) Encoder {
	c := newEncoder(n.Config.Sizes)
	again := len(c.Arrays)
	c.Arrays = append(c.Arrays, Array{reconstructions, n.Config.Sizes[0], true}, Array{probabilities, n.Config.Classes, false})
	c.encode = func(e *kernels.Engine, arrays []kernels.Matrix) {
		n.Encode(e, arrays[:again], arrays[again+1], settings)
		n.Images.Decode(e, arrays[again], 1, arrays[1])
	}
	return c
}

// Feedforward makes the examples as the network reads them, the states of the hidden
// layers, and the probabilities of the classes, or their predicted rewards.
func Feedforward(n *feedforward.Network) Encoder {
	maps := n.Config.Maps()
	c := newEncoder(n.Config.Sizes[:maps])
	out := Array{rewards, n.Config.Outputs(), false}
	if n.Config.Top == feedforward.Softmax {
		out.Name = probabilities
	}
	c.Arrays = append(c.Arrays, out)
	if c.Top == "" { // no hidden layer
		c.Top = out.Name
	}
	c.encode = func(e *kernels.Engine, arrays []kernels.Matrix) {
		for l := 1; l <= maps; l++ {
			n.Forward(e, arrays[l], l, arrays[l-1])
		}
		n.Finish(e, arrays[maps])
	}
	return c
}
