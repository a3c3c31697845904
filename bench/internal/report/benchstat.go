package report

import (
	"bufio"
	"fmt"
	"io"
	"runtime"
	"strconv"

	"github.com/targetprop/targetprop/bench/internal/table"
)

// Benchstat writes a line for each repetition in the format of Go's benchmarks,
// from which golang.org/x/perf/cmd/benchstat makes its own medians and
// intervals:
//
//	benchstat -col /impl bench.txt
func Benchstat(w io.Writer, r table.Report, cpu string) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "goos: %s\ngoarch: %s\npkg: github.com/targetprop/targetprop/bench\ncpu: %s\n", runtime.GOOS, runtime.GOARCH, cpu)
	for _, u := range []table.Unit{table.GFLOPs, table.GBytes, table.Elements, table.Images, table.Calls} {
		fmt.Fprintf(out, "Unit %s better=higher\n", u.Name)
	}
	for _, s := range r.Sections {
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				benchstatCell(out, row, c)
			}
		}
	}
	return out.Flush()
}

func benchstatCell(out io.Writer, row table.Row, c table.Cell) {
	for _, sample := range c.Series.Samples {
		ns := float64(sample.Time) / float64(sample.Calls)
		fmt.Fprintf(out, "Benchmark%s/impl=%s\t%d\t", row.Name, c.Impl, sample.Calls)
		if !row.View { // the other row has the time
			fmt.Fprintf(out, "%s ns/op\t", strconv.FormatFloat(ns, 'f', decimals(ns), 64))
		}
		fmt.Fprintf(out, "%.4g %s\n", c.Work/ns*c.Unit.Scale, c.Unit.Name)
	}
}

// decimals keep four digits of small times, and all of long ones.
func decimals(ns float64) int {
	if ns < 1000 {
		return 2
	}
	return 0
}
