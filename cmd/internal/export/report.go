package export

import "github.com/targetprop/targetprop/internal/onnx"

// Report says what was written. The JSON names are a promise to users.
type Report struct {
	Model   string  `json:"model"`
	File    string  `json:"file"`
	Part    string  `json:"part"`
	Opset   int     `json:"opset"`
	Inputs  []Value `json:"inputs"`
	Outputs []Value `json:"outputs"`
}

// Value is an input or an output of the graph: any number of rows of float32.
type Value struct {
	Name    string `json:"name"`
	Columns int    `json:"columns"`
}

// ReportOf is that of a model's part in a file.
func ReportOf(from, file string, m onnx.Model) Report {
	r := Report{Model: from, File: file, Part: m.Graph.Name, Opset: onnx.Opset}
	for _, v := range m.Graph.Inputs {
		r.Inputs = append(r.Inputs, Value(v))
	}
	for _, v := range m.Graph.Outputs {
		r.Outputs = append(r.Outputs, Value(v))
	}
	return r
}
