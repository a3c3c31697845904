package program

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/classification"
	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/internal/untuned"
)

// twoClasses writes a table of two classes that column a tells apart, with the columns in that
// order and the classes of these names.
func twoClasses(t *testing.T, columns string, classes ...string) string {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString(columns + "\n")
	for i := range 60 {
		x := map[string]string{"a": fmt.Sprint(10*(i%2) + r.IntN(3)), "b": fmt.Sprint(r.IntN(1000)), "c": fmt.Sprint(r.Float32())}
		if classes != nil {
			x["label"] = classes[i%2]
		}
		for j, name := range strings.Split(columns, ",") {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteString(x[name])
		}
		b.WriteByte('\n')
	}
	path := filepath.Join(t.TempDir(), "table.csv")
	write(t, path, b.String())
	return path
}

// TestOtherData: a model tells the classes by the names that it learned, reads the columns that it
// learned from, and fails on what it knows nothing of.
func TestOtherData(t *testing.T) {
	table := twoClasses(t, "a,b,c,label", "no", "yes")
	model := filepath.Join(t.TempDir(), "run")
	mustSucceed(t, "train", "--task", "classify", "--data", table, "--layers", "8", "--epochs", "60", "--lr", "0.01", "--out", model)
	on := func(data string, more ...string) []string {
		return append([]string{"classify", "--model", model, "--data", data}, more...)
	}
	accuracy := func(data string) float64 {
		var r classification.Report
		answer := call(on(data, "--part", "train", "--json")...)
		if answer.status != cli.StatusOK {
			t.Fatalf("%s: %s", data, answer.stderr)
		}
		decodeJSON(t, answer.stdout, &r)
		if strings.Join(r.Classes, " ") != "no yes" {
			t.Errorf("%s: classes %v", data, r.Classes)
		}
		return *r.Accuracy
	}
	for _, data := range []string{
		table,
		twoClasses(t, "label,a,b,c", "no", "yes"),
		twoClasses(t, "a,b,c,label", "yes", "yes"), // half of it is of the other class
	} {
		want := 1.0
		if data != table && !strings.Contains(read(t, data), "no") {
			want = 0.5
		}
		if got := accuracy(data); got < want-0.1 || got > want+0.1 {
			t.Errorf("accuracy %v, want %v", got, want)
		}
	}
	mustFailWith(t, `the class "perhaps", and the model knows no, yes`, on(twoClasses(t, "a,b,c,label", "no", "perhaps"))...)
	mustFailWith(t, `", and the model knows no, yes`, on(twoClasses(t, "a,b,c,label", "0", "1"))...)
	for _, args := range [][]string{on(""), {"encode", "--model", model, "--out", filepath.Join(t.TempDir(), "x.npz"), "--data", ""}} {
		for columns, want := range map[string]string{
			"b,a,c,label": `column "b" stands where the model was trained on "a"`,
			"a,b,label":   `there is no column "c"`,
		} {
			args[len(args)-1] = twoClasses(t, columns, "no", "yes")
			mustFailWith(t, want, args...)
		}
	}
	// A run goes on with the classes and columns that it began with.
	for columns, names := range map[string][]string{"a,b,c,label": {"ja", "nein"}, "d,b,c,label": {"no", "yes"}} {
		renamed := filepath.Join(t.TempDir(), "table.csv")
		content := strings.ReplaceAll(strings.ReplaceAll(read(t, table), "no\n", names[0]+"\n"), "yes\n", names[1]+"\n")
		write(t, renamed, strings.Replace(content, "a,b,c,label", columns, 1))
		mustFail(t, cli.StatusUsage, []string{"the run was begun on data whose"}, "train", "--out", model, "--resume", "--data", renamed, "--epochs", "70")
	}
}

