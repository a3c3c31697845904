package settings

import (
	"fmt"
	"strconv"
	"strings"
)

// Layers is a flag's value: sizes of layers, with commas between them.
type Layers []int

// Set reads the sizes.
func (l *Layers) Set(text string) error {
	var sizes Layers
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil {
			return fmt.Errorf("want sizes with commas between them, as 1000,100")
		}
		sizes = append(sizes, n)
	}
	*l = sizes
	return nil
}

// String is what Set reads.
func (l *Layers) String() string { return join(*l, ",") }

// Type is what the help calls the value.
func (l *Layers) Type() string { return "sizes" }

// Sizes writes all layers of a network as 784-1000-100.
func Sizes(sizes []int) string { return join(sizes, "-") }

func join(sizes []int, separator string) string {
	text := make([]string, len(sizes))
	for i, n := range sizes {
		text[i] = strconv.Itoa(n)
	}
	return strings.Join(text, separator)
}
