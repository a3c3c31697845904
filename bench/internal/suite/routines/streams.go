package routines

import (
	"slices"

	"github.com/targetprop/targetprop/bench/internal/suite/cases"
	"github.com/targetprop/targetprop/bench/internal/suite/limits"
	"github.com/targetprop/targetprop/bench/internal/table"
)

// comparisons are the columns that compare ours with the others.
var comparisons = []table.Comparison{
	{Title: "÷ best peer", Against: table.Peer},
	{Title: "÷ gonum", Column: "gonum"},
}

// shorter repetitions than a product's, 10 ms, keep the 90 rows of the levels to 3 minutes.
const shorter = 2

// measuredLevels are L1, L2 and memory, of which a quarter of a gigabyte is enough.
func measuredLevels() []limits.Level {
	const most = 256 << 20
	levels := slices.DeleteFunc(limits.Levels(), func(l limits.Level) bool { return l.Name == "L3" })
	for i := range levels {
		levels[i].Bytes = min(levels[i].Bytes, most)
	}
	return levels
}

// streamJob is one that moves that many bytes and is held against a stream of as many.
func streamJob(size float64, stores bool) cases.Job {
	column := limits.ReadColumn
	if stores {
		column = limits.UpdateColumn
	}
	return cases.Job{Unit: table.GBytes, Work: size, Streams: map[string]float64{column: size}}
}

// streamLimit is that stream, over so many bytes of memory.
func streamLimit(s *cases.Setting, memory int, stores bool) cases.Entry {
	if stores {
		return limits.UpdateInPlace(s, 2*memory)
	}
	return limits.Read(s, memory)
}
