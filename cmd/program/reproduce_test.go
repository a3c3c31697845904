package program

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/paper"
	"github.com/targetprop/targetprop/cmd/internal/paper/experiment"
	"github.com/targetprop/targetprop/cmd/internal/run"
	"github.com/targetprop/targetprop/cmd/internal/tiny"
)

// tinyReproduce are the flags of a small report; more of them may follow.
func tinyReproduce(data, out string, more ...string) []string {
	return append([]string{"reproduce", "--data", data, "--out", out, "--layers", "20,10", "--epochs", "2", "--batch", "50", "--lr", "1e-3", "--samples", "40"}, more...)
}

// TestReproduce makes a whole report, and then again with other things to do.
func TestReproduce(t *testing.T) {
	leaveToPlain(t)
	data, out := tiny.Data(t), filepath.Join(t.TempDir(), "report")
	told := mustCall(t, tinyReproduce(data, out)...)
	for _, want := range []string{"epoch", "figure1", "table-generate-x4-seed1", "report.html", "report.md"} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in\n%s", want, told)
		}
	}
	page, text := read(t, filepath.Join(out, "report.html")), read(t, filepath.Join(out, "report.md"))
	for _, want := range append(slices.Clone(paper.Names()), "run", "claims", "made") {
		if !strings.Contains(page, `<section id="`+want+`">`) {
			t.Errorf("no section %q in the page", want)
		}
	}
	for _, want := range []string{"Figure 1", "Figure 3", "Figure 4", "Figure 5", "exact gradient", "Chains", "GENERATE", "directed", "joint chain", "latent chain",
		"std\u00a0x\u00a04", "std\u00a0x\u00a02", "236", "126", "138 +- 2", "true training images", "k-means centres", "precision", "near copies", "raw pixels", "h1", "h2", "Algorithm 1",
		"alpha = 0.001: the total", "alpha = 0.3: the total", "nearest neighbour", "--seed", "seconds", "log p(h1|h2)"} {
		if !strings.Contains(page, want) || !strings.Contains(strings.ReplaceAll(text, `\`, ""), want) {
			t.Errorf("no %q in page or text", want)
		}
	}
	if n := strings.Count(page, `<span class="badge `); n != 9 || !strings.Contains(page, " of 9 claims reproduced") {
		t.Errorf("%d verdicts in the page", n)
	}
	words := regexp.MustCompile(`base64,[^"]*"`).ReplaceAllString(page, "")
	for _, outside := range []string{"<script", "<link", "src=\"http", "url(", "@import", "NaN"} {
		if strings.Contains(words, outside) {
			t.Errorf("%q in the page", outside)
		}
	}
	pictures := regexp.MustCompile(`!\[.*\]\((.*\.png)\)`).FindAllStringSubmatch(text, -1)
	if len(pictures) < 10 || strings.Count(page, "data:image/png;base64,") != len(pictures) {
		t.Errorf("%d pictures in the text, %d in the page", len(pictures), strings.Count(page, "data:image/png;base64,"))
	}
	for _, p := range pictures {
		decodePNG(t, filepath.Join(out, filepath.FromSlash(p[1])))
	}

	// Again: nothing is made, and the report is the same.
	parts := contents(t, filepath.Join(out, experiment.Folder))
	again := mustCall(t, tinyReproduce(data, out, "--threads", "1")...)
	if strings.Contains(again, "epoch ") || strings.Count(again, "kept from before") != strings.Count(told, " s\n") {
		t.Errorf("again:\n%s", again)
	}
	if !maps.Equal(parts, contents(t, filepath.Join(out, experiment.Folder))) {
		t.Error("the parts have changed")
	}

	// A part that is lost or damaged is made again, with the same numbers.
	jsons, err := filepath.Glob(filepath.Join(out, experiment.Folder, "figure4-*.json"))
	if err != nil || len(jsons) != 1 {
		t.Fatal(jsons, err)
	}
	curves, err := filepath.Glob(filepath.Join(out, experiment.Folder, "figure4-*.csv"))
	if err != nil || len(curves) != 1 {
		t.Fatal(curves, err)
	}
	before := read(t, curves[0])
	write(t, jsons[0], "{")
	if err := os.Remove(curves[0]); err != nil {
		t.Fatal(err)
	}
	again = mustCall(t, tinyReproduce(data, out, "--only", strings.Join(paper.Names(), ","))...)
	if command := reportCommand(t, out); strings.Contains(command, "--only") || !strings.HasPrefix(command, "reproduce --data "+strings.TrimPrefix(cli.CommandLine(data), cli.Program()+" ")+" --samples 40 ") {
		t.Errorf("all parts are made with %s", command)
	}
	if !regexp.MustCompile(`figure4 .* s\n`).MatchString(again) || strings.Count(again, " s\n") != 1 {
		t.Errorf("after a loss:\n%s", again)
	}
	if read(t, curves[0]) != before {
		t.Error("figure4 has other numbers")
	}

	// More seeds: only what is new is made.
	again = mustCall(t, tinyReproduce(data, out, "--seeds", "2", "--only", "table")...)
	if strings.Count(again, "-seed2 ") != 4 || strings.Count(again, " s\n") != 4 {
		t.Errorf("with two seeds:\n%s", again)
	}
	if page := read(t, filepath.Join(out, "report.html")); !strings.Contains(page, "standard deviation (n-1)") || !strings.Contains(page, `id="figure4"`) {
		t.Error("the page has no spread over seeds, or lost figure 4")
	}
}

// TestReproduceOnly: a part that needs no network trains none.
func TestReproduceOnly(t *testing.T) {
	leaveToPlain(t)
	data, out := tiny.Data(t), filepath.Join(t.TempDir(), "report")
	mustCall(t, tinyReproduce(data, out, "--only", "figure1")...)
	page := read(t, filepath.Join(out, "report.html"))
	if !strings.Contains(page, `id="figure1"`) || strings.Contains(page, `id="figure3"`) || !strings.Contains(page, "not made") {
		t.Error("other sections than figure1's, or no word about it")
	}
	if _, err := os.Stat(filepath.Join(out, "train")); !os.IsNotExist(err) {
		t.Errorf("a network was trained: %v", err)
	}
	mustCall(t, tinyReproduce(data, out, "--only", "figure3, Figure5")...)
	page = read(t, filepath.Join(out, "report.html"))
	for _, id := range []string{"figure1", "figure3", "figure5"} {
		if !strings.Contains(page, `id="`+id+`"`) {
			t.Errorf("no %s", id)
		}
	}
	// Another seed is another network, and other parts.
	told := mustCall(t, tinyReproduce(data, out, "--only", "figure1,figure3", "--seed", "7")...)
	if strings.Contains(told, "kept") || !strings.Contains(told, "seed7") {
		t.Errorf("with another seed:\n%s", told)
	}
	// Parts look at test images, from which no network has learned.
	if told := mustCall(t, tinyReproduce(data, out, "--only", "figure3", "--seed", "7")...); !strings.Contains(told, "kept from before") {
		t.Errorf("the same again:\n%s", told)
	}
	images := filepath.Join(data, "t10k-images-idx3-ubyte")
	content := read(t, images)
	write(t, images, content[:len(content)-1]+string(content[len(content)-1]^1))
	if told := mustCall(t, tinyReproduce(data, out, "--only", "figure3", "--seed", "7")...); strings.Contains(told, "kept from before") || strings.Contains(told, "epoch ") {
		t.Errorf("with another test image:\n%s", told)
	}
}

// TestReproduceCommand: the report shows its command without what is the default.
func TestReproduceCommand(t *testing.T) {
	data := tiny.Data(t)
	t.Chdir(filepath.Dir(data))
	for _, c := range []struct{ args, out, want string }{
		{"", "runs/reproduce-digits", "--only figure1"},
		{"--data digits --seed 1 --seeds 1 --samples 0 --epochs 25 --layers 1000,100 --lr 0.00002 --threads 1", "runs/reproduce-digits", "--only figure1"},
		{"--epochs 20 --lr 1e-5", "runs/reproduce-digits", "--epochs 20 --lr 1e-05 --only figure1"},
		{"--out runs/reproduce-tiny --data tiny --lr 1e-5 --epochs 20", "runs/reproduce-tiny", "--data tiny --only figure1"},
		{"--lr 1e-4 --epochs 25 --data tiny", "runs/reproduce-tiny", "--data tiny --epochs 25 --lr 0.0001 --only figure1"},
		{"--data tiny --out there --seeds 2", "there", "--data tiny --seeds 2 --only figure1 --out there"},
	} {
		mustCall(t, append([]string{"reproduce", "--only", "Figure1,figure1"}, strings.Fields(c.args)...)...)
		if got := reportCommand(t, c.out); got != "reproduce "+c.want {
			t.Errorf("%s: the report has %s, want %s", c.args, got, c.want)
		}
	}
}

// reportCommand is the command that the report says it was made with.
func reportCommand(t *testing.T, out string) string {
	t.Helper()
	_, code, _ := strings.Cut(read(t, filepath.Join(out, "report.md")), "```\n"+cli.Program()+" ")
	command, _, _ := strings.Cut(code, "\n")
	return command
}

// TestReproduceInterrupted: a run that ends after some epoch is taken up where
// it was, with the same network and the same agreement as without.
func TestReproduceInterrupted(t *testing.T) {
	data := tiny.Data(t)
	whole, cut := filepath.Join(t.TempDir(), "whole"), filepath.Join(t.TempDir(), "cut")
	mustCall(t, tinyReproduce(data, whole, "--only", "agreement")...)
	dir := trainedDir(t, whole)
	mustCall(t, tinyReproduce(data, cut, "--only", "agreement")...)
	lost := trainedDir(t, cut)
	// As if it had been killed before the results were written.
	for _, path := range []string{lost.Model(), lost.Samples()} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	told := mustCall(t, tinyReproduce(data, cut, "--only", "agreement")...)
	if strings.Contains(told, "epoch  ") {
		t.Errorf("trained again:\n%s", told)
	}
	if read(t, lost.Model()) != read(t, dir.Model()) {
		t.Error("another model")
	}
	// Without the agreement of the epochs what was trained stays, until somebody removes it.
	if err := os.Remove(filepath.Join(string(lost), "agreement.json")); err != nil {
		t.Fatal(err)
	}
	mustFail(t, cli.StatusFailed, []string{string(lost) + " has trained 2 epochs", "not all that agreement wants"}, tinyReproduce(data, cut, "--only", "agreement")...)
	if err := os.RemoveAll(string(lost)); err != nil {
		t.Fatal(err)
	}
	mustCall(t, tinyReproduce(data, cut, "--only", "agreement")...)
	if read(t, lost.Model()) != read(t, dir.Model()) || read(t, filepath.Join(string(lost), "agreement.json")) != read(t, filepath.Join(string(dir), "agreement.json")) {
		t.Error("another model or agreement")
	}
}

func trainedDir(t *testing.T, out string) run.Dir {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(out, "train", "*"))
	if err != nil || len(dirs) != 1 {
		t.Fatal(dirs, err)
	}
	return run.Dir(dirs[0])
}

