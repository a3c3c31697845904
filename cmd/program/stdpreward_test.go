package program

import (
	"strconv"
	"strings"
	"testing"

	"github.com/targetprop/targetprop/cmd/internal/cli"
)

func TestSTDPReward(t *testing.T) {
	leaveToPlain(t)
	t.Chdir(t.TempDir())
	args := []string{"stdp", "reward", "--runs", "2", "--trials", "600", "--block", "200", "--out", "a.png"}
	out := mustCall(t, args...)
	for _, want := range []string{"a.png", "a.csv", "600 trials of 2 networks", "seeds from 1", "last 200 trials"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	decodePNG(t, "a.png")
	rows := readCSV(t, "a.csv")
	if len(rows) != 1+3*2 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows[5:] { // of the last block
		reward, _ := strconv.ParseFloat(row[2], 64)
		shuffled, _ := strconv.ParseFloat(row[3], 64)
		if row[0] != "600" || reward < 0.2 || reward-shuffled < 0.2 {
			t.Errorf("after %s trials with seed %s: reward %v, shuffled %v", row[0], row[1], reward, shuffled)
		}
	}

	first, picture := read(t, "a.csv"), read(t, "a.png")
	mustCall(t, append(args, "--threads", "1")...)
	if read(t, "a.csv") != first || read(t, "a.png") != picture {
		t.Error("another number of threads gives other results")
	}
	short := []string{"stdp", "reward", "--runs", "1", "--trials", "200", "--out", "b.png"}
	mustCall(t, short...)
	first = read(t, "b.csv")
	for _, more := range []string{
		"--seed=2", "--patterns=2", "--inputs=50", "--high=60", "--low=8", "--rate=0.1", "--baseline=1", "--trace=50", "--delay=900",
		"--slope=0.2", "--noise=1", "--max-weight=0.4", "--step=0.5", "--block=50",
	} {
		mustCall(t, append(short, more)...)
		if read(t, "b.csv") == first {
			t.Errorf("%s changes nothing", more)
		}
	}
}

func TestBadSTDPReward(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range []struct{ args, want string }{
		{"stray", `"stray"`},
		{"--runs 0", "0 networks"},
		{"--trials 150", "150 trials multiple 100"},
		{"--block 0", "blocks"},
		{"--patterns 1", "patterns"},
		{"--inputs 1", "inputs"},
		{"--low 50", "inputs"},
		{"--rate -1", "rate"},
		{"--baseline 2", "expected"},
		{"--trace 0", "eligibility"},
		{"--delay NaN", "--delay NaN"},
		{"--step 0", "steps"},
		{"--out a.jpg", "a.jpg .png"},
		{"--bins 5", "--bins"},
	} {
		mustFail(t, cli.StatusUsage, strings.Fields(c.want), append([]string{"stdp", "reward"}, strings.Fields(c.args)...)...)
	}
	if files := contents(t, "."); len(files) > 0 {
		t.Errorf("mistakes made files: %v", files)
	}
	help := mustCall(t, "stdp", "reward", "--help")
	for line := range strings.Lines(help) {
		if len([]rune(strings.TrimSuffix(line, "\n"))) > cli.HelpWidth {
			t.Errorf("long help line: %s", line)
		}
	}
	if help := mustCall(t, "stdp", "--help"); !strings.Contains(help, "stdp [COMMAND] [flags]") || !strings.Contains(help, "reward  ") {
		t.Errorf("the help of stdp does not show its command:\n%s", help)
	}
}
