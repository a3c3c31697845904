package cli

import (
	"encoding/json"
	"io"
)

// WriteJSON writes v for people and programs: indented, and without the
// escapes that only HTML needs.
func WriteJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
