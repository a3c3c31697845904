package program

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

func TestEval(t *testing.T) {
	data := tiny.Data(t)
	model := tinyRun(t, data).Model()
	args := []string{"eval", "--model", model, "--data", data, "--samples", "100"}
	table := mustCall(t, args...)
	for _, want := range []string{"60 test images of ./tiny", "LL", "std. error", "generate (prior std x 4)", "generate (prior std x 2)",
		"directed (prior std x 4)", "directed (prior std x 2)", "reference: training images", "reference: k-means centres", "Theis"} {
		if strings.Count(table, want) != 1 {
			t.Errorf("not one %q in the table:\n%s", want, table)
		}
	}

	out := mustCall(t, append(args, "--json", "--threads", "1")...)
	var r evaluate.Report
	decodeJSON(t, out, &r)
	var names []string
	for _, row := range r.Rows {
		names = append(names, row.Name)
		if row.Sigma <= 0 || row.StdErr <= 0 || row.LL == 0 || row.Reference != (row.Method == "") {
			t.Errorf("row %+v", row)
		}
	}
	if want := []string{"generate-x4", "generate-x2", "directed-x4", "directed-x2", "training-images", "kmeans-centres"}; !slices.Equal(names, want) {
		t.Errorf("rows %q, want %q", names, want)
	}
	if r.Rows[0].Samples != 100 || r.Rows[4].Samples != 100 || r.Rows[5].Samples != 50 || r.TestImages != 60 || r.ValidationImages != 50 || r.Seed != 1 || !strings.Contains(r.Note, "Theis") {
		t.Errorf("report %+v", r)
	}
	if again := mustCall(t, append(args, "--json")...); again != out {
		t.Errorf("another number of threads gives another report:\n%s\n%s", out, again)
	}
}

// TestEvalOtherData: images of another size are an error, other images of the
// same size are worth a note.
func TestEvalOtherData(t *testing.T) {
	data, other := tiny.Data(t), tiny.Data(t)
	model := tinyRun(t, data).Model()
	mustFail(t, cli.StatusFailed, []string{"28 x 28 = 784", "35"}, "eval", "--model", model, "--data", "digits")
	mustFail(t, cli.StatusUsage, []string{"./tiny", "--data"}, "eval", "--model", model)

	path := filepath.Join(other, tiny.TrainImagesFile)
	content := []byte(read(t, path))
	content[500] ^= 1
	write(t, path, string(content))
	if r := call("eval", "--model", model, "--data", other, "--samples", "20"); r.status != cli.StatusOK || !strings.HasPrefix(r.stderr, "targetprop: note: ") {
		t.Errorf("status %d, stderr %q", r.status, r.stderr)
	}
}
