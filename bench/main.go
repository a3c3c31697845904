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
	"syscall"

	"github.com/targetprop/targetprop/bench/internal/chart"
	"github.com/targetprop/targetprop/bench/internal/machine"
	"github.com/targetprop/targetprop/bench/internal/report"
	"github.com/targetprop/targetprop/bench/internal/suite"
	"github.com/targetprop/targetprop/bench/internal/table"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
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
