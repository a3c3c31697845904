package program

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/classification"
	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/encode"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/untuned"
)

// TestPartAll: all rows of a file, in their order, and with any name, without a part being drawn.
func TestPartAll(t *testing.T) {
	table := twoClasses(t, "a,b,c,label", "no", "yes")
	model, dir := filepath.Join(t.TempDir(), "run"), t.TempDir()
	mustSucceed(t, "train", "--task", "classify", "--data", table, "--split", "60,20,20", "--layers", "8", "--epochs", "1", "--out", model)
	lines := strings.SplitAfter(read(t, table), "\n")
	few := filepath.Join(dir, "my-test.csv")
	write(t, few, strings.Join(lines[:4], ""))
	for path, n := range map[string]int{table: 60, few: 3} {
		var r classification.Report
		decodeJSON(t, call("classify", "--model", model, "--data", path, "--part", "all", "--json").stdout, &r)
		if r.Images != n || len(r.Predictions) != n {
			t.Fatalf("%s: %d images", path, r.Images)
		}
		for i, p := range r.Predictions {
			if *p.Label != i%2 || p.Image != i {
				t.Errorf("%s: image %d has the label %d", path, p.Image, *p.Label)
			}
		}
		var e encode.Report
		decodeJSON(t, call("encode", "--model", model, "--data", path, "--part", "all", "--json", "--out", filepath.Join(dir, "x.npz")).stdout, &e)
		if e.Arrays[0].Shape[0] != n {
			t.Errorf("%s: %d rows", path, e.Arrays[0].Shape[0])
		}
	}
	array := filepath.Join(dir, "my-test.npy")
	write(t, array, string(untuned.NPY("<f4", untuned.Float32s(1, 500, 0.5, 10, 20, 0.1), 2, 3)))
	var bare classification.Report
	decodeJSON(t, call("classify", "--model", model, "--data", array, "--part", "all", "--json").stdout, &bare)
	if bare.Images != 2 {
		t.Errorf("%s: %d images", array, bare.Images)
	}
	mustFailWith(t, "has no training examples: by the words", "classify", "--model", model, "--data", array)
	// Without it the part is one that was drawn, and a note says so.
	other := filepath.Join(dir, "other.csv")
	write(t, other, strings.Join(lines[:40], ""))
	if r := call("classify", "--model", model, "--data", other); r.status != cli.StatusOK || !strings.Contains(r.stderr, "for test drawn from the 39 training examples") {
		t.Errorf("%q", r.stderr)
	}
	for want, args := range map[string][]string{
		"--part all goes with --data":   {"--data", "digits"},
		"a folder or a file without":    {},
		"has parts of its own":          {"--data", tiny.Data(t)},
		"--part half: want test, valid": {"--part", "half"},
	} {
		mustFailWithUsage(t, want, append([]string{"classify", "--model", tinyRun(t, tiny.Data(t), "--task", "classify").Model(), "--part", "all"}, args...)...)
	}
	if _, err := os.Stat("x.npz"); err == nil {
		t.Error("a file was written")
	}
}

func mustFailWithUsage(t *testing.T, want string, args ...string) {
	t.Helper()
	if r := call(args...); r.status != cli.StatusUsage || !strings.Contains(r.stderr, want) {
		t.Errorf("%q: status %d, stderr %q, want %q", args, r.status, r.stderr, want)
	}
}
