// Package onnx writes models in the ONNX format, which runtimes for inference read: a
// graph of operations on float32 tensors, as a message of protocol buffers. It writes
// what networks of affine maps need, and nothing else.
//
// The numbers of the messages' fields are those of
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
package onnx

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
)

// Opset is the version of the operators: 13, of ONNX 1.8 (2020), which has Gemm, Softplus,
// Sigmoid and the rest as they are today. Runtimes read older ones than their own.
const Opset = 13

// irVersion is the version of the format that goes with it.
const irVersion = 7

// Model is a graph, and who made it.
type Model struct {
	Producer, Version string
	Doc               string
	Metadata          [][2]string // keys and values
	Graph             Graph
}

// Graph is operations in an order in which they can be done.
type Graph struct {
	Name            string
	Nodes           []Node
	Tensors         []Tensor // that are part of the model
	Inputs, Outputs []Value
}

// Node is an operation of the standard. Outputs and names are one and the same.
type Node struct {
	Op     string
	Inputs []string
	Output string
}

// Tensor is an array of float32 with a name.
type Tensor struct {
	Name  string
	Shape []int
	Data  []float32
}

// Value is an input or an output: any number of rows of so many columns.
type Value struct {
	Name    string
	Columns int
}

// rows is the name of the size of a minibatch.
const rows = "N"

// maxSize is that of a message, which readers of protocol buffers hold in 32 bits.
const maxSize = math.MaxInt32

// Write writes the model. The bytes are a function of m alone.
func Write(w io.Writer, m Model) error {
	size := 0
	for _, t := range m.Graph.Tensors {
		if size += 4 * len(t.Data); size > maxSize-1<<20 {
			return fmt.Errorf("the model has more than 2 GB of parameters, which ONNX can not keep in one file")
		}
	}
	_, err := w.Write(m.message())
	return err
}

func (m Model) message() message {
	var b message
	b.varint(1, irVersion)
	b.text(2, m.Producer)
	b.text(3, m.Version)
	b.text(6, m.Doc)
	b.add(7, m.Graph.message())
	var opset message
	opset.text(1, "")
	opset.varint(2, Opset)
	b.add(8, opset)
	for _, entry := range m.Metadata {
		var e message
		e.text(1, entry[0])
		e.text(2, entry[1])
		b.add(14, e)
	}
	return b
}

func (g Graph) message() message {
	var b message
	for _, n := range g.Nodes {
		b.add(1, n.message())
	}
	b.text(2, g.Name)
	for _, t := range g.Tensors {
		b.add(5, t.message())
	}
	for _, v := range g.Inputs {
		b.add(11, v.message())
	}
	for _, v := range g.Outputs {
		b.add(12, v.message())
	}
	return b
}

func (n Node) message() message {
	var b message
	for _, name := range n.Inputs {
		b.text(1, name)
	}
	b.text(2, n.Output)
	b.text(3, n.Output)
	b.text(4, n.Op)
	return b
}

// float is the type of elements.
const float = 1

func (t Tensor) message() message {
	b := make(message, 0, 4*len(t.Data)+64)
	for _, size := range t.Shape {
		b.varint(1, uint64(size))
	}
	b.varint(2, float)
	b.text(8, t.Name)
	b.head(9, 4*len(t.Data))
	for _, x := range t.Data {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

func (v Value) message() message {
	var n, columns, shape, tensor, typ, b message
	n.text(2, rows)
	columns.varint(1, uint64(v.Columns))
	shape.add(1, n)
	shape.add(1, columns)
	tensor.varint(1, float)
	tensor.add(2, shape)
	typ.add(1, tensor)
	b.text(1, v.Name)
	b.add(2, typ)
	return b
}
