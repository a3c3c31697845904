package compare

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/cmd/internal/evaluate"
	"github.com/targetprop/targetprop/cmd/internal/frame"
	"github.com/targetprop/targetprop/cmd/internal/picture"
)

// silent is after how many seconds a run that should tell of itself has probably ended.
const silent = 60

// Write writes the runs for people: a paragraph each, and a table of the settings that
// differ.
func Write(w io.Writer, runs []Run) {
	for i, r := range runs {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%s: %s\n", cli.Plain(r.Dir), cli.Plain(r.state()))
		if r.Data != "" {
			fmt.Fprintf(w, "  %s on %d images of %s, layers %s\n", r.Task, r.Images, cli.Plain(r.Data), cli.Plain(r.Settings["layers"]))
		}
		for j, name := range r.Columns {
			if j > 0 && name != "seconds" && len(r.Rows) > 0 {
				fmt.Fprintf(w, "  %-18s %-*s %.4g\n", cli.Plain(name), curveWidth, curve(r.column(j)), float64(r.Rows[len(r.Rows)-1][j]))
			}
		}
		if e := r.Evaluation; e != nil && len(e.Rows) > 0 {
			fmt.Fprintf(w, "  log-likelihood %.1f (%s) on %d images of %s, by eval\n", e.Rows[0].LL, cli.Plain(e.Rows[0].Name), e.TestImages, cli.Plain(e.Data))
		}
	}
	different(w, runs)
}

// Apart says of runs that were measured on data of one name why their figures do not compare with those of the first.
func Apart(runs []Run) (said []string) {
	first := map[string]evaluate.Report{}
	for _, r := range runs {
		if r.Evaluation == nil {
			continue
		}
		report := *r.Evaluation
		report.Model = r.Dir // which may have been moved
		if from, ok := first[report.Data]; !ok {
			first[report.Data] = report
		} else if text := report.Apart(from); text != "" {
			said = append(said, text)
		}
	}
	return said
}

func (r Run) state() string {
	epochs := cli.Count(r.Epochs, "epoch", "epochs")
	if r.EpochsOf > 0 {
		epochs = fmt.Sprintf("%d of %s", r.Epochs, cli.Count(r.EpochsOf, "epoch", "epochs"))
	}
	switch {
	case r.Silent > silent && (r.State == frame.Training || r.State == frame.Ending):
		return fmt.Sprintf("%s, %s; nothing heard of it for %.0f minutes", r.State, epochs, math.Ceil(r.Silent/60))
	case r.Why != "":
		return fmt.Sprintf("%s, %s: %s", r.State, epochs, r.Why)
	}
	return r.State + ", " + epochs
}

// column is one of the log.
func (r Run) column(j int) []float64 {
	var values []float64
	for _, row := range r.Rows {
		if j < len(row) {
			values = append(values, float64(row[j]))
		}
	}
	return values
}

// curveWidth is how many characters a curve has.
const curveWidth = 24

// curve draws values in a line, from their lowest to their highest.
func curve(values []float64) string {
	values = slices.DeleteFunc(values, func(x float64) bool { return x-x != 0 })
	if len(values) == 0 {
		return ""
	}
	const levels = "▁▂▃▄▅▆▇█"
	steps := []rune(levels)
	lo, hi := slices.Min(values), slices.Max(values)
	n := min(len(values), curveWidth)
	line := make([]rune, n)
	for i := range line {
		x := values[(i+1)*len(values)/n-1] // the last one is the last
		line[i] = steps[int(picture.Level(x, lo, hi)*float64(len(steps)-1)+0.5)]
	}
	return string(line)
}

// different writes the settings that are not the same in all runs.
func different(w io.Writer, runs []Run) {
	var names []string
	for _, r := range runs {
		for _, name := range r.names {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		return !slices.ContainsFunc(runs, func(r Run) bool { return r.Settings[name] != runs[0].Settings[name] })
	})
	if len(names) == 0 {
		return
	}
	fmt.Fprintln(w, "\nsettings that differ:")
	for _, name := range names {
		var values []string
		for _, r := range runs {
			value, ok := r.Settings[name]
			if !ok {
				value = "-"
			}
			values = append(values, value)
		}
		fmt.Fprintf(w, "  --%-14s %s\n", cli.Plain(name), cli.Plain(strings.Join(values, " | ")))
	}
	if slices.Contains(names, "centre") {
		fmt.Fprintln(w, "\nImages that are read in another range, by --centre, have losses in other units: they do not compare.")
	}
}
