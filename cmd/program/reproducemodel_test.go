package program

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// TestReproduceModel: the figures of a network that is there, and no other is trained.
func TestReproduceModel(t *testing.T) {
	data := tiny.Data(t)
	dir := tinyRun(t, data)
	out := filepath.Join(t.TempDir(), "report")
	args := []string{"reproduce", "--model", string(dir), "--data", data, "--out", out, "--samples", "20"}
	r := call(append(args, "--only", "figure4,table", "--json")...)
	if r.status != cli.StatusOK {
		t.Fatal(r)
	}
	var made struct {
		Report, Markdown string
		Claims           []experiment.Claim
	}
	decodeJSON(t, r.stdout, &made)
	if made.Report != filepath.Join(out, "report.html") || len(made.Claims) == 0 || made.Claims[0].Verdict == "" {
		t.Errorf("made %+v", made)
	}
	if files := contents(t, filepath.Join(out, "train")); files != nil {
		t.Errorf("something was trained: %v", files)
	}
	text := read(t, made.Markdown)
	counted := 0
	for _, c := range made.Claims {
		if c.Verdict == experiment.Reproduced {
			counted++
		}
	}
	for _, want := range []string{cli.Count(len(made.Claims), "claim", "claims") + " reproduced", "--model " + string(dir), "35-20-10", ".csv)"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if page := read(t, made.Report); strings.Count(page, `class="badge good"`) != counted || !strings.Contains(page, ".csv\">Numbers</a>") {
		t.Errorf("%d claims are reproduced, and the page is\n%s", counted, page)
	}
	for _, more := range [][]string{{"--epochs", "3"}, {"--only", "agreement"}, {"--seeds", "2"}} {
		mustFail(t, cli.StatusUsage, []string{more[0], "trained"}, append(args, more...)...)
	}
	mustFail(t, cli.StatusUsage, []string{"model.safetensors"}, "reproduce", "--data", data, "--model", dir.Checkpoint())
}

// TestReproduceFlags: the settings of a training reach it.
func TestReproduceFlags(t *testing.T) {
	data := tiny.Data(t)
	out := filepath.Join(t.TempDir(), "report")
	mustCall(t, "reproduce", "--data", data, "--out", out, "--layers", "4,3", "--epochs", "1", "--samples", "20", "--only", "figure3", "--alpha", "0.002", "--momentum", "0.5", "--schedule", "cosine")
	text := read(t, filepath.Join(out, "report.md"))
	for _, want := range []string{"--alpha 0.002", "--momentum 0.5", "--schedule cosine", "alpha 0.002"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	mustFail(t, cli.StatusUsage, []string{"early-stop"}, "reproduce", "--early-stop", "3")
}
