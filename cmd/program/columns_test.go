package program

import (
	"bytes"
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
