package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Count writes a number and its noun.
func Count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// Plain is a name, or a line with names in it, from a file or from elsewhere, as one line without
// what a terminal would obey: control characters, and those that turn the direction of writing,
// are written as Go does.
func Plain(text string) string { return escape(text, "") }

// plainLines is Plain of text of our own, which has lines and tabs.
func plainLines(text string) string { return escape(text, "\n\t") }

func escape(text, but string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(but, r) || unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRuneToASCII(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

// plainWriter writes text as plainLines does. A command's lines come whole, so that no
// character is cut in two.
type plainWriter struct{ io.Writer }

func (p plainWriter) Write(b []byte) (int, error) {
	text := string(b)
	clean := plainLines(text)
	if clean == text {
		return p.Writer.Write(b)
	}
	_, err := io.WriteString(p.Writer, clean)
	return len(b), err
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

// Bytes writes a size in memory or on disk: 54.9 MB, 6.54 GB.
func Bytes(n float64) string {
	for _, unit := range []string{"bytes", "kB", "MB"} {
		if n < 999.5 {
			return fmt.Sprintf("%.3g %s", n, unit)
		}
		n /= 1000
	}
	return fmt.Sprintf("%.3g GB", n)
}
