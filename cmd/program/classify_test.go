package program

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/classification"
	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// TestClassify compares JSON, CSV, table and pictures of each task's model, and
// with what training said.
func TestClassify(t *testing.T) {
	data := tiny.Data(t)
	for _, name := range labelTasks {
		out := t.TempDir()
		dir := run.Dir(filepath.Join(out, "run"))
		told := mustCall(t, tinyTask(name, data, string(dir))...)
		predictions, confusion, mistakes := filepath.Join(out, "p.csv"), filepath.Join(out, "c.png"), filepath.Join(out, "m.png")
		args := []string{"classify", "--model", string(dir), "--data", data}
		table := mustCall(t, append(args, "--out", predictions, "--confusion", confusion, "--mistakes", mistakes, "--show", "4")...)
		for _, want := range []string{"on 60 images of ./tiny, test", "right", predictions, confusion, mistakes} {
			if !strings.Contains(table, want) {
				t.Errorf("%s: no %q in\n%s", name, want, table)
			}
		}
		_, accuracy, _ := strings.Cut(told, "test     ")
		accuracy, _, _ = strings.Cut(accuracy, ",")
		if !strings.HasPrefix(table, accuracy) {
			t.Errorf("%s: training said %q, classify\n%s", name, accuracy, table)
		}
		decodePNG(t, confusion)
		decodePNG(t, mistakes)

		var r classification.Report
		decodeJSON(t, mustCall(t, append(args, "--json")...), &r)
		rows, err := csv.NewReader(strings.NewReader(read(t, predictions))).ReadAll()
		if err != nil || len(rows) != 61 || len(rows[0]) != 3+tiny.Classes {
			t.Fatalf("%s: %d rows, %v", name, len(rows), err)
		}
		letter := map[string]string{"reward": "q"}[name]
		if letter == "" {
			letter = "p"
		}
		if want := "image,label,predicted," + letter + "0,"; !strings.HasPrefix(read(t, predictions), want) {
			t.Errorf("%s: the CSV begins with %s, want %s", name, rows[0], want)
		}
		right, diagonal, total := 0, 0, 0
		for i, p := range r.Predictions {
			row := rows[1+i]
			if row[0] != strconv.Itoa(i) || row[1] != strconv.Itoa(*p.Label) || row[2] != strconv.Itoa(p.Predicted) {
				t.Errorf("%s: row %q, prediction %+v", name, row, p)
			}
			sum := 0.0
			for j, y := range p.Outputs {
				if v, err := strconv.ParseFloat(row[3+j], 32); err != nil || float32(v) != y || y > p.Outputs[p.Predicted] {
					t.Errorf("%s: image %d, output %d: %s, %v", name, i, j, row[3+j], y)
				}
				sum += float64(y)
			}
			if name != "reward" && math.Abs(sum-1) > 1e-5 {
				t.Errorf("%s: the probabilities of image %d sum to %v", name, i, sum)
			}
			if *p.Label == p.Predicted {
				right++
			}
		}
		for i, row := range r.Confusion {
			diagonal += row[i]
			for _, n := range row {
				total += n
			}
		}
		if share := float64(right) / 60; *r.Accuracy != share || math.Abs(*r.StdErr-math.Sqrt(share*(1-share)/60)) > 1e-12 || diagonal != right || total != 60 || r.Task != name {
			t.Errorf("%s: report of %v +- %v, %d of %d on the diagonal; %d are right", name, *r.Accuracy, *r.StdErr, diagonal, total, right)
		}
		if valid := mustCall(t, append(args, "--part", "valid")...); !strings.Contains(valid, "on 50 images of ./tiny, valid") {
			t.Errorf("%s: %s", name, valid)
		}
	}
}

