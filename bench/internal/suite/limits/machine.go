// Package limits measures what the machine can do: what the figures of all other
// sections are held against.
package limits

import (
	"fmt"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// BandwidthRow and PeakRow are the names of this section's rows.
func BandwidthRow(level string) string { return "Bandwidth/level=" + level }
func PeakRow(threads int) string       { return fmt.Sprintf("Peak/threads=%d", threads) }

// Machine measures the limits by themselves.
func Machine(s *cases.Setting) cases.Section {
	section := cases.Section{Section: table.Section{
		Title: "The machine",
		About: "What holds everything else back. FMA peak: fused multiply-adds that touch registers only. " +
			AboutTilesInL1 + " “Between tiles” is the same loop as the peak's for 20 µs " +
			"after each 40 µs of micro-kernels, which is what the clock leaves, slower under such a load. Bandwidths, on one thread: " +
			"“read” is bytes.Equal on two halves; “load and store” copies one half to the other and “update in place” reads and writes the same " +
			"lines, with the identity kernel of this project; both count the bytes read and written.",
		Unit: table.GFLOPs,
	}}
	threads := []int{1}
	for _, t := range s.Threads {
		if t > 1 {
			threads = append(threads, t)
		}
	}
	for _, t := range threads {
		label := "one thread"
		if t > 1 {
			label = fmt.Sprintf("%d threads", t)
		}
		section.Cases = append(section.Cases, cases.Case{
			Rows:    []table.Row{{Name: PeakRow(t), Label: "FMA peak, " + label, Threads: t}},
			Threads: t,
			Entries: func() []cases.Entry { return Peaks(s, t) },
		})
	}
	if hasTile(s) {
		section.Cases = append(section.Cases, cases.Case{
			Rows: []table.Row{{Name: "Tiles/threads=1", Label: "tiles in L1, one thread"}},
			Entries: func() []cases.Entry {
				return append(peakBetweenTiles(s), tilesInL1(s, cases.DefaultMaps[0], kernels.Identity)...)
			},
		})
	}
	for _, l := range Levels() {
		section.Cases = append(section.Cases, cases.Case{
			Rows: []table.Row{{Name: BandwidthRow(l.Name), Label: fmt.Sprintf("%s, %s", l.Name, kib(l.Bytes))}},
			Entries: func() []cases.Entry {
				copying := LoadStore(s, l.Bytes/8, float64(l.Bytes))
				cell := copying.Cells[0]
				cell.Unit = table.GBytes
				copying.Cells[0] = cell
				return []cases.Entry{Read(s, l.Bytes), copying, UpdateInPlace(s, 2*l.Bytes)}
			},
		})
	}
	return section
}
