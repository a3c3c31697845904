package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

// CSV is a table as a CSV file.
func CSV(header []string, rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	err := WriteCSV(context.Background(), &b, header, slices.Values(rows))
	return b.Bytes(), err
}

// WriteCSV writes a table as a CSV file, a row at a time, or ends early with ctx's error. The rows may be one after another
// in the same slice.
func WriteCSV(ctx context.Context, to io.Writer, header []string, rows iter.Seq[[]string]) error {
	w := csv.NewWriter(to)
	if err := w.Write(header); err != nil {
		return err
	}
	for row := range rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// Decimal is a number for a CSV file, empty if x is not finite.
func Decimal(x float64) string {
	if x-x != 0 {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 8, 64)
}

// WriteJSON writes v for people and programs: indented, and without the
// escapes that only HTML needs.
func WriteJSON(w io.Writer, v any) error { return writeJSON(w, v, "  ") }

// WriteJSONLine writes v as WriteJSON does, in one line.
func WriteJSONLine(w io.Writer, v any) error { return writeJSON(w, v, "") }

func writeJSON(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", indent)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, plainJSON(b.String()))
	return err
}

// plainJSON writes the characters that [Plain] would change as JSON does: Plain's \x7f is none.
func plainJSON(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n' || unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		}
	}
	return b.String()
}
