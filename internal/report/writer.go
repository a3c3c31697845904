package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// writer collects a document's text.
type writer struct{ strings.Builder }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// to writes the text. What a terminal would obey, or what turns the direction of writing, may
// come from names of files, and stands as a sign for something that is no letter.
func (w *writer) to(out io.Writer) error {
	_, err := io.WriteString(out, strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return unicode.ReplacementChar
		}
		return r
	}, w.String()))
	return err
}
