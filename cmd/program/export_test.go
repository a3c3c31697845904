package program

import (
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/export"
	"github.com/targetprop/targetprop/cmd/internal/modelfile"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/onnx"
)

// TestExport: files and what is said of them. What the graphs compute is tested in package
// export.
func TestExport(t *testing.T) {
	_, dir := tinyModel(t)
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
		if !strings.Contains(out, "again.onnx: "+part+" of ") || !strings.Contains(out, "input   "+want.Inputs[0].Name+" ") {
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
	mustFail(t, cli.StatusUsage, []string{"--part classify", "encoder, decoder, sample"}, "export", "--model", string(dir), "--part", "classify", "--onnx", "a.onnx")
}

// TestExportOfTasks: models that classify are exported, checkpoints too, and what they have
// not is refused.
func TestExportOfTasks(t *testing.T) {
	data := tiny.Data(t)
	t.Chdir(t.TempDir())
	for _, c := range []struct{ task, parts, output string }{
		{"label", "encoder decoder classify", "probabilities"}, {"classify", "classify", "probabilities"}, {"reward", "classify", "rewards"},
	} {
		mustCall(t, tinyTask(c.task, data, c.task)...)
		for _, part := range []string{"", export.Encoder, export.Decoder, export.Sample, export.Classify} {
			args := []string{"export", "--model", c.task + "/" + modelfile.Checkpoint, "--onnx", c.task + part + ".onnx", "--json"}
			want := part
			if part == "" {
				want, _, _ = strings.Cut(c.parts, " ")
			} else {
				args = append(args, "--part", part)
			}
			if !slices.Contains(strings.Fields(c.parts), want) {
				mustFail(t, cli.StatusUsage, []string{"--part " + part, "--task " + c.task, strings.ReplaceAll(c.parts, " ", ", ")}, args...)
				continue
			}
			var r export.Report
			decodeJSON(t, mustCall(t, args...), &r)
			if r.Part != want {
				t.Errorf("%s: part %s, want %s", c.task, r.Part, want)
			}
			if last := r.Outputs[len(r.Outputs)-1]; want == export.Classify && last != (export.Value{Name: c.output, Columns: 4}) {
				t.Errorf("%s: output %+v", c.task, last)
			}
		}
	}
	mustFail(t, cli.StatusFailed, []string{"nothing"}, "export", "--model", "nothing", "--onnx", "a.onnx")
}
