package run

import (
	"fmt"
	"io"
	"strings"

	"github.com/targetprop/targetprop/cmd/internal/cli"
)

// Terminal is the observer that a user watches: a line for each epoch, and the
// progress bar.
type Terminal struct {
	Nop
	Out io.Writer
	Bar *cli.Bar
}

// Start writes the heading of the lines.
func (t Terminal) Start(e Epoch) {
	if e.Number < e.Of {
		fmt.Fprintln(t.Out, epochHeading(e.Columns))
	}
	t.describe(e)
}

// Images moves the bar.
func (t Terminal) Images(n int) { t.Bar.Add(n) }

// Saved writes the epoch's line.
func (t Terminal) Saved(e Epoch) {
	t.Bar.Clear()
	fmt.Fprintln(t.Out, epochLine(e))
	t.describe(e)
}

// Ending says what the bar counts now.
func (t Terminal) Ending(what string) { t.Bar.Describe(what) }

// describe names the epoch that comes after e.
func (t Terminal) describe(e Epoch) {
	if e.Number < e.Of {
		t.Bar.Describe(fmt.Sprintf("epoch %d/%d", e.Number+1, e.Of))
	}
}

// epochHeading stands above the lines.
func epochHeading(columns []string) string {
	var b strings.Builder
	b.WriteString("epoch")
	for _, name := range columns {
		fmt.Fprintf(&b, " %9s", name)
	}
	return b.String() + "  images/s"
}

// epochLine is the row of log.csv for the eye.
func epochLine(e Epoch) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%5d", e.Number)
	for _, figure := range e.Figures {
		fmt.Fprintf(&b, " %9.4g", figure)
	}
	fmt.Fprintf(&b, " %9.0f", e.rate())
	return b.String()
}
