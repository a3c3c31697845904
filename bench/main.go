// Command bench measures this project beside other libraries and beside what
// the machine can do, and prints one report.
//
//	go run .                                      # with the Go libraries gonum and vek
//	GOEXPERIMENT=simd go run -tags peers .        # with everything
//	GOEXPERIMENT=simd go run -tags peers . -chart roofline.png > report.md
//
// README.md says what the build needs and how the figures come about.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/targetprop/targetprop/bench/internal/chart"
	"github.com/targetprop/targetprop/bench/internal/machine"
	"github.com/targetprop/targetprop/bench/internal/report"
	"github.com/targetprop/targetprop/bench/internal/suite"
	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/internal/atomicfile"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // what is measured goes on to its end; a second signal ends at once
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2) // the flag package has explained it
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	s, err := suite.New(o.threads, o.profile, o.large)
	if err != nil {
		return err
	}
	if o.list {
		return list(stdout, s, o)
	}
	if !hasRows(s, o) {
		return fmt.Errorf("-run %s: no row has such a name (-list writes them)", o.run)
	}
	if o.chart != "" {
		if err := atomicfile.Check(o.chart); err != nil {
			return err
		}
	}
	p := newProgress(stderr)
	r := measureAll(ctx, s, o, p)
	p.done()
	if err := write(stdout, r, o); err != nil || o.chart == "" {
		return err
	}
	return chart.Roofline(o.chart, r, machine.CPU())
}

func write(w io.Writer, r table.Report, o options) error {
	if o.format == formatBenchstat {
		return report.Benchstat(w, r, machine.CPU())
	}
	return report.Markdown(w, r, report.Style{Spread: o.spread})
}

// hasRows tells whether something is to be measured.
func hasRows(s *suite.Suite, o options) bool {
	return slices.ContainsFunc(s.Sections(), func(section cases.Section) bool {
		return slices.ContainsFunc(section.Cases, func(c cases.Case) bool { return c.Matches(o.run) })
	})
}

// list writes the names of the rows that would be measured.
func list(w io.Writer, s *suite.Suite, o options) error {
	for _, section := range s.Sections() {
		for _, c := range section.Cases {
			if !c.Matches(o.run) {
				continue
			}
			for _, row := range c.Rows {
				if row.View {
					continue
				}
				if _, err := fmt.Fprintln(w, row.Name); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
