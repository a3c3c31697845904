package program

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestColumnsOfOneName: a model that knows columns by names is made of none that are alike.
func TestColumnsOfOneName(t *testing.T) {
	out := t.TempDir()
	train := func(table string, more ...string) []string {
		return append([]string{"train", "--task", "classify", "--data", table, "--layers", "8", "--epochs", "1", "--out", filepath.Join(out, "run")}, more...)
	}
	numbers := twoClasses(t, "a,a,c,label", "no", "yes")
	mustFailWith(t, `two columns are called "a", and a model knows columns by their names`, train(numbers)...)
	r := call("data", numbers, "--out", filepath.Join(out, "x.png"))
	if r.status != cli.StatusOK || !strings.Contains(r.stderr, `note: train refuses this: two columns are called "a"`) {
		t.Errorf("data: status %d, %q", r.status, r.stderr)
	}
	labels := twoClasses(t, "a,label,b,label", "0", "1")
	mustFailWith(t, `columns 2 and 4 are both called "label"`, train(labels)...)
	mustFailWith(t, `--label 2 or 4 says which`, train(labels, "--label", "label")...)
}

// TestLabelsElsewhere: the labels of another table are found where the model's were not, and what a
// command advises is there for it.
func TestLabelsElsewhere(t *testing.T) {
	table := twoClasses(t, "a,b,c,label", "no", "yes")
	renamed := func(columns, name string) string {
		path := filepath.Join(t.TempDir(), "table.csv")
		write(t, path, strings.Replace(read(t, twoClasses(t, columns, "no", "yes")), "label", name, 1))
		return path
	}
	for _, label := range []string{"label", "4"} {
		model := filepath.Join(t.TempDir(), "run")
		mustSucceed(t, "train", "--task", "classify", "--data", table, "--label", label, "--layers", "8", "--epochs", "60", "--lr", "0.01", "--out", model)
		on := func(data string) []string {
			return []string{"classify", "--model", model, "--part", "train", "--data", data}
		}
		want := call(on(table)...).stdout
		for _, columns := range []string{"a,b,c,label", "label,a,b,c"} {
			r := call(on(renamed(columns, "kind"))...)
			if r.status != cli.StatusOK || r.stdout != want {
				t.Errorf("--label %s, %s: status %d, %q, %q", label, columns, r.status, r.stdout, r.stderr)
			}
			if moved := label == "label" || columns != "a,b,c,label"; moved != strings.Contains(r.stderr, "its labels are not in the column "+label) {
				t.Errorf("--label %s, %s: %q", label, columns, r.stderr)
			}
		}
		middle := renamed("a,label,b,c", "kind")
		r := call(on(middle)...)
		if r.status != cli.StatusFailed || !strings.Contains(r.stderr, "was trained on the columns a, b, c, with --label "+label) || strings.Contains(r.stderr, "says which") {
			t.Errorf("--label %s: status %d, %q", label, r.status, r.stderr)
		}
		array := filepath.Join(t.TempDir(), "x.npy") // which has no columns of labels
		write(t, array, string(untuned.NPY("<f4", untuned.Float32s(1, 500, 0.5, 10, 20, 0.1), 2, 3)))
		if r := call("classify", "--model", model, "--part", "all", "--data", array); r.status != cli.StatusOK || !strings.Contains(r.stdout, "2 images of ./x.npy, all, without labels") || strings.Contains(r.stderr, "its labels") {
			t.Errorf("--label %s, an array: status %d, %q, %q", label, r.status, r.stdout, r.stderr)
		}
		mustFailWith(t, "only tables have columns of labels, and this is NumPy; leave --label out", "train", "--label", label, "--data", array, "--out", filepath.Join(t.TempDir(), "run"))
		mustFailWith(t, "--label says which column has labels", "train", "--data", middle, "--label", "none", "--out", filepath.Join(t.TempDir(), "run"))
	}
	pictures, mixed := t.TempDir(), t.TempDir()
	for i, name := range strings.Split("a b c d e f g h", " ") {
		untuned.Write(t, untuned.PNG(t, bytes.Repeat([]byte{byte(30 * i), 200}, 8), 4, 4), pictures, name+".png")
		untuned.Write(t, untuned.PNG(t, bytes.Repeat([]byte{byte(30 * i)}, 4*(4+i/6)), 4+i/6, 4), mixed, name+".png")
	}
	model := filepath.Join(t.TempDir(), "run")
	mustSucceed(t, "train", "--data", pictures, "--layers", "4", "--epochs", "1", "--out", model)
	r := call("encode", "--model", model, "--data", mixed, "--out", filepath.Join(t.TempDir(), "x.npz"))
	if r.status != cli.StatusFailed || !strings.Contains(r.stderr, "was trained on 4 x 4 pixels") || strings.Contains(r.stderr, "--size") {
		t.Errorf("status %d, %q", r.status, r.stderr)
	}
	mustFailWith(t, "--size 4x4 scales them", "train", "--data", mixed, "--out", filepath.Join(t.TempDir(), "run"))
}

