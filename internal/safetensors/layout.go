package safetensors

import (
	"cmp"
	"fmt"
	"slices"
)

// checkLayout sorts the entries by their place and checks that they fill a data
// part of size bytes without holes or overlaps. After it every entry's count is
// set and the counts add up to the size.
func checkLayout(entries []entry, size int64) error {
	for i := range entries {
		if err := entries[i].check(size); err != nil {
			return fmt.Errorf("tensor %s: %w", quote(entries[i].name), err)
		}
	}
	// Tensors without values share a place: the header's order decides.
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.begin, b.begin), cmp.Compare(a.end, b.end))
	})
	pos, last := int64(0), ""
	for _, e := range entries {
		switch {
		case e.begin < pos:
			return fmt.Errorf("tensors %s and %s overlap in bytes %d to %d",
				quote(last), quote(e.name), e.begin, min(pos, e.end))
		case e.begin > pos:
			return fmt.Errorf("bytes %d to %d, before tensor %s, belong to no tensor", pos, e.begin, quote(e.name))
		}
		pos, last = e.end, e.name
	}
	if pos != size {
		return fmt.Errorf("%d bytes after the last tensor belong to no tensor", size-pos)
	}
	return nil
}
