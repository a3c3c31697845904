// Package together is what a command does as one of the processes of a group, and
// not by itself. All processes run the same command; what may differ between
// them, as the time or the files at hand, that of rank 0 decides.
package together

import (
	"fmt"

	"github.com/targetprop/targetprop/cmd/internal/cli"
	"github.com/targetprop/targetprop/model"
)

// Writes tells whether this process is the one that writes files.
func Writes(g model.Group) bool { return g == nil || g.Rank() == 0 }

// Alone fails in a group of more than one process, which can not do what is named.
func Alone(g model.Group, what string) error {
	if g == nil || g.Size() == 1 {
		return nil
	}
	return cli.Usagef("%s runs in one process, not in a group of %d: start it with targetprop", what, g.Size())
}

// Ranks says how many processes there are, before words about this one's engine.
func Ranks(g model.Group) string {
	if g == nil || g.Size() == 1 {
		return ""
	}
	return fmt.Sprintf("%d ranks, rank 0 with ", g.Size())
}

// Decide is what the process of rank 0 says.
func Decide(g model.Group, here bool) (bool, error) {
	var bit byte
	if here {
		bit = 1
	}
	said, err := DecideBits(g, bit)
	return said == 1, err
}

// DecideBits is several decisions at once.
func DecideBits(g model.Group, here byte) (byte, error) {
	if g == nil || g.Size() == 1 {
		return here, nil
	}
	said := []byte{here}
	bounds := make([]int, g.Size()+1)
	for r := range g.Size() {
		bounds[r+1] = 1
	}
	err := g.Gather(said, bounds)
	return said[0], err
}
