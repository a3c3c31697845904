package program

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/compare"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/run"
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

// TestEvalSeveral: models side by side are what they are alone, and runs finds what was kept.
func TestEvalSeveral(t *testing.T) {
	data := tiny.Data(t)
	one, two := tinyRun(t, data), tinyRun(t, data, "--seed", "2", "--centre")
	args := []string{"eval", "--data", data, "--samples", "50", "--json", "--save", "--model"}
	var alone [2]evaluate.Report
	for i, dir := range []string{string(one), string(two)} {
		decodeJSON(t, mustCall(t, append(args, dir)...), &alone[i])
	}
	var both []evaluate.Report
	decodeJSON(t, call(append(args, string(one), "--model", string(two))...).stdout, &both) // with a note
	if !reflect.DeepEqual(both, alone[:]) {
		t.Errorf("together %+v, alone %+v", both, alone)
	}
	table := filepath.Join(t.TempDir(), "table.csv")
	write(t, table, strings.Repeat("0.1,0.2\n0.3,0.4\n0.5,0.9\n", 20))
	other := tinyRun(t, table, "--label", "none")
	mustFail(t, cli.StatusUsage, []string{"compared on the same data", "and " + string(other) + " 2 numbers"}, "eval", "--data", data, "--samples", "50", "--model", string(one), "--model", string(other))
	named := func(heading string) string {
		path := filepath.Join(t.TempDir(), "table.csv")
		write(t, path, heading+"\n"+strings.Repeat("0.1,0.2\n0.3,0.4\n0.5,0.9\n", 20))
		return string(tinyRun(t, path))
	}
	mustFail(t, cli.StatusUsage, []string{"2 numbers (a, b)", "2 numbers (b, a)"}, "eval", "--data", table, "--samples", "50", "--model", named("a,b"), "--model", named("b,a"))
	mustFail(t, cli.StatusUsage, []string{"one report in a folder", one.Checkpoint()}, append(args, string(one), "--model", one.Checkpoint())...)
	kept := filepath.Join(string(two), compare.EvaluationName)
	report := read(t, kept)
	for _, content := range []string{"notes of mine", `{"mine": true}`, "[]", ""} {
		write(t, kept, content)
		mustFail(t, cli.StatusFailed, []string{kept, "no report of eval --save"}, append(args, string(two))...)
		if read(t, kept) != content {
			t.Error("a file of the user's was replaced")
		}
	}
	write(t, kept, report)
	table = mustCall(t, "eval", "--data", data, "--samples", "50", "--model", string(one), "--model", string(one))
	if want := fmt.Sprintf("%.1f", alone[0].Rows[0].LL); strings.Count(table, want) < 2 || !strings.Contains(table, "2: "+one.Model()) {
		t.Errorf("no two %s in\n%s", want, table)
	}
	var runs []compare.Run
	const apart = "another range than "
	r := call("runs", "--json", string(one), string(two))
	decodeJSON(t, r.stdout, &runs)
	if strings.Count(r.stderr, apart+string(one)) != 1 {
		t.Errorf("runs of which one is centred: %q", r.stderr)
	}
	if len(runs) != 2 || runs[0].Evaluation == nil || runs[1].Evaluation.Rows[0] != alone[1].Rows[0] || runs[0].State != "finished" || runs[1].Settings["centre"] != "true" || len(runs[0].Rows) != 3 || runs[0].Epochs != 3 {
		t.Errorf("runs %+v", runs)
	}
	r = call("runs", string(one), string(two))
	if strings.Count(r.stderr, apart+string(one)) != 1 {
		t.Errorf("runs of which one is centred: %q", r.stderr)
	}
	list := r.stdout
	for _, want := range []string{string(one) + ": finished, 3 of 3 epochs", "generate on 250 images of ./tiny, layers 20,10", "on 60 images of ./tiny, by eval", "losses in other units", "--seed           1 | 2", "--centre         false | true"} {
		if !strings.Contains(list, want) {
			t.Errorf("no %q in\n%s", want, list)
		}
	}
	mustFail(t, cli.StatusFailed, []string{"nowhere", "train"}, "runs", "nowhere")
	// What was measured of another model is not this one's.
	replaced := run.Dir(filepath.Join(t.TempDir(), "run"))
	mustCall(t, tinyArgs(data, string(replaced))...)
	write(t, filepath.Join(string(replaced), compare.EvaluationName), report)
	runs = nil
	decodeJSON(t, mustCall(t, "runs", "--json", string(replaced)), &runs)
	if len(runs) != 1 || runs[0].Evaluation != nil {
		t.Errorf("a report of another model: %+v", runs)
	}
	// All is looked at before the first is measured, and its report kept.
	first := filepath.Join(string(one), compare.EvaluationName)
	if err := os.Remove(first); err != nil {
		t.Fatal(err)
	}
	mustFail(t, cli.StatusFailed, []string{"nowhere"}, append(args, string(one), "--model", "nowhere")...)
	if err := os.RemoveAll(kept); err != nil {
		t.Fatal(err)
	}
	mkdir(t, string(two), compare.EvaluationName)
	mustFail(t, cli.StatusFailed, []string{string(two), compare.EvaluationName}, append(args, string(one), "--model", string(two))...)
	if _, err := os.Stat(first); err == nil {
		t.Error("the first was measured before the second was looked at")
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

// TestEvalApart: models whose runs divided the data otherwise have references of their own, and a
// note says what does not compare; so it does where runs are listed.
func TestEvalApart(t *testing.T) {
	table := twoClasses(t, "a,b,c,label", "no", "yes")
	var models []string
	for _, more := range []string{"--split 60,20,20 --centre=false", "--split 40,20,40 --split-seed 2 --centre=false", "--split 40,20,40 --split-seed 2 --centre"} {
		models = append(models, filepath.Join(t.TempDir(), "run"))
		mustSucceed(t, append([]string{"train", "--data", table, "--layers", "4", "--epochs", "1", "--out", models[len(models)-1]}, strings.Fields(more)...)...)
	}
	args := []string{"eval", "--data", table, "--samples", "20", "--json", "--save", "--model"}
	for _, c := range []struct {
		first, second int
		want          string
	}{{0, 1, "is measured on other images than"}, {1, 2, "reads the numbers of images in another range than"}} {
		var alone evaluate.Report
		var both []evaluate.Report
		decodeJSON(t, call(append(args, models[c.second])...).stdout, &alone)
		r := call(append(args, models[c.first], "--model", models[c.second])...)
		decodeJSON(t, r.stdout, &both)
		if !reflect.DeepEqual(both[1], alone) || !strings.Contains(r.stderr, c.want) || !strings.Contains(r.stderr, "do not compare") {
			t.Errorf("together %+v, alone %+v, %q", both[1], alone, r.stderr)
		}
		if r := call("runs", models[c.first], models[c.second]); r.status != cli.StatusOK || strings.Count(r.stderr, c.want) != 1 {
			t.Errorf("runs: status %d, %q, want %q", r.status, r.stderr, c.want)
		}
	}
	mustSucceed(t, "eval", "--data", table, "--samples", "30", "--save", "--model", models[0])
	if err := os.CopyFS(filepath.Join(filepath.Dir(models[0]), "more"), os.DirFS(models[0])); err != nil {
		t.Fatal(err)
	}
	mustSucceed(t, "eval", "--data", table, "--samples", "20", "--save", "--model", models[0])
	more := filepath.Join(filepath.Dir(models[0]), "more")
	if r := call("runs", models[0], more); !strings.Contains(r.stderr, more+" is measured by 30 samples and "+models[0]+" by 20") {
		t.Errorf("runs with other numbers of samples: %q", r.stderr)
	}
	kept := filepath.Join(more, compare.EvaluationName)
	write(t, kept, regexp.MustCompile(`"(images|range)_sha256": "[0-9a-f]*",`).ReplaceAllString(read(t, kept), ""))
	if r := call("runs", models[0], more); !strings.Contains(r.stderr, "were not both measured by this version") {
		t.Errorf("runs with a report of an earlier program: %q", r.stderr)
	}
}
