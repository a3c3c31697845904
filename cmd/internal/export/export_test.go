package export_test

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/export"
	"github.com/targetprop/targetprop/internal/onnx"
	"github.com/targetprop/targetprop/kernels"
	"github.com/targetprop/targetprop/model"
	"github.com/targetprop/targetprop/model/feedforward"
	"github.com/targetprop/targetprop/model/labelled"
)

// network is an untrained one with a prior, of all activations.
func network(t *testing.T) *model.Network {
	t.Helper()
	config := model.DefaultConfig(7, 9, 6, 5)
	config.Encoders = []kernels.Activation{kernels.Softplus, kernels.Tanh, kernels.Sigmoid}
	config.Decoders = []kernels.Activation{kernels.Sigmoid, kernels.ReLU, kernels.Identity}
	n, err := model.New(config, 3, kernels.Default())
	if err != nil {
		t.Fatal(err)
	}
	setBiases(n.Maps())
	n.Prior = model.Prior{Mean: []float32{.1, .2, .3, .4, .5}, Std: []float32{.5, .4, .3, .2, .1}}
	return n
}

// setBiases sets what a new network does not have.
func setBiases(maps []model.Map) {
	for i, m := range maps {
		bias := kernels.NewMatrix(1, m.Outputs())
		kernels.Default().AddGaussian(bias, bias, 0.5, kernels.Noise{Seed: 9, Step: uint32(i)}, 0)
		m.Weights.Pack(0, bias)
	}
}

// labelledNetwork is an untrained one with labels.
func labelledNetwork(t *testing.T) *labelled.Network {
	t.Helper()
	n, err := labelled.New(labelled.DefaultConfig(3, 7, 9, 5), 3, kernels.Default())
	if err != nil {
		t.Fatal(err)
	}
	setBiases(append(n.Images.Maps(), n.Encoder, n.Decoder))
	return n
}

// feedforwardNetwork is an untrained one.
func feedforwardNetwork(t *testing.T, top feedforward.Top) *feedforward.Network {
	t.Helper()
	config := feedforward.DefaultConfig(top, 7, 9, 6, 3)
	config.Hidden[1] = kernels.Softplus
	n, err := feedforward.New(config, 3, kernels.Default())
	if err != nil {
		t.Fatal(err)
	}
	setBiases(n.Maps)
	return n
}

// runtime evaluates a graph, and says what its outputs are.
type runtime func(t *testing.T, file []byte, inputs map[string]matrix) map[string]matrix

// TestONNX: what a reader that knows the standard makes of a graph is what the network
// does.
func TestONNX(t *testing.T) { check(t, evaluate) }

// onnxRuntime is the folder in which `npm install onnxruntime-web` was done.
const onnxRuntime = "TARGETPROP_ONNXRUNTIME"

// TestONNXRuntime is TestONNX by the runtime itself.
func TestONNXRuntime(t *testing.T) {
	dir := os.Getenv(onnxRuntime)
	if dir == "" {
		t.Skip("set " + onnxRuntime + "; see docs/onnx.md")
	}
	check(t, func(t *testing.T, file []byte, inputs map[string]matrix) map[string]matrix {
		t.Helper()
		path := filepath.Join(t.TempDir(), "model.onnx")
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		given, err := json.Marshal(inputs)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("node", "-e", `
const ort = require("onnxruntime-web"), [path, given] = process.argv.slice(1);
(async () => {
  const session = await ort.InferenceSession.create(path), feeds = {}, results = {};
  for (const [name, rows] of Object.entries(JSON.parse(given)))
    feeds[name] = new ort.Tensor("float32", Float32Array.from(rows.flat()), [rows.length, rows[0].length]);
  for (const [name, out] of Object.entries(await session.run(feeds))) {
    const [rows, columns] = out.dims;
    results[name] = Array.from({length: rows}, (_, i) => Array.from(out.data.slice(i * columns, (i + 1) * columns)));
  }
  console.log(JSON.stringify(results));
})();`, path, string(given))
		cmd.Dir, cmd.Stderr = dir, os.Stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		results := map[string]matrix{}
		if err := json.Unmarshal(out, &results); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return results
	})
}

