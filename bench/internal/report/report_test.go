package report

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/table"
)

var update = flag.Bool("update", false, "write the golden files")

// series has a round of two calls for each time of one, in ns.
func series(times ...time.Duration) (s measure.Series) {
	for round, t := range times {
		s.Samples = append(s.Samples, measure.Sample{Round: round, Calls: 2, Time: 2 * t})
	}
	return s
}

func peak(times ...time.Duration) table.Cell {
	return table.Cell{Column: "FMA peak AVX2", Impl: "limit-fma-peak-avx2", Role: table.Limit, Unit: table.GFLOPs, Work: 384, Series: series(times...)}
}

// example has a cell of every kind: with and without limits, skipped, missing.
var example = table.Report{
	Head: []table.Fact{{Name: "CPU", Value: "a fake one"}, {Name: "oneDNN", Value: "missing: built without the tag peers"}},
	Sections: []*table.Section{
		{
			Title: "Products", About: "What they are.", Unit: table.GFLOPs,
			Compare: []table.Comparison{{Title: "÷ best peer", Against: table.Peer}},
			Rows: []table.Row{
				{Name: "Affine/op=softplus/m=1/k=2/n=3", Label: "softplus 1×2×3", Cells: []table.Cell{
					{Column: "plain Go", Impl: "generic", Role: table.Baseline, Unit: table.GFLOPs, Work: 1000, Series: measure.Series{Skipped: "skipped: a call takes 5s"}},
					{Column: "AVX2", Impl: "avx2", Role: table.Ours, Unit: table.GFLOPs, Work: 1000, Series: series(10, 11, 20), Bounds: []table.Bound{{Column: "FMA peak AVX2", Work: 1000}}},
					{Column: "OpenBLAS", Impl: "openblas", Role: table.Peer, Unit: table.GFLOPs, Work: 1000, Series: series(16, 15, 30), Bounds: []table.Bound{{Column: "FMA peak AVX2", Work: 1000}}, Kernel: "Haswell"},
					peak(3, 4, 6),
				}},
				{Name: "Affine/op=softplus/m=4/k=5/n=6", Label: "softplus 4×5×6", Cells: []table.Cell{
					{Column: "AVX2", Impl: "avx2", Role: table.Ours, Unit: table.GFLOPs, Work: 1000, Series: series(500)},
				}},
			},
			Extra:  []table.Plain{{Title: "More", Header: []string{"", "share"}, Rows: [][]string{{"products", "90 %"}, {"other", "10 %"}}}},
			Remark: []string{"A remark."},
		},
		{Title: "Nothing was measured here"},
		{
			Title: "Functions", Unit: table.Elements, NoteTitle: "error, ulp",
			Compare: []table.Comparison{{Title: "÷ plain Go", Against: table.Baseline}},
			Rows: []table.Row{{Name: "Elementwise/op=exp/n=64", Label: "exp 64", Note: "≤ 0.9", Cells: []table.Cell{
				{Column: "AVX2", Impl: "avx2", Role: table.Ours, Unit: table.Elements, Work: 64, Series: series(32),
					Bounds: []table.Bound{{Column: "FMA peak AVX2", Work: 1408}, {Column: "load and store", Work: 64}}},
				{Column: "plain Go", Impl: "generic", Role: table.Baseline, Unit: table.Elements, Work: 64, Series: series(640)},
				peak(4),
				{Column: "load and store", Impl: "limit-load-and-store", Role: table.Limit, Unit: table.Elements, Work: 64, Series: series(8)},
			}}},
		},
		{
			Title: "Training", Unit: table.GFLOPs,
			Rows: []table.Row{
				{Name: "Train/threads=1", Label: "GFLOP/s", Cells: []table.Cell{{Column: "AVX2", Impl: "avx2", Role: table.Ours, Unit: table.GFLOPs, Work: 6.5e9, Series: series(70e6)}}},
				{Name: "Train/threads=1", Label: "images/s", View: true, Cells: []table.Cell{
					{Column: "AVX2", Impl: "avx2", Role: table.Ours, Unit: table.Images, Work: 100, Series: series(70e6)},
					{Column: "plain Go", Impl: "generic", Role: table.Baseline, Unit: table.Images, Work: 100, Series: measure.Series{Skipped: "said in the other row"}},
				}},
			},
		},
	},
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; go test -update writes it again:\n%s", file, got)
	}
}

func TestMarkdown(t *testing.T) {
	for name, style := range map[string]Style{"report.md": {Spread: true}, "brief.md": {}} {
		var out bytes.Buffer
		if err := Markdown(&out, example, style); err != nil {
			t.Fatal(err)
		}
		golden(t, name, out.Bytes())
	}
}

func TestBenchstat(t *testing.T) {
	var out bytes.Buffer
	if err := Benchstat(&out, example, "a fake one"); err != nil {
		t.Fatal(err)
	}
	// goos and goarch are those of this machine.
	_, rest, _ := bytes.Cut(out.Bytes(), []byte("pkg:"))
	golden(t, "report.bench", append([]byte("pkg:"), rest...))
}

// TestColumnsLineUp: the tables can be read as they are.
func TestColumnsLineUp(t *testing.T) {
	var out bytes.Buffer
	writeGrid(&out, [][]string{{"a", "÷ best"}, {"1×2", "x"}})
	const want = "| a   | ÷ best |\n|-----|--------|\n| 1×2 | x      |\n"
	if got := out.String(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{
		0.0123: "0.012", 0.5: "0.500", 1.234: "1.23", 12.34: "12.3", 107.36: "107.4", 1650.4: "1650", math.Inf(1): none,
	} {
		if got := number(x); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
	if got := number(math.NaN()); got != none {
		t.Errorf("NaN: %s", got)
	}
}

func TestPercent(t *testing.T) {
	for x, want := range map[float64]string{0.923: "92 %", 1.01: "101 %", 0.041: "4.1 %"} {
		if got := percent(x); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
}

// TestBestIsBold in every row that has a figure, and once.
func TestBestIsBold(t *testing.T) {
	var out bytes.Buffer
	if err := Markdown(&out, example, Style{}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "| softplus") || strings.HasPrefix(line, "| exp") {
			if n := strings.Count(line, "**"); n != 2 {
				t.Errorf("%d marks in %s", n, line)
			}
		}
	}
}
