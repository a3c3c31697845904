package program

import (
	"bytes"
	"encoding/csv"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
)

func TestSTDP(t *testing.T) {
	leaveToPlain(t)
	t.Chdir(t.TempDir())
	args := []string{"stdp", "--trials", "3000", "--bins", "5", "--out", "a.png"}
	out := mustCall(t, args...)
	for _, want := range []string{"a.png", "a.csv", "3000 trials", "Brownian", "threshold -50 mV", "seed 1"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	decodePNG(t, "a.png")
	rows := readCSV(t, "a.csv")
	if len(rows) != 1+2*5 {
		t.Fatalf("%d rows", len(rows))
	}
	trials := 0
	for _, row := range rows[1:] {
		n, err := strconv.Atoi(row[2])
		if err != nil {
			t.Fatal(err)
		}
		trials += n
		low, _ := strconv.ParseFloat(row[0], 64)
		mean, _ := strconv.ParseFloat(row[3], 64)
		if (low < 0) != (mean < 0) {
			t.Errorf("from %v ms the weight changes by %v", low, mean)
		}
	}
	if trials < 1000 || trials > 3000 {
		t.Errorf("%d trials in the bins", trials)
	}

	first, picture := read(t, "a.csv"), read(t, "a.png")
	mustCall(t, append(args, "--threads", "1")...)
	if read(t, "a.csv") != first || read(t, "a.png") != picture {
		t.Error("another number of threads gives other results")
	}
	for _, more := range []string{"--seed=2", "--noise=0", "--slope=1", "--threshold=-40", "--v-low=-70", "--v-high=-55", "--window=20", "--step=0.25"} {
		mustCall(t, append(args, more)...)
		if read(t, "a.csv") == first {
			t.Errorf("%s changes nothing", more)
		}
	}
}

func TestBadSTDP(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct{ args, want string }{
		{"stray", `"stray"`},
		{"--trials 0", "0 trials"},
		{"--trials many", "--trials whole"},
		{"--threshold -70", "threshold"},
		{"--v-low NaN", "--v-low NaN"},
		{"--slope -1", "ramps"},
		{"--noise -1", "noise"},
		{"--step 0", "steps"},
		{"--step 1e-9", "steps"},
		{"--window -5", "window"},
		{"--bins 0", "bins"},
		{"--out=", "--out"},
		{"--out a.jpg", "a.jpg .png"},
		{"--threads -1", "--threads"},
	} {
		mustFail(t, cli.StatusUsage, strings.Fields(c.want), append([]string{"stdp"}, strings.Fields(c.args)...)...)
	}
	if files := contents(t, "."); len(files) > 0 {
		t.Errorf("mistakes made files: %v", files)
	}
	mustFail(t, cli.StatusFailed, []string{"nowhere"}, "stdp", "--trials", "10", "--out", filepath.Join("nowhere", "a.png"))
}

// TestFigureHelp: the help of the commands that make figures.
func TestFigureHelp(t *testing.T) {
	for _, command := range []string{"stdp", "fill", "reproduce"} {
		out := mustCall(t, command, "--help")
		for _, want := range []string{"Usage:\n", "Examples:\n", "Flags:\n", "--seed", "--out"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: no %q in the help:\n%s", command, want, out)
			}
		}
		for line := range strings.Lines(out) {
			if len([]rune(strings.TrimSuffix(line, "\n"))) > cli.HelpWidth {
				t.Errorf("%s: long help line: %s", command, line)
			}
		}
	}
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader([]byte(read(t, path)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