// TestClassifyRefuses: what cannot classify says what can, and nothing is written.
func TestClassifyRefuses(t *testing.T) {
	data := tiny.Data(t)
	generative, classifier, labelled := tinyRun(t, data), tinyRun(t, data, "--task", "classify"), tinyRun(t, data, "--task", "label")
	t.Chdir(t.TempDir())
	classify := func(dir string, more ...string) []string {
		return append([]string{"classify", "--data", data, "--model", dir, "--out", "p.csv"}, more...)
	}
	mustFail(t, cli.StatusFailed, []string{"without labels", "train --task label", "classify or reward"}, classify(string(generative))...)
	mustFail(t, cli.StatusFailed, []string{"none", "train --task classify"}, classify("none")...)
	mustFail(t, cli.StatusFailed, []string{"a classifier", "train --task generate"}, "eval", "--data", data, "--model", string(classifier))
	mustFail(t, cli.StatusFailed, []string{"with labels", "train --task generate"}, "eval", "--data", data, "--model", string(labelled))
	mustFail(t, cli.StatusFailed, []string{"a classifier", "--task label"}, "sample", "--out", "a.png", "--model", string(classifier))
	mustFail(t, cli.StatusFailed, []string{"a classifier", "--task label"}, "fill", "--out", "a.png", "--data", data, "--model", string(classifier))
	more := relabelled(t, func(i int) byte { return byte(i % 7) })
	mustFailWith(t, `class "4", and the model knows 0, 1, 2, 3`, classify(string(classifier), "--data", more, "--part", "train")...)
	mustFail(t, cli.StatusFailed, []string{"35"}, classify(string(classifier), "--data", "digits")...)
	for _, dir := range []run.Dir{classifier, labelled} {
		good := read(t, dir.Model())
		for _, content := range []string{"", good[:7], good[:200], good[:len(good)-1], good + "x", strings.Replace(good, "[35,20]", "[20,35]", 1), good[:len(good)-4] + "\x00\x00\xc0\x7f"} {
			write(t, dir.Model(), content)
			mustFail(t, cli.StatusFailed, []string{dir.Model()}, classify(string(dir))...)
		}
		write(t, dir.Model(), good)
	}
	for _, c := range []struct{ args, want string }{
		{"classify --part half", "--part half"},
		{"classify --show 0", "--show 0"},
		{"classify --out a.txt", "--out .csv"},
		{"classify --out=", "--out file"},
		{"classify --confusion a.csv", "--confusion .png"},
		{"classify --mistakes noending", "--mistakes .png"},
		{"classify stray", `"stray"`},
	} {
		mustFail(t, cli.StatusUsage, strings.Fields(c.want), strings.Fields(c.args)...)
	}
	if entries, err := os.ReadDir("."); err != nil || len(entries) > 0 {
		t.Errorf("refusals left %v, %v", entries, err)
	}
}

// mustFailWith is mustFail after a note that the data are not those of training.
func mustFailWith(t *testing.T, want string, args ...string) {
	t.Helper()
	if r := call(args...); r.status != cli.StatusFailed || !strings.Contains(r.stderr, want) {
		t.Errorf("%q: status %d, stderr %q, want %q", args, r.status, r.stderr, want)
	}
}

// TestSampleClass: a model with labels draws what it is asked for.
func TestSampleClass(t *testing.T) {
	data, dir := tinyModel(t, "--task", "label", "--epochs", "20", "--lr", "0.01")
	sample := func(out string, more ...string) string {
		mustCall(t, append([]string{"sample", "--model", string(dir), "--n", "9", "--out", out}, more...)...)
		return read(t, out)
	}
	one, two, any := sample("1.npy", "--class", "1"), sample("2.npy", "--class", "2"), sample("any.npy")
	if one == two || one == any || two == any || one != sample("again.npy", "--class", "1", "--threads", "1") {
		t.Error("classes draw the same images, or one class others")
	}
	if one == sample("rounds.npy", "--class", "1", "--rounds", "2") || one == sample("scale.npy", "--class", "1", "--prior-scale", "2") || one == sample("seed.npy", "--class", "1", "--seed", "2") {
		t.Error("a flag changes nothing")
	}
	sample("a.png", "--class", "0")
	decodePNG(t, "a.png")
	mustFail(t, cli.StatusUsage, []string{"--class 4", "0 to 3"}, "sample", "--model", string(dir), "--class", "4", "--out", "b.png")
	mustFail(t, cli.StatusUsage, []string{"--method", "--rounds"}, "sample", "--model", string(dir), "--method", "directed", "--out", "b.png")
	mustFail(t, cli.StatusUsage, []string{"--class 1", "train --task label"}, "sample", "--model", tinyRun(t, data).Model(), "--class", "1", "--out", "b.png")
	mustCall(t, "fill", "--model", string(dir), "--data", data, "--out", "filled.png", "--n", "5")
	decodePNG(t, "filled.png")
}
