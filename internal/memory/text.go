package memory

import (
	"bytes"
	"strconv"
)

// field is the first number of the line that begins with name.
func field(text []byte, name string) (float64, bool) {
	for line := range bytes.Lines(text) {
		if rest, ok := bytes.CutPrefix(line, []byte(name)); ok {
			return number(rest, 0)
		}
	}
	return 0, false
}

// number is the word with this index, if it is a number.
func number(text []byte, i int) (float64, bool) {
	words := bytes.Fields(text)
	if i >= len(words) {
		return 0, false
	}
	n, err := strconv.ParseFloat(string(words[i]), 64)
	return n, err == nil
}
