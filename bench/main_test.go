package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/kernels"
)

func TestParse(t *testing.T) {
	o, err := parse([]string{"-run", "Affine", "-reps", "7", "-threads", "4, 1,4", "-quick", "-profile", "1s"}, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	if o.measure.Rounds != 7 || o.measure.Repetition != 5*time.Millisecond || o.profile != time.Second {
		t.Errorf("explicit flags lose against -quick: %+v", o)
	}
	if !slices.Equal(o.threads, []int{1, 4}) {
		t.Errorf("threads %v", o.threads)
	}
	if o.format != formatMarkdown || !o.spread {
		t.Errorf("defaults %+v", o)
	}
}

func TestParseExplainsMistakes(t *testing.T) {
	for _, args := range [][]string{
		{"-run", "("}, {"-threads", "0"}, {"-threads", "1,x"}, {"-threads", "1,999999"}, {"-threads", ""}, {"-format", "xml"},
		{"-reps", "0"}, {"-profile", "-1s"}, {"extra"}, {"-unknown"},
	} {
		var out bytes.Buffer
		if _, err := parse(args, &out); !errors.Is(err, errUsage) {
			t.Errorf("%q: error %v, want %v", args, err, errUsage)
		}
		if out.Len() == 0 {
			t.Errorf("%q: nothing is explained", args)
		}
	}
}

func TestHelp(t *testing.T) {
	var out bytes.Buffer
	if _, err := parse([]string{"-help"}, &out); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("error %v", err)
	}
	for _, want := range []string{"Usage:", "Examples:", "-chart", "-quick"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the help lacks %q", want)
		}
	}
}

func TestList(t *testing.T) {
	var out bytes.Buffer
	if err := run(context.Background(), []string{"-list", "-run", "Train", "-threads", "1,2"}, &out, os.Stderr); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "Train/threads=1\nTrain/threads=2\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestRefused: what can not be measured or written is refused before the work.
func TestRefused(t *testing.T) {
	dir := t.TempDir()
	for want, args := range map[string][]string{
		"no row has such a name": {"-run", "no-such-row"},
		"no such file":           {"-run", "Train", "-chart", filepath.Join(dir, "missing", "x.png")},
		"is a directory":         {"-run", "Train", "-chart", dir},
	} {
		var out bytes.Buffer
		if err := run(context.Background(), args, &out, &out); err == nil || !strings.Contains(err.Error(), want) || out.Len() > 0 {
			t.Errorf("%q: %v, %q", args, err, out.String())
		}
	}
}

// TestRun goes through a whole run of one small row, in all outputs.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("measures the machine's limits for the chart")
	}
	chart := filepath.Join(t.TempDir(), "roofline.png")
	if len(kernels.Available()) == 1 {
		t.Skip("plain Go has no peak to draw")
	}
	var out, progress bytes.Buffer
	args := []string{"-quick", "-reps", "1", "-threads", "1", "-run", "exp/n=4096$", "-chart", chart}
	if err := run(context.Background(), args, &out, &progress); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# Benchmark\n", "- CPU: ", "## The machine\n", "## Elementwise functions\n", "| exp 4096", "| memory, "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "## Training") {
		t.Error("a section without rows was written")
	}
	if progress.Len() > 0 {
		t.Errorf("progress was written to what is no terminal: %q", progress.String())
	}
	if info, err := os.Stat(chart); err != nil || info.Size() == 0 {
		t.Errorf("no chart: %v", err)
	}
	out.Reset()
	if err := run(context.Background(), []string{"-quick", "-reps", "2", "-run", "^Peak/threads=1$", "-format", "benchstat"}, &out, &progress); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "BenchmarkPeak/threads=1/impl=limit-"); n == 0 || n%2 != 0 {
		t.Errorf("%d lines of 2 repetitions:\n%s", n, out.String())
	}
}

// TestInterrupt: what was measured by then is reported, and that it is not all.
func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out bytes.Buffer
	if err := run(ctx, []string{"-quick", "-run", "exp/n=4096"}, &out, os.Stderr); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Incomplete") || strings.Contains(out.String(), "##") {
		t.Errorf("report of an interrupted run:\n%s", out.String())
	}
}
