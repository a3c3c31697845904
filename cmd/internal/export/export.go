// Package export writes parts of a model for programs that are not this one.
package export

import (
	"fmt"
	"maps"
	"slices"

	"github.com/targetprop/targetprop/internal/onnx"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
)

// The parts of a model that a graph can have.
const (
	Encoder = "encoder" // x to h1, h2 and so on, the means
	Decoder = "decoder" // the top layer to x
	Sample  = "sample"  // noise to x: directed sampling
)

// Parts are their names.
var Parts = []string{Encoder, Decoder, Sample}

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
func ONNX(n *model.Network, o Options) (onnx.Model, error) {
	m := onnx.Model{Producer: "targetprop", Version: o.Version}
	for _, key := range slices.Sorted(maps.Keys(o.Notes)) {
		m.Metadata = append(m.Metadata, [2]string{key, o.Notes[key]})
	}
	b := builder{graph: &m.Graph, network: n}
	m.Graph.Name = o.Part
	top, sizes := n.Config.Latents(), n.Config.Sizes
	switch o.Part {
	case Encoder:
		m.Doc = "x, images in rows, to the means of the layers above: h[l] = f_l(h[l-1])"
		b.input("x", sizes[0])
		for l := 1; l <= top; l++ {
			b.affine(fmt.Sprintf("encoder.%d", l), layer(l-1), layer(l), n.Encoders[l-1])
			b.output(layer(l), sizes[l])
		}
	case Decoder:
		m.Doc = "states of the top layer to x, images in rows: h[l-1] = g_l(h[l])"
		b.input(layer(top), sizes[top])
		b.down()
	case Sample:
		if len(n.Prior.Mean) == 0 {
			return m, model.ErrNoPrior
		}
		m.Doc = fmt.Sprintf("noise of the standard normal distribution, a row for each image, to x, images in rows: directed sampling with the prior's standard deviation times %v", o.PriorScale)
		scaled := make([]float32, sizes[top])
		for i, s := range n.Prior.Std {
			scaled[i] = o.PriorScale * s
		}
		b.input("noise", sizes[top])
		b.tensor("prior.mean", n.Prior.Mean, sizes[top])
		b.tensor("prior.scaled_std", scaled, sizes[top])
		b.node("Mul", "prior.deviation", "noise", "prior.scaled_std")
		b.node("Add", layer(top), "prior.mean", "prior.deviation")
		b.down()
	default:
		return m, fmt.Errorf("no part of a model is called %q", o.Part)
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
type builder struct {
	graph   *onnx.Graph
	network *model.Network
}

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

// down sends the means from the top layer down.
func (b builder) down() {
	for l := b.network.Config.Latents(); l >= 1; l-- {
		b.affine(fmt.Sprintf("decoder.%d", l), layer(l), layer(l-1), b.network.Decoders[l-1])
	}
	b.output(layer(0), b.network.Config.Sizes[0])
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
