package main

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// progress keeps a line on a terminal up to date. Elsewhere it writes nothing.
type progress struct {
	w         io.Writer // nil: nowhere
	at, total int
	name      string
}

func newProgress(w io.Writer) *progress {
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return &progress{w: w}
	}
	return &progress{}
}

func (p *progress) begin(name string) {
	p.at++
	p.name = name
	p.write("calibrating")
}

func (p *progress) round(round, rounds int) { p.write(fmt.Sprintf("round %d/%d", round+1, rounds)) }

// clearLine is the sequence that goes to the beginning of the line and empties it.
const clearLine = "\r\x1b[K"

func (p *progress) write(state string) {
	if p.w != nil {
		fmt.Fprintf(p.w, "%s[%d/%d] %s: %s", clearLine, min(p.at, p.total), p.total, p.name, state)
	}
}

// done takes the line away.
func (p *progress) done() {
	if p.w != nil {
		fmt.Fprint(p.w, clearLine)
	}
}