func TestBadReproduce(t *testing.T) {
	data := tiny.Data(t)
	t.Chdir(t.TempDir())
	for _, c := range []struct{ args, want string }{
		{"stray", `"stray"`},
		{"--only figure2", "figure2 figure1 algorithm1"},
		{"--only=", "--only"},
		{"--out=", "--out"},
		{"--data=", "--data"},
		{"--seeds 0", "--seeds 0"},
		{"--seeds many", "--seeds whole"},
		{"--samples -1", "--samples"},
		{"--samples 3", "--samples"},
		{"--epochs -1", "epochs"},
		{"--layers 0", "layer 1"},
		{"--lr NaN", "--lr NaN"},
		{"--seed -1", "--seed"},
		{"--threads -1", "--threads"},
		{"--samples 9223372036854775807", "--samples at most"},
	} {
		args := append([]string{"reproduce", "--data", data}, strings.Fields(c.args)...)
		mustFail(t, cli.StatusUsage, strings.Fields(c.want), args...)
	}
	mustFail(t, cli.StatusFailed, []string{"nowhere"}, "reproduce", "--data", "nowhere")
	if files := contents(t, "."); len(files) > 0 {
		t.Errorf("mistakes made files: %v", files)
	}
	mustFail(t, cli.StatusFailed, []string{"diverged", "--lr"}, tinyReproduce(data, "a", "--only", "figure3", "--lr", "1e38")...)
}

// TestReproduceGap: a class that has a number and no training image keeps the generative model with labels from being
// made, which is said, and nothing else.
func TestReproduceGap(t *testing.T) {
	table, out := filepath.Join(t.TempDir(), "table.csv"), filepath.Join(t.TempDir(), "report")
	var rows strings.Builder
	for i := range 300 {
		fmt.Fprintf(&rows, "0.%d,0.%d,%d\n", i%7, i%3, []int{0, 3}[i%2])
	}
	write(t, table, "a,b,label\n"+rows.String())
	r := call(tinyReproduce(table, out, "--only", "labels")...)
	if r.status != cli.StatusOK || !strings.Contains(r.stderr, "the generative model with labels is left out") || !strings.Contains(r.stderr, "no training image of class 1") || strings.Contains(r.stdout, "generative") {
		t.Errorf("%+v", r)
	}
	mine := filepath.Join(t.TempDir(), "mine")
	write(t, mine, "mine")
	mustFail(t, cli.StatusFailed, []string{"--out " + mine + " is a file"}, tinyReproduce(table, mine)...)
}
