package chart

import (
	"errors"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gonum.org/v1/plot/plotter"

	"github.com/targetprop/targetprop/bench/internal/measure"
	"github.com/targetprop/targetprop/bench/internal/suite"
	"github.com/targetprop/targetprop/bench/internal/table"
)

func once(ns time.Duration) measure.Series {
	return measure.Series{Samples: []measure.Sample{{Calls: 1, Time: ns}}}
}

func example() table.Report {
	return table.Report{Sections: []*table.Section{
		{Title: "The machine", Rows: []table.Row{
			{Name: suite.PeakRow(1), Cells: []table.Cell{
				{Column: "FMA peak AVX2", Role: table.Limit, Unit: table.GFLOPs, Work: 60, Series: once(1)},
				{Column: "FMA peak AVX-512", Role: table.Limit, Unit: table.GFLOPs, Work: 118, Series: once(1)},
			}},
			{Name: suite.PeakRow(2), Threads: 2, Cells: []table.Cell{{Column: "FMA peak AVX-512", Role: table.Limit, Unit: table.GFLOPs, Work: 999, Series: once(1)}}},
			{Name: suite.BandwidthRow("L2"), Cells: []table.Cell{
				{Column: suite.ReadColumn, Role: table.Limit, Unit: table.GBytes, Work: 115, Series: once(1)},
				{Column: suite.UpdateColumn, Role: table.Limit, Unit: table.GBytes, Work: 230, Series: once(1)},
				{Column: "load and store", Role: table.Limit, Unit: table.GBytes, Work: 110, Series: once(1)},
			}},
			{Name: suite.BandwidthRow("memory"), Cells: []table.Cell{{Column: suite.ReadColumn, Role: table.Limit, Unit: table.GBytes, Work: 22, Series: once(1)}}},
		}},
		{Title: "Products", Rows: []table.Row{
			{Flops: 400, Bytes: 10, Cells: []table.Cell{
				{Column: "FMA peak AVX-512", Role: table.Limit, Unit: table.GFLOPs, Work: 130, Series: once(1)},
				{Column: "AVX2", Role: table.Ours, Unit: table.GFLOPs, Work: 400, Series: once(8)},
				{Column: "AVX-512", Role: table.Ours, Unit: table.GFLOPs, Work: 400, Series: once(4)},
				{Column: "BLAS", Role: table.Peer, Unit: table.GFLOPs, Work: 400, Series: once(5)},
			}},
			{Flops: 400, Bytes: 10, Threads: 2, Cells: []table.Cell{{Column: "AVX2", Role: table.Ours, Work: 400, Series: once(1)}}},
			{Cells: []table.Cell{{Column: "AVX2", Role: table.Ours, Work: 400, Series: once(1)}}},
		}},
		{Title: "Updates", Rows: []table.Row{{Flops: 16, Bytes: 36, Cells: []table.Cell{
			{Column: "AVX2", Role: table.Ours, Unit: table.GBytes, Work: 36, Series: once(2)},
		}}}},
	}}
}

func TestPoints(t *testing.T) {
	got := pointsOf(example())
	want := []point{{"Products", 40, 100, false}, {"Products", 40, 80, true}, {"Updates", 16. / 36, 8, false}}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("point %d is %v, want %v", i, got[i], want[i])
		}
	}
}

func TestLimits(t *testing.T) {
	l := limitsOf(example())
	if len(l.peaks) != 2 || l.top() != 130 {
		t.Errorf("peaks %v", l.peaks)
	}
	if len(l.bandwidths) != 3 || l.steepest() != 230 {
		t.Errorf("bandwidths %v", l.bandwidths)
	}
}

// TestLabels: labels of lines that are close to each other are on their two sides, and the
// next one is behind them.
func TestLabels(t *testing.T) {
	a := area{left: 0.1, right: 100, bottom: 1, top: 200}
	lines := []roof{{rate: 20}, {rate: 100}, {rate: 18}, {rate: 20.5}}
	var l labels
	for _, b := range lines {
		l.addAlong(a, 0.2, b.rate, a.labelSide(b.rate, lines[:3]), "update in place")
	}
	end := l.along[0].end
	if end < 0.3 || end > 0.5 {
		t.Errorf("a label from 0.2 flop/byte on ends at %v", end)
	}
	for i, want := range []plotter.XY{{X: 0.2, Y: 4 * a.across(3)}, {X: 0.2, Y: 20 * a.across(3)}, {X: 0.2, Y: 3.6 / a.across(9)}, {X: end, Y: 20.5 * end * a.across(3)}} {
		if got := l.XYs[i]; math.Abs(got.X/want.X-1) > 1e-12 || math.Abs(got.Y/want.Y-1) > 1e-12 {
			t.Errorf("label %d is at %v, want %v", i, got, want)
		}
	}
}

func TestRoofline(t *testing.T) {
	file := filepath.Join(t.TempDir(), "roofline.png")
	if err := Roofline(file, example(), "a CPU"); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	image, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := image.Bounds(); b.Dx() != 9*dpi || b.Dy() != 6*dpi {
		t.Errorf("the chart has %v", b)
	}
	if keep := os.Getenv("TARGETPROP_CHART"); keep != "" {
		if err := Roofline(keep, example(), "a CPU"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRooflineNeedsThePeak(t *testing.T) {
	file := filepath.Join(t.TempDir(), "roofline.png")
	if err := Roofline(file, table.Report{}, "a CPU"); !errors.Is(err, errNoRoof) {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("an empty chart was written")
	}
}