// TestNumberedClasses: numbers are names too, in tables and in folders.
func TestNumberedClasses(t *testing.T) {
	model := filepath.Join(t.TempDir(), "run")
	mustSucceed(t, "train", "--task", "classify", "--data", twoClasses(t, "a,b,c,label", "0", "2"), "--layers", "8", "--epochs", "60", "--lr", "0.01", "--out", model)
	on := func(classes ...string) []string {
		return []string{"classify", "--model", model, "--part", "train", "--data", twoClasses(t, "a,b,c,label", classes...)}
	}
	for _, classes := range [][]string{{"0", "2"}, {"2", "2"}} {
		if r := call(on(classes...)...); r.status != cli.StatusOK || r.stderr != "" && strings.Contains(r.stderr, "classes") || !strings.Contains(r.stdout, " 2 ") {
			t.Errorf("%q: status %d, %q, %q", classes, r.status, r.stdout, r.stderr)
		}
	}
	mustFailWith(t, `the class "x", and the model knows 0, 1, 2`, on("2", "x")...)
	mustFailWith(t, `and the model knows 0, 1, 2`, on("cat", "dog")...)
	mustFailWith(t, `the class "3", and the model knows 0, 1, 2`, on("0", "3")...)
	// Models of earlier programs do not say.
	path := filepath.Join(model, "model.safetensors")
	write(t, path, withNotes(t, read(t, path), map[string]string{"classes": ""}))
	r := call(on("cat", "dog")...)
	if r.status != cli.StatusOK || !strings.Contains(r.stderr, "the model does not say what its classes are called: cat is taken for 0") {
		t.Errorf("status %d, %q, %q", r.status, r.stdout, r.stderr)
	}
}

// TestClassifyWithoutLabels: predictions need no labels.
func TestClassifyWithoutLabels(t *testing.T) {
	model := filepath.Join(t.TempDir(), "run")
	mustSucceed(t, "train", "--task", "classify", "--data", twoClasses(t, "a,b,c,label", "no", "yes"), "--layers", "8", "--epochs", "60", "--lr", "0.01", "--out", model)
	bare, out := twoClasses(t, "a,b,c"), filepath.Join(t.TempDir(), "p.csv")
	args := []string{"classify", "--model", model, "--data", bare, "--part", "train"}
	r := call(append(args, "--out", out)...)
	for _, want := range []string{"48 images of ./table.csv, train, without labels: no accuracy", "  no\n", "  yes\n"} {
		if r.status != cli.StatusOK || !strings.Contains(r.stdout, want) {
			t.Errorf("status %d, %q, %q; want %q", r.status, r.stdout, r.stderr, want)
		}
	}
	if rows := strings.Split(read(t, out), "\n"); rows[0] != "image,label,predicted,p0,p1" || !strings.HasPrefix(rows[1], "0,,") {
		t.Errorf("CSV %q", rows[:2])
	}
	var report classification.Report
	decodeJSON(t, call(append(args, "--json")...).stdout, &report)
	if report.Accuracy != nil || report.StdErr != nil || report.Confusion != nil || len(report.Predictions) != 48 || report.Predictions[0].Label != nil {
		t.Errorf("%+v", report)
	}
	named := filepath.Join(t.TempDir(), "run")
	mustSucceed(t, "train", "--task", "classify", "--data", twoClasses(t, "a,b,c,label", "no", "yes"), "--label", "label", "--layers", "8", "--epochs", "1", "--out", named)
	if r := call("classify", "--model", named, "--data", bare); r.status != cli.StatusOK || !strings.Contains(r.stdout, "without labels") {
		t.Errorf("trained with --label: status %d, %q, %q", r.status, r.stdout, r.stderr)
	}
	for _, flag := range []string{"--confusion", "--mistakes"} {
		mustFailWith(t, "has no labels to compare with", append(args, flag, filepath.Join(t.TempDir(), "x.png"))...)
	}
}

