package program

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/export"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/onnx"
)

// TestExport: files and what is said of them. What the graphs compute is tested in package
// export.
func TestExport(t *testing.T) {
	data := tiny.Data(t)
	dir := tinyRun(t, data)
	t.Chdir(t.TempDir())
	for part, want := range map[string]export.Report{
		export.Encoder: {Inputs: []export.Value{{Name: "x", Columns: 35}}, Outputs: []export.Value{{Name: "h1", Columns: 20}, {Name: "h2", Columns: 10}}},
		export.Decoder: {Inputs: []export.Value{{Name: "h2", Columns: 10}}, Outputs: []export.Value{{Name: "x", Columns: 35}}},
		export.Sample:  {Inputs: []export.Value{{Name: "noise", Columns: 10}}, Outputs: []export.Value{{Name: "x", Columns: 35}}},
	} {
		args := []string{"export", "--model", string(dir), "--part", part, "--onnx"}
		var r export.Report
		decodeJSON(t, mustCall(t, append(args, part+".onnx", "--json")...), &r)
		if !slices.Equal(r.Inputs, want.Inputs) || !slices.Equal(r.Outputs, want.Outputs) || r.Opset != onnx.Opset || r.Part != part || r.File != part+".onnx" {
			t.Errorf("%s: %+v", part, r)
		}
		out := mustCall(t, append(args, "again.onnx")...)
		if !strings.Contains(out, "again.onnx: "+part+" of ") || !strings.Contains(out, "input   "+want.Inputs[0].Name) {
			t.Errorf("%s: output %q", part, out)
		}
		file := read(t, part+".onnx")
		if read(t, "again.onnx") != file {
			t.Errorf("%s: the second time the bytes are others", part)
		}
		for _, name := range []string{"targetprop", "data_sha256", "Sigmoid"} {
			if !strings.Contains(file, name) {
				t.Errorf("%s: no %s in the file", part, name)
			}
		}
	}
	label := filepath.Join(t.TempDir(), "label")
	mustCall(t, tinyTask("label", data, label)...)
	mustFail(t, cli.StatusFailed, []string{"generative model with labels"}, "export", "--model", label, "--onnx", "a.onnx")
}