func check(t *testing.T, run runtime) {
	n, e := network(t), kernels.Default()
	noise := func(rows, cols int, seed uint64) kernels.Matrix {
		m := kernels.NewMatrix(rows, cols)
		e.AddGaussian(m, m, 1, kernels.Noise{Seed: seed}, 0)
		return m
	}
	x, top, draws := noise(4, 7, 1), noise(3, 5, 2), noise(5, 5, 3)
	s := n.NewStates(4)
	copyRows(s.H[0], x)
	n.Start(e, s)
	means := map[string]kernels.Matrix{"h1": s.H[1], "h2": s.H[2], "h3": s.H[3]}
	down := func(top kernels.Matrix) map[string]kernels.Matrix {
		images, err := n.GenerateFrom(t.Context(), e, top, model.DirectedSampling(), nil)
		if err != nil {
			t.Fatal(err)
		}
		return map[string]kernels.Matrix{"x": images}
	}
	drawn := kernels.NewMatrix(5, 5)
	for i := range 5 {
		for j := range 5 {
			drawn.Row(i)[j] = n.Prior.Mean[j] + 4*n.Prior.Std[j]*draws.Row(i)[j]
		}
	}
	try := func(of export.Network, part, input string, in kernels.Matrix, want map[string]kernels.Matrix) {
		t.Helper()
		graph, err := export.ONNX(of, export.Options{Part: part, PriorScale: 4})
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		if err := onnx.Write(&file, graph); err != nil {
			t.Fatal(err)
		}
		got := run(t, file.Bytes(), map[string]matrix{input: numbers(in)})
		if len(got) != len(want) {
			t.Errorf("%s: %d outputs, want %d", part, len(got), len(want))
		}
		for name, want := range want {
			for i, row := range numbers(want) {
				for j, w := range row {
					if i >= len(got[name]) || j >= len(got[name][i]) || math.Abs(got[name][i][j]-w) > 1e-5 {
						t.Fatalf("%s: %s[%d][%d] of %v, want %v", part, name, i, j, got[name], w)
					}
				}
			}
		}
	}
	of := export.Network{Images: n}
	try(of, export.Encoder, "x", x, means)
	try(of, export.Decoder, "h3", top, down(top))
	try(of, export.Sample, "noise", draws, down(drawn))

	of = export.Network{Labelled: labelledNetwork(t)}
	h := []kernels.Matrix{x, kernels.NewMatrix(4, 9), kernels.NewMatrix(4, 5)}
	probabilities := kernels.NewMatrix(4, 3)
	of.Labelled.Encode(e, h, probabilities, labelled.ClassifyInference())
	try(of, export.Encoder, "x", x, map[string]kernels.Matrix{"h1": h[1], "h2": h[2]})
	try(of, export.Classify, "x", x, map[string]kernels.Matrix{"probabilities": probabilities})
	classified, err := of.Labelled.Classify(t.Context(), e, model.Rows{Matrix: x}, labelled.ClassifyInference(), nil)
	if err != nil {
		t.Fatal(err)
	}
	try(of, export.Classify, "x", x, map[string]kernels.Matrix{"probabilities": classified})
	h1, images := kernels.NewMatrix(3, 9), kernels.NewMatrix(3, 7)
	of.Labelled.Images.Decode(e, h1, 2, top)
	of.Labelled.Images.Decode(e, images, 1, h1)
	try(of, export.Decoder, "h2", top, map[string]kernels.Matrix{"x": images})

	for tops, output := range map[feedforward.Top]string{feedforward.Softmax: "probabilities", feedforward.Logistic: "rewards", feedforward.Linear: "rewards"} {
		of := export.Network{Feedforward: feedforwardNetwork(t, tops)}
		y, err := of.Feedforward.Predict(t.Context(), e, model.Rows{Matrix: x}, nil)
		if err != nil {
			t.Fatal(err)
		}
		try(of, export.Classify, "x", x, map[string]kernels.Matrix{output: y})
	}
}

func numbers(m kernels.Matrix) matrix {
	all := make(matrix, m.Rows)
	for i := range all {
		for _, x := range m.Row(i) {
			all[i] = append(all[i], float64(x))
		}
	}
	return all
}

func copyRows(dst, src kernels.Matrix) {
	for i := range src.Rows {
		copy(dst.Row(i), src.Row(i))
	}
}

// TestNoPrior: without one nothing can be drawn.
func TestNoPrior(t *testing.T) {
	n := network(t)
	n.Prior = model.Prior{}
	of := export.Network{Images: n}
	if _, err := export.ONNX(of, export.Options{Part: export.Sample, PriorScale: 4}); err != model.ErrNoPrior {
		t.Errorf("error %v", err)
	}
	if _, err := export.ONNX(of, export.Options{Part: "magic"}); err == nil {
		t.Error("there is a part called magic")
	}
	if _, err := export.ONNX(export.Network{Labelled: labelledNetwork(t)}, export.Options{Part: export.Sample}); err == nil {
		t.Error("a model with labels has no one prior")
	}
}
