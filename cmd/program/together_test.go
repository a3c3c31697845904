package program

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
	"github.com/targetprop/targetprop/internal/grouptest"
)

// member is a process of a group that measures nothing.
type member struct{ grouptest.Member }

func (member) Measure() {}

// inGroup runs the program in a group and returns what rank 0 says.
func inGroup(t *testing.T, size int, args ...string) result {
	t.Helper()
	var of result
	grouptest.Together(t, size, func(g grouptest.Member) error {
		var stdout bytes.Buffer
		status, line := Together(t.Context(), member{g}, args, &stdout, io.Discard)
		if g.Rank() == 0 {
			of = result{status, stdout.String(), line}
		}
		return nil
	})
	return of
}

// entries is the number of files and folders in dir.
func entries(t *testing.T, dir string) int {
	t.Helper()
	found, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(found)
}

// TestOneProcess: what no group divides is refused in a group, before the work,
// and done in a group of one.
func TestOneProcess(t *testing.T) {
	data, dir := tiny.Data(t), t.TempDir()
	model := filepath.Join(dir, "labels")
	mustCall(t, tinyTask("label", data, model)...)
	for _, c := range []struct {
		what string
		args []string
	}{
		{"--task label", tinyTask("label", data, filepath.Join(dir, "a"))},
		{"--task classify", tinyTask("classify", data, filepath.Join(dir, "b"))},
		{"--task reward", tinyTask("reward", data, filepath.Join(dir, "c"))},
		{"--task label", []string{"train", "--out", model, "--resume", "--epochs", "4"}},
		{"classify", []string{"classify", "--model", model, "--data", data}},
		{"sample of a model with labels", []string{"sample", "--model", model, "--out", filepath.Join(dir, "d.png")}},
		{"reproduce --only labels", []string{"reproduce", "--data", data, "--only", "figure1,labels", "--out", filepath.Join(dir, "e")}},
	} {
		before := entries(t, dir)
		r := inGroup(t, 2, c.args...)
		if want := c.what + " runs in one process, not in a group of 2"; r.status != cli.StatusUsage || !strings.Contains(r.stderr, want) || r.stdout != "" {
			t.Errorf("%q: status %d, %q, output %q; want %q", c.args, r.status, r.stderr, r.stdout, want)
		}
		if entries(t, dir) != before {
			t.Errorf("%q made files", c.args)
		}
		if c.args[0] == "reproduce" {
			continue // takes long
		}
		if r := inGroup(t, 1, c.args...); r.status != 0 {
			t.Errorf("%q in a group of one: status %d, %s", c.args, r.status, r.stderr)
		}
	}
}

// TestGroup: a group leaves the files that one process leaves, and says the same
// of a run that is complete; a picture that was lost comes back.
func TestGroup(t *testing.T) {
	data, dir := tiny.Data(t), t.TempDir()
	alone, out := filepath.Join(dir, "alone"), filepath.Join(dir, "group")
	mustCall(t, tinyArgs(data, alone)...)
	want := contents(t, alone)
	if r := inGroup(t, 3, tinyArgs(data, out)...); r.status != 0 {
		t.Fatalf("status %d, %s", r.status, r.stderr)
	}
	for _, lost := range []string{"", "samples.png", "model.safetensors"} {
		if lost != "" {
			if err := os.Remove(filepath.Join(out, lost)); err != nil {
				t.Fatal(err)
			}
		}
		r := inGroup(t, 2, "train", "--out", out, "--resume")
		if r.status != 0 || strings.Contains(r.stdout, "is complete") != (lost != "model.safetensors") {
			t.Errorf("without %q: status %d, %s, %s", lost, r.status, r.stderr, r.stdout)
		}
		got := contents(t, out)
		for _, name := range []string{"model.safetensors", "samples.png"} {
			if got[name] != want[name] {
				t.Errorf("without %q: %s is another", lost, name)
			}
		}
	}
}

// TestGroupChoice: a group leaves out the experiments that it can not make.
func TestGroupChoice(t *testing.T) {
	grouptest.Together(t, 2, func(g grouptest.Member) error {
		all, err := chosenExperiments(nil, nil)
		if err != nil || !slices.Contains(all, "labels") {
			t.Errorf("alone: %v, %v", all, err)
		}
		some, err := chosenExperiments(g, nil)
		if err != nil || slices.Contains(some, "labels") || len(some) != len(all)-1 {
			t.Errorf("in a group: %v of %v, %v", some, all, err)
		}
		return nil
	})
}