// TestDoubtfulLabels: numbers that only their column's name makes labels are refused by train, which says what to do.
func TestDoubtfulLabels(t *testing.T) {
	var b strings.Builder
	b.WriteString("x,y,z\n")
	for i := range 40 {
		fmt.Fprintf(&b, "0.%d5,0.%d,0.7%d\n", i%9, 10+i, i%7)
	}
	table, out := filepath.Join(t.TempDir(), "xyz.csv"), t.TempDir()
	write(t, table, b.String())
	train := func(more ...string) []string {
		return append([]string{"train", "--data", table, "--layers", "4", "--epochs", "1", "--out", filepath.Join(out, "run")}, more...)
	}
	mustFail(t, cli.StatusFailed, []string{`the column "y" has fractions, as 0.10`, "--label none if it is a number like the others, --label y if"}, train()...)
	r := call("data", table, "--out", filepath.Join(out, "x.png"))
	if r.status != cli.StatusOK || !strings.Contains(r.stderr, `note: train refuses this: the column "y" has fractions`) {
		t.Errorf("data: status %d, %q", r.status, r.stderr)
	}
	mustSucceed(t, train("--label", "none")...)
	if text := mustCall(t, "sample", "--model", filepath.Join(out, "run"), "--n", "2", "--out", filepath.Join(out, "x.csv")); !strings.Contains(read(t, filepath.Join(out, "x.csv")), "x,y,z") {
		t.Errorf("%q", text)
	}
}

// TestNamesNotUTF8: names of columns and classes that a model could not keep are refused by train, with what to do.
func TestNamesNotUTF8(t *testing.T) {
	out := t.TempDir()
	train := func(data string, more ...string) []string {
		return append([]string{"train", "--task", "classify", "--data", data, "--layers", "8", "--epochs", "1", "--out", filepath.Join(out, "run")}, more...)
	}
	const advice = "is no UTF-8, and a model could not keep it: save the table as UTF-8"
	labels := twoClasses(t, "a,b,c,label", "gr\xfcn", "gr\xf6n")
	mustFail(t, cli.StatusFailed, []string{`the name "gr\xf6n" of a class ` + advice + ", or rename the folder"}, train(labels)...)
	columns := twoClasses(t, "a,b,c,label", "no", "yes")
	write(t, columns, strings.Replace(read(t, columns), "a,b,c,label", "\xe4,\xf6,\xfc,label", 1))
	mustFail(t, cli.StatusFailed, []string{`the name "\xe4" of a column ` + advice}, train(columns)...)
	r := call("data", columns, "--out", filepath.Join(out, "x.png"))
	if r.status != cli.StatusOK || !strings.Contains(r.stderr, `note: train refuses this: the name "\xe4" of a column`) {
		t.Errorf("data: status %d, %q", r.status, r.stderr)
	}
	write(t, columns, strings.Replace(read(t, columns), "\xe4,\xf6,\xfc,label", "a,b,c,k\xfc", 1))
	mustFail(t, cli.StatusUsage, []string{`--label "k\xfc": want UTF-8; or the number of the column`}, train(columns, "--label", "k\xfc")...)
	mustSucceed(t, train(columns, "--label", "4")...)
}

// TestPassedOver: whoever reads a folder is told of pictures in formats that are not read.
func TestPassedOver(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	for i := range 8 {
		for _, name := range []string{"a/%d.png", "b/%d.gif", "c/%d.png"} {
			untuned.Write(t, untuned.PNG(t, bytes.Repeat([]byte{byte(30 * i), 200}, 8), 4, 4), dir, fmt.Sprintf(name, i))
		}
	}
	want := fmt.Sprintf("targetprop: note: %s: passed over 8 pictures of formats that are not read (.gif): save them as PNG or JPEG; nothing was read from %s\n", dir, filepath.Join(dir, "b"))
	for _, args := range [][]string{{"data", dir, "--out", filepath.Join(out, "x.png")}, {"train", "--data", dir, "--layers", "4", "--epochs", "1", "--out", filepath.Join(out, "run")}} {
		if r := call(args...); r.status != cli.StatusOK || !strings.Contains(r.stderr, want) {
			t.Errorf("%q: status %d, %q", args, r.status, r.stderr)
		}
	}
}

// TestCommasElsewhere: numbers with a comma, where a model has read decimal points, are refused as that, and are no labels
// that were found elsewhere.
func TestCommasElsewhere(t *testing.T) {
	for _, heading := range []string{"", "temp;kind\n"} {
		points, commas := filepath.Join(t.TempDir(), "points.csv"), filepath.Join(t.TempDir(), "commas.csv")
		var rows strings.Builder
		for i := range 80 {
			fmt.Fprintf(&rows, "%d.%d;%d\n", i%9, i%10, i%2)
		}
		write(t, points, heading+rows.String())
		write(t, commas, heading+strings.ReplaceAll(rows.String(), ".", ","))
		model := filepath.Join(t.TempDir(), "run")
		mustSucceed(t, "train", "--data", points, "--label", "2", "--layers", "6", "--epochs", "1", "--out", model)
		for _, args := range [][]string{{"encode", "--out", filepath.Join(t.TempDir(), "x.npz")}, {"eval", "--samples", "20"}} {
			mustFail(t, cli.StatusFailed, []string{`"0,0" has a comma in it`}, append(args, "--model", model, "--data", commas)...)
		}
	}
}
