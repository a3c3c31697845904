package cli

import (
	"io"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// A Bar shows progress, rate and time left on a terminal. A nil bar shows
// nothing.
type Bar struct {
	shown *progressbar.ProgressBar
	out   *output // that leads to the terminal, or nil
}

// NewBar makes a bar on w, or nil if w is no terminal. unit is what is counted.
func NewBar(w io.Writer, description, unit string, total int64) *Bar {
	f, out := terminalOf(w)
	if f == nil || total < 1 {
		return nil
	}
	options := []progressbar.Option{
		progressbar.OptionSetWriter(f),
		progressbar.OptionSetDescription(description),
		progressbar.OptionThrottle(100 * time.Millisecond),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetTheme(progressbar.Theme{Saucer: "=", SaucerHead: ">", SaucerPadding: " ", BarStart: "[", BarEnd: "]"}),
	}
	if unit == UnitBytes {
		options = append(options, progressbar.OptionShowBytes(true))
	} else {
		options = append(options, progressbar.OptionShowIts(), progressbar.OptionSetItsString(unit))
	}
	if columns(f) < wide {
		options = append(options, progressbar.OptionSetWriter(oneLine{f}), progressbar.OptionSetWidth(4))
	} else {
		options = append(options, progressbar.OptionFullWidth())
	}
	return &Bar{progressbar.NewOptions64(total, options...), out}
}

// wide is how many columns description, bar, rate and times need.
const wide = 80

// columns is the width of the terminal, or wide if it does not tell.
func columns(f *os.File) int {
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		return width
	}
	return wide
}

// oneLine is a narrow terminal: it cuts lines where the terminal would go on in the next.
type oneLine struct{ f *os.File }

func (o oneLine) Write(b []byte) (int, error) {
	_, err := o.f.WriteString(cut(string(b), columns(o.f)-1))
	return len(b), err
}

// cut leaves so many columns of each line, which begins after a carriage return.
func cut(text string, columns int) string {
	lines := strings.Split(text, "\r")
	for i, line := range lines {
		if runes := []rune(line); len(runes) > max(columns, 0) {
			lines[i] = string(runes[:max(columns, 0)])
		}
	}
	return strings.Join(lines, "\r")
}

// UnitBytes counts bytes, which the bar shows as kB and MB.
const UnitBytes = "bytes"

// terminalOf is the terminal that a command's output leads to, or nil.
func terminalOf(w io.Writer) (f *os.File, out *output) {
	if p, ok := w.(plainWriter); ok {
		w = p.Writer
	}
	if o, ok := w.(*output); ok {
		w, out = o.Writer, o
	}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb" {
		return f, out
	}
	return nil, nil
}

// do draws, one after another. Errors of a progress bar are nobody's concern.
func (b *Bar) do(draw func()) {
	switch {
	case b == nil:
	case b.out == nil:
		draw()
	default:
		b.out.do(draw)
	}
}

// Add counts n more.
func (b *Bar) Add(n int) { b.do(func() { _ = b.shown.Add(n) }) }

// Set counts up to n; the models' functions report in this way.
func (b *Bar) Set(n int) { b.do(func() { _ = b.shown.Set(n) }) }

// Describe says what is being done.
func (b *Bar) Describe(description string) { b.do(func() { b.shown.Describe(description) }) }

// Clear makes room for a line of text; the next Add draws the bar anew.
func (b *Bar) Clear() { b.do(func() { _ = b.shown.Clear() }) }
