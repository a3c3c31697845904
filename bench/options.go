package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/targetprop/targetprop/bench/internal/measure"
)

// Formats of the report.
const (
	formatMarkdown  = "markdown"
	formatBenchstat = "benchstat"
)

// options are what the command line says.
type options struct {
	format  string
	run     *regexp.Regexp
	list    bool
	chart   string
	spread  bool
	threads []int
	profile time.Duration
	large   bool
	measure measure.Options
}

// errUsage is a mistake on the command line that has been explained to the user.
var errUsage = errors.New("wrong usage")

const usage = `Usage: go run [-tags peers] . [flags]

Measures this project beside other libraries and beside what the machine can do
(a register-only loop of multiply-adds, streams through the caches), and prints
one report. All columns of a row take turns, so that they share the machine's
good and bad moments; a cell is a median of those turns.

GOEXPERIMENT=simd adds go-highway, gomlx and the limits of division; -tags peers
adds OpenBLAS, oneDNN, BLIS, libxsmm and the yardstick in C (gcc and packages:
README.md). NumPy joins the section on mat where python3 has it.

Examples:
  go run . -quick                                  a first look, a minute or two
  go run . -run 'Affine/op=softplus'               some rows
  go run . -run '^Mat/' -large                     gonum's mat, up to 2000 x 2000
  go run . -list                                   their names
  go run . -format benchstat > new.txt             for benchstat -col /impl new.txt
  GOEXPERIMENT=simd go run -tags peers . -chart roofline.png > report.md

Flags:
`

func parse(args []string, stderr io.Writer) (options, error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprint(stderr, usage)
		flags.PrintDefaults()
	}
	format := flags.String("format", formatMarkdown, "`form` of the report: markdown, or benchstat: a line for each repetition")
	run := flags.String("run", "", "measure the rows whose name matches this `regexp`")
	list := flags.Bool("list", false, "write the names of the rows and measure nothing")
	reps := flags.Int("reps", 15, "`repetitions` of each cell; those whose single call is slow have fewer, down to 3")
	threads := flags.String("threads", defaultThreads(), "`numbers` of threads for training and the largest products; everything else runs on one")
	quick := flags.Bool("quick", false, "fewer and shorter repetitions, a shorter profile, and nothing that takes half a second a call")
	spread := flags.Bool("spread", true, "write the lowest and the highest rate into each cell")
	profile := flags.Duration("profile", 10*time.Second, "`time` to profile training for its breakdown, 0 for none")
	chart := flags.String("chart", "", "draw the roofline into this `file`, a PNG (it measures the machine's limits whatever -run says)")
	large := flags.Bool("large", false, "with mat on matrices of 2000 x 2000, which takes minutes")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return options{}, err
		}
		return options{}, errUsage
	}
	o := options{
		format: *format, list: *list, chart: *chart, spread: *spread, profile: *profile, large: *large,
		measure: measure.Options{Clock: measure.Monotonic(), Rounds: *reps, Repetition: 20 * time.Millisecond, TooSlow: 2 * time.Second},
	}
	set := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if *quick {
		o.measure.Repetition, o.measure.TooSlow = 5*time.Millisecond, time.Second/2
		if !set["reps"] {
			o.measure.Rounds = 5
		}
		if !set["profile"] {
			o.profile = 2 * time.Second
		}
	}
	var err error
	if o.run, err = regexp.Compile(*run); err != nil {
		return options{}, explain(flags, "-run: %v", err)
	}
	if o.threads, err = parseThreads(*threads); err != nil {
		return options{}, explain(flags, "-threads: %v", err)
	}
	switch {
	case flags.NArg() > 0:
		return options{}, explain(flags, "unexpected argument %q", flags.Arg(0))
	case o.format != formatMarkdown && o.format != formatBenchstat:
		return options{}, explain(flags, "-format %q: want %s or %s", o.format, formatMarkdown, formatBenchstat)
	case *reps < 1:
		return options{}, explain(flags, "-reps %d: want 1 or more", *reps)
	case *profile < 0:
		return options{}, explain(flags, "-profile %v: want 0 or more", *profile)
	}
	return o, nil
}

// explain tells the user what is wrong.
func explain(flags *flag.FlagSet, format string, args ...any) error {
	fmt.Fprintf(flags.Output(), "bench: %s (-help lists the flags)\n", fmt.Sprintf(format, args...))
	return errUsage
}

// defaultThreads is one thread, and all.
func defaultThreads() string {
	if n := runtime.NumCPU(); n > 1 {
		return fmt.Sprintf("1,%d", n)
	}
	return "1"
}

// maxThreads is beyond any machine, and keeps a mistyped number from taking all memory.
const maxThreads = 4096

// parseThreads reads numbers of threads, "1,2", and sorts them.
func parseThreads(text string) ([]int, error) {
	var threads []int
	for field := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(field))
		if err != nil || n < 1 || n > maxThreads {
			return nil, fmt.Errorf("%q: want numbers from 1 to %d, with commas", text, maxThreads)
		}
		threads = append(threads, n)
	}
	slices.Sort(threads)
	return slices.Compact(threads), nil
}
