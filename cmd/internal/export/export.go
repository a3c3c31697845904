// Package export writes parts of a model for programs that are not this one.
package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/internal/onnx"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/labelled"
)

// The parts of a model that a graph can have.
const (
	Encoder  = "encoder"  // x to h1, h2 and so on, the means
	Decoder  = "decoder"  // the top layer to x
	Sample   = "sample"   // noise to x: directed sampling
	Classify = "classify" // x to the probabilities of classes, or their rewards
)

// Parts are their names.
var Parts = []string{Encoder, Decoder, Sample, Classify}

// Network is what has parts. One of the three is not nil.
type Network struct {
	Images      *model.Network
	Labelled    *labelled.Network
	Feedforward *feedforward.Network
}

// Parts are those of the network, the first of which says most.
func (n Network) Parts() []string {
	switch {
	case n.Images != nil:
		return []string{Encoder, Decoder, Sample}
	case n.Labelled != nil:
		return []string{Encoder, Decoder, Classify}
	}
	return []string{Classify}
}

// Options say what is exported.
type Options struct {
	Part       string
	PriorScale float32 // of Sample
	Version    string  // of this program
	Notes      map[string]string
}

// operators are the activations' names in ONNX; identity needs none.
var operators = map[kernels.Activation]string{kernels.Softplus: "Softplus", kernels.Sigmoid: "Sigmoid", kernels.ReLU: "Relu", kernels.Tanh: "Tanh"}

// ONNX is a part of a network as a graph. Tensors have the names that they have in a model
// file, h1 is layer 1 and so on.
func ONNX(n Network, o Options) (onnx.Model, error) {
	m := onnx.Model{Producer: "targetprop", Version: o.Version}
	if !slices.Contains(n.Parts(), o.Part) {
		return m, fmt.Errorf("the model has no part %q: want %s", o.Part, strings.Join(n.Parts(), ", "))
	}
	for _, key := range slices.Sorted(maps.Keys(o.Notes)) {
		m.Metadata = append(m.Metadata, [2]string{key, o.Notes[key]})
	}
	b := builder{graph: &m.Graph}
	m.Graph.Name = o.Part
	images := n.Images
	if n.Labelled != nil {
		images = n.Labelled.Images
	}
	switch o.Part {
	case Encoder:
		m.Doc = "x, images in rows, to the means of the layers above: h[l] = f_l(h[l-1])"
		b.up(images)
		for l := 1; l <= images.Config.Latents(); l++ {
			b.output(layer(l), images.Config.Sizes[l])
		}
	case Decoder:
		m.Doc = "states of the top layer to x, images in rows: h[l-1] = g_l(h[l])"
		top := images.Config.Latents()
		b.input(layer(top), images.Config.Sizes[top])
		b.down(images)
	case Sample:
		if len(images.Prior.Mean) == 0 {
			return m, model.ErrNoPrior
		}
		m.Doc = fmt.Sprintf("noise of the standard normal distribution, a row for each image, to x, images in rows: directed sampling with the prior's standard deviation times %v", o.PriorScale)
		b.draw(images.Prior, o.PriorScale, layer(images.Config.Latents()))
		b.down(images)
	case Classify:
		if n.Labelled != nil {
			m.Doc = "x, images in rows, to the probabilities of their classes: softmax(g_y(h[M])) at the encoder's means"
			b.up(images)
			b.affine("label.decoder", layer(images.Config.Latents()), "logits", n.Labelled.Decoder)
			b.node("Softmax", "probabilities", "logits")
			b.output("probabilities", n.Labelled.Config.Classes)
		} else {
			m.Doc = "x, images in rows, to the outputs of the network"
			b.forward(n.Feedforward)
		}
	}
	return m, nil
}

// layer is the name of the states of a layer.
func layer(l int) string {
	if l == 0 {
		return "x"
	}
	return fmt.Sprintf("h%d", l)
}

// builder adds to a graph.
type builder struct{ graph *onnx.Graph }

func (b builder) input(name string, columns int) {
	b.graph.Inputs = append(b.graph.Inputs, onnx.Value{Name: name, Columns: columns})
}

func (b builder) output(name string, columns int) {
	b.graph.Outputs = append(b.graph.Outputs, onnx.Value{Name: name, Columns: columns})
}

func (b builder) tensor(name string, data []float32, shape ...int) {
	b.graph.Tensors = append(b.graph.Tensors, onnx.Tensor{Name: name, Shape: shape, Data: data})
}

func (b builder) node(op, output string, inputs ...string) {
	b.graph.Nodes = append(b.graph.Nodes, onnx.Node{Op: op, Inputs: inputs, Output: output})
}

// up sends the means from x up.
func (b builder) up(n *model.Network) {
	b.input(layer(0), n.Config.Sizes[0])
	for l, f := range n.Encoders {
		b.affine(fmt.Sprintf("encoder.%d", l+1), layer(l), layer(l+1), f)
	}
}

// draw draws states of a layer from its prior by noise.
func (b builder) draw(prior model.Prior, scale float32, to string) {
	units := len(prior.Mean)
	scaled := make([]float32, units)
	for i, s := range prior.Std {
		scaled[i] = scale * s
	}
	b.input("noise", units)
	b.tensor("prior.mean", prior.Mean, units)
	b.tensor("prior.scaled_std", scaled, units)
	b.node("Mul", "prior.deviation", "noise", "prior.scaled_std")
	b.node("Add", to, "prior.mean", "prior.deviation")
}

// down sends the means from the top layer down.
func (b builder) down(n *model.Network) {
	for l := n.Config.Latents(); l >= 1; l-- {
		b.affine(fmt.Sprintf("decoder.%d", l), layer(l), layer(l-1), n.Decoders[l-1])
	}
	b.output(layer(0), n.Config.Sizes[0])
}

// forward sends x through a network to its outputs: probabilities, or predicted rewards.
func (b builder) forward(n *feedforward.Network) {
	b.input(layer(0), n.Config.Inputs())
	out := "rewards"
	if n.Config.Top == feedforward.Softmax {
		out = "logits"
	}
	for l, f := range n.Maps {
		to := layer(l + 1)
		if l == len(n.Maps)-1 {
			to = out
		}
		b.affine(fmt.Sprintf("layer.%d", l+1), layer(l), to, f)
	}
	if n.Config.Top == feedforward.Softmax {
		b.node("Softmax", "probabilities", "logits")
		out = "probabilities"
	}
	b.output(out, n.Config.Outputs())
}

// affine is a map, whose tensors have the prefix of the name.
func (b builder) affine(name, from, to string, m model.Map) {
	bias, weight := matrix(1, m.Outputs()), matrix(m.Inputs(), m.Outputs())
	m.Weights.Unpack(0, bias)
	m.Weights.Unpack(1, weight)
	b.tensor(name+".weight", weight.Data, m.Inputs(), m.Outputs())
	b.tensor(name+".bias", bias.Data, m.Outputs())
	op, ok := operators[m.Activation]
	if !ok {
		b.node("Gemm", to, from, name+".weight", name+".bias")
		return
	}
	b.node("Gemm", name+".sum", from, name+".weight", name+".bias")
	b.node(op, to, name+".sum")
}

// matrix is one without gaps.
func matrix(rows, cols int) kernels.Matrix {
	return kernels.Matrix{Rows: rows, Cols: cols, Stride: cols, Data: make([]float32, rows*cols)}
}
