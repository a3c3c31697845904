package cli

import (
	"fmt"
	"strings"
)

// Count writes a number and its noun.
func Count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// Wrap breaks text into lines of at most width characters, between words.
func Wrap(text string, width int) string {
	var b strings.Builder
	length := 0
	for word := range strings.FieldsSeq(text) {
		switch n := len([]rune(word)); {
		case length == 0:
			length = n
		case length+1+n > width:
			b.WriteByte('\n')
			length = n
		default:
			b.WriteByte(' ')
			length += 1 + n
		}
		b.WriteString(word)
	}
	return b.String()
}
