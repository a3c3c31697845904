package program

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/internal/untuned"
)

// fractions writes a table of columns a and b, from 0 to 1, whose class column a tells. of may make
// other numbers of them.
func fractions(t *testing.T, name string, of func(row int, a, b float64) (x, y float64)) string {
	t.Helper()
	var text strings.Builder
	text.WriteString("a,b,label\n")
	for i := range 60 {
		a, b := of(i, float64(i%2)*0.6+float64(i%5)*0.1, float64(i%11)/10)
		fmt.Fprintf(&text, "%g,%g,%s\n", a, b, []string{"no", "yes"}[i%2])
	}
	path := filepath.Join(t.TempDir(), name)
	write(t, path, text.String())
	return path
}

// TestUnits: one number that is far off leaves the others what they are, and a column in another
// unit is refused, in whatever command, and by train in what it learns nothing from.
func TestUnits(t *testing.T) {
	same := func(_ int, a, b float64) (float64, float64) { return a, b }
	metres := func(_ int, a, b float64) (float64, float64) { return a, 1000 * b }
	model, generative := filepath.Join(t.TempDir(), "run"), filepath.Join(t.TempDir(), "run")
	table := fractions(t, "table.csv", same)
	mustSucceed(t, "train", "--task", "classify", "--data", table, "--layers", "8", "--epochs", "60", "--lr", "0.01", "--out", model)
	mustSucceed(t, "train", "--data", table, "--layers", "4", "--epochs", "1", "--out", generative)
	outlier := fractions(t, "table.csv", func(row int, a, b float64) (float64, float64) {
		if row == 7 {
			b = 70
		}
		return a, b
	})
	r := call("classify", "--model", model, "--data", outlier, "--part", "all")
	if r.status != cli.StatusOK || !strings.Contains(r.stdout, "accuracy 9") || !strings.Contains(r.stderr, `column "b" is from 0 to 70, where the model reads 0 to 1`) {
		t.Errorf("an outlier: status %d, %q, %q", r.status, r.stdout, r.stderr)
	}
	long, out := fractions(t, "table.csv", metres), t.TempDir()
	for _, args := range [][]string{
		{"classify", "--model", model},
		{"encode", "--model", model, "--out", filepath.Join(out, "x.npz")},
		{"eval", "--model", generative},
		{"fill", "--model", generative, "--out", filepath.Join(out, "x.png")},
	} {
		mustFailWith(t, `column "b" is from 0 to 1000, where the model reads 0 to 1: want numbers that mean the same`, append(args, "--data", long)...)
	}
	both := t.TempDir()
	write(t, filepath.Join(both, "train.csv"), read(t, table))
	write(t, filepath.Join(both, "test.csv"), read(t, long))
	mustFailWith(t, `validation or test examples are not what the training examples are: column "b"`, "train", "--data", both, "--epochs", "1", "--layers", "4", "--out", filepath.Join(out, "run"))
	// One part of two was divided by 255.
	for _, c := range []struct {
		train, test float64
		want        string
	}{{1, 255, "test images are from 0 to 255, where training images are from 0 to 1"}, {255, 1, "test images are from 0 to 1, where training images are from 0 to 255"}} {
		both := t.TempDir()
		for name, most := range map[string]float64{"x_train.npy": c.train, "x_test.npy": c.test} {
			x := make([]float64, 20*4)
			for i := range x {
				x[i] = most * float64(i*7%20) / 19
			}
			untuned.Write(t, untuned.NPY("<f4", untuned.Float32s(x...), 20, 2, 2), both, name)
		}
		mustFailWith(t, c.want, "train", "--data", both, "--epochs", "1", "--layers", "4", "--out", filepath.Join(out, "run"))
		if r := call("data", both, "--out", filepath.Join(out, "x.png")); r.status != cli.StatusOK || !strings.Contains(r.stderr, "note: train refuses this: "+c.want) {
			t.Errorf("data: status %d, %q", r.status, r.stderr)
		}
	}
}

// TestUncut: test examples beyond the training examples' 0 to 1 are not cut, which whoever reads them is told.
func TestUncut(t *testing.T) {
	parts, out := t.TempDir(), t.TempDir()
	write(t, filepath.Join(parts, "train.csv"), read(t, fractions(t, "table.csv", func(_ int, a, b float64) (float64, float64) { return a, b })))
	write(t, filepath.Join(parts, "test.csv"), read(t, fractions(t, "table.csv", func(row int, a, b float64) (float64, float64) {
		if row < 3 {
			b = 1.7
		}
		return a, b
	})))
	const want = "note: 3 of the 120 numbers of test examples lie beyond 0 to 1, where all training examples lie: they are read as they are, and not cut"
	model := filepath.Join(out, "run")
	train := []string{"train", "--data", parts, "--layers", "4", "--epochs", "1", "--centre=false", "--out", model}
	for _, args := range [][]string{
		{"data", parts, "--out", filepath.Join(out, "x.png")},
		train,
		{"eval", "--model", model, "--data", parts, "--samples", "20"},
		{"encode", "--model", model, "--data", parts, "--out", filepath.Join(out, "x.npz")},
	} {
		if r := call(args...); r.status != cli.StatusOK || !strings.Contains(strings.ReplaceAll(r.stderr, parts+": ", ""), want) {
			t.Errorf("%s: status %d, %q", args[0], r.status, r.stderr)
		}
	}
	if r := call(append(train, "--overwrite", "--centre=true")...); r.status != cli.StatusOK || strings.Contains(r.stderr, "beyond") { // which cuts them
		t.Errorf("centred: status %d, %q", r.status, r.stderr)
	}
}
