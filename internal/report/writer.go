package report

import (
	"fmt"
	"strings"
)

// writer collects a document's text.
type writer struct{ strings.Builder }

func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