// TestOtherNumbers: a model trained on bytes reads the same pictures in other kinds of numbers
// alike, or says that it cannot; of another shape they are refused.
func TestOtherNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pixels, labels := make([]byte, 60*30), make([]byte, 60)
	for i := range labels {
		labels[i] = byte(i % 2)
		for j := range 30 {
			pixels[30*i+j] = byte(r.IntN(120) + 135*int(labels[i])*(j%2))
		}
	}
	floats := func(of func(x float64) float64) []byte {
		x := make([]float64, len(pixels))
		for i, p := range pixels {
			x[i] = of(float64(p))
		}
		return untuned.NPY("<f4", untuned.Float32s(x...), 60, 6, 5)
	}
	set := func(x []byte) string {
		dir := t.TempDir()
		untuned.Write(t, x, dir, "x.npy")
		untuned.Write(t, untuned.NPY("|u1", labels, 60), dir, "y.npy")
		return dir
	}
	sixteen := make([]byte, 0, 2*len(pixels))
	for _, p := range pixels {
		sixteen = binary.LittleEndian.AppendUint16(sixteen, 257*uint16(p))
	}
	bytes := set(untuned.NPY("|u1", pixels, 60, 6, 5))
	unit := set(floats(func(x float64) float64 { return x / 255 }))
	same := map[string]bool{bytes: true, unit: true, set(floats(func(x float64) float64 { return x })): true, set(untuned.NPY("|u1", pixels, 60, 30)): true}
	for _, trained := range []struct{ data, flags string }{{bytes, "--task classify"}, {bytes, "--centre"}, {unit, ""}} {
		model := filepath.Join(t.TempDir(), "run")
		mustSucceed(t, append([]string{"train", "--layers", "6", "--epochs", "2", "--out", model, "--data", trained.data}, strings.Fields(trained.flags)...)...)
		encode := func(data string) ([]float32, result) {
			out := filepath.Join(t.TempDir(), "x.npy")
			r := call("encode", "--model", model, "--data", data, "--array", "x", "--part", "train", "--out", out)
			if r.status != cli.StatusOK {
				return nil, r
			}
			return parseNPY(t, read(t, out)), r
		}
		want, _ := encode(trained.data)
		for data := range same {
			if got, r := encode(data); near(got, want) > 1e-6 {
				t.Errorf("%q: %s is read otherwise, %q", trained, data, r.stderr)
			}
		}
		for data, why := range map[string]string{
			set(floats(func(x float64) float64 { return x/127.5 - 1 })): "its numbers are from -1",
			set(untuned.NPY("<u2", sixteen, 60, 6, 5)):                  "from 0 to 65278",
			set(untuned.NPY("|u1", pixels, 60, 5, 6)):                   "images are of 6 x 5 pixels, and the model's of 5 x 6",
			set(untuned.NPY("|u1", pixels, 60, 5, 2, 3)):                "in colour, and the model's of 5 x 6",
		} {
			if got, r := encode(data); got != nil || r.status != cli.StatusFailed || !strings.Contains(r.stderr, why) {
				t.Errorf("%q: %q, want %q", trained, r.stderr, why)
			}
		}
	}
}

// near is the largest difference between numbers, or more than any if there are more of one.
func near(a, b []float32) float64 {
	if len(a) != len(b) || len(a) == 0 {
		return math.Inf(1)
	}
	most := 0.0
	for i := range a {
		most = max(most, math.Abs(float64(a[i])-float64(b[i])))
	}
	return most
}

// TestSampleClassName: a class that has a name goes by it.
func TestSampleClassName(t *testing.T) {
	model := filepath.Join(t.TempDir(), "run")
	mustSucceed(t, "train", "--task", "label", "--data", twoClasses(t, "a,b,c,label", "1", "one"), "--layers", "8,4", "--epochs", "1", "--out", model)
	sample := func(class string) string {
		out := filepath.Join(t.TempDir(), "x.csv")
		mustCall(t, "sample", "--model", model, "--n", "5", "--class", class, "--out", out)
		return read(t, out)
	}
	// The class that is called 1 is 0.
	if sample("1") != sample("0") || sample("one") == sample("1") || sample("-1") == sample("one") {
		t.Error("a name stands for another class")
	}
	mustFail(t, cli.StatusUsage, []string{"--class two", "0 to 1, which are 1, one"}, "sample", "--model", model, "--class", "two", "--out", "x.csv")
}

// TestNamesWithLines: no name that comes with data makes a line of its own.
func TestNamesWithLines(t *testing.T) {
	table := twoClasses(t, "a,b,c,label", "\"no\naccuracy 100 %\"", "yes")
	model := filepath.Join(t.TempDir(), "run")
	mustSucceed(t, "train", "--task", "classify", "--data", table, "--layers", "8", "--epochs", "1", "--out", model)
	forged := filepath.Join(t.TempDir(), "t.csv")
	write(t, forged, "a,\"b\naccuracy 100 %\",label\n1,x,0\n2,3,1\n")
	for _, args := range [][]string{
		{"data", table, "--out", filepath.Join(t.TempDir(), "x.png")},
		{"classify", "--model", model, "--data", table},
		{"classify", "--model", model, "--data", twoClasses(t, "a,b,c,label", "no", "yes")},
		{"classify", "--model", model, "--data", twoClasses(t, "a,b,label", "no", "yes")},
		{"data", forged, "--label", "d", "--out", filepath.Join(t.TempDir(), "x.png")},
	} {
		r := call(args...)
		if text := r.stdout + r.stderr; strings.Contains(text, "\naccuracy 100 %") || !strings.Contains(text, `\naccuracy 100 %`) && args[len(args)-1] == table {
			t.Errorf("%q: %s", args, text)
		}
	}
}
