package limits

import (
	"fmt"

	"github.com/klauspost/cpuid/v2"
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

func kib(bytes int) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KiB", bytes>>10)
	}
	return fmt.Sprintf("%d MiB", bytes>>20)
}
