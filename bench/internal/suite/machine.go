package suite

import (
	"fmt"

	"github.com/klauspost/cpuid/v2"

	"github.com/targetprop/targetprop/bench/internal/table"
	"github.com/targetprop/targetprop/kernels"
)

// Level is a level of the memory and how much of it is used to measure it.
type Level struct {
	Name  string
	Bytes int
}

// Levels are those that the roofline shows.
func Levels() []Level {
	size := func(found, otherwise int) int {
		if found <= 0 {
			return otherwise
		}
		return found
	}
	c := cpuid.CPU.Cache
	l1, l2, l3 := size(c.L1D, 32<<10), size(c.L2, 1<<20), size(c.L3, 32<<20)
	return []Level{
		{"L1", l1 * 3 / 4},
		{"L2", l2 / 2},
		{"L3", l3 / 2},
		{"memory", 4 * l3},
	}
}

// BandwidthRow and PeakRow are the names of this section's rows.
func BandwidthRow(level string) string { return "Bandwidth/level=" + level }
func PeakRow(threads int) string       { return fmt.Sprintf("Peak/threads=%d", threads) }

// Columns of the section that other packages look for.
const ReadColumn, UpdateColumn = readColumn, updateColumn

// machine measures the limits by themselves.
func (s *Suite) machine() Section {
	section := Section{Section: table.Section{
		Title: "The machine",
		About: "What holds everything else back. FMA peak: fused multiply-adds that touch registers only. " +
			aboutTilesInL1 + " “Between tiles” is the same loop as the peak's for 20 µs " +
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
		section.Cases = append(section.Cases, Case{
			Rows:    []table.Row{{Name: PeakRow(t), Label: "FMA peak, " + label, Threads: t}},
			Threads: t,
			Entries: func() []Entry { return s.peaks(t) },
		})
	}
	if s.hasMicroKernel() {
		section.Cases = append(section.Cases, Case{
			Rows:    []table.Row{{Name: "Tiles/threads=1", Label: "tiles in L1, one thread"}},
			Entries: func() []Entry { return append(s.peakBetweenTiles(), s.tilesInL1(defaultMaps[0], kernels.Identity)...) },
		})
	}
	for _, l := range Levels() {
		section.Cases = append(section.Cases, Case{
			Rows: []table.Row{{Name: BandwidthRow(l.Name), Label: fmt.Sprintf("%s, %s", l.Name, kib(l.Bytes))}},
			Entries: func() []Entry {
				copying := s.loadStore(l.Bytes/8, float64(l.Bytes))
				cell := copying.Cells[0]
				cell.Unit = table.GBytes
				copying.Cells[0] = cell
				return []Entry{s.read(l.Bytes), copying, s.updateInPlace(2 * l.Bytes)}
			},
		})
	}
	return section
}

func kib(bytes int) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KiB", bytes>>10)
	}
	return fmt.Sprintf("%d MiB", bytes>>20)
}
